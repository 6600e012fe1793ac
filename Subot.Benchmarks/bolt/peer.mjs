// The same work as the bot's, done with Bolt: without a store, or (SUBOT_PEER_DATABASE names a file) with one durable write per event
// before the next: the event, the message, and for a request the reply that is to be sent.
import bolt from '@slack/bolt';
import Database from 'better-sqlite3';

const record = process.env.SUBOT_PEER_DATABASE ? durable(process.env.SUBOT_PEER_DATABASE) : () => {};

const app = new bolt.App({
  token: process.env.SLACK_BOT_USER_OAUTH_ACCESS_TOKEN,
  logLevel: bolt.LogLevel.ERROR,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
  receiver: new bolt.SocketModeReceiver({
    appToken: process.env.SLACK_APP_TOKEN,
    logLevel: bolt.LogLevel.ERROR,
    // A disk that stalls for seconds shall slow the peer down, not make it believe that its connection is dead.
    clientPingTimeout: 60_000,
    installerOptions: { clientOptions: { slackApiUrl: process.env.SLACK_API_URL } },
  }),
});
app.event('message', async ({ event, body }) => record(event, body));
app.event('reaction_added', async ({ event, body }) => record(event, body));
await app.start();

process.on('SIGTERM', async () => {
  await app.stop();
  process.exit(0);
});

function durable(file) {
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(`
    CREATE TABLE event(id TEXT PRIMARY KEY, channel TEXT NOT NULL, thread TEXT NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE action(id TEXT PRIMARY KEY, channel TEXT NOT NULL, thread TEXT NOT NULL, status INTEGER NOT NULL) WITHOUT ROWID;`);
  const insertEvent = database.prepare('INSERT OR IGNORE INTO event(id, channel, thread, type, body) VALUES(?, ?, ?, ?, ?)');
  const insertAction = database.prepare('INSERT OR IGNORE INTO action(id, channel, thread, status) VALUES(?, ?, ?, 0)');
  return database.transaction((event, body) => {
    const channel = event.channel ?? event.item.channel;
    const thread = event.thread_ts ?? event.item?.ts ?? event.ts;
    insertEvent.run(body.event_id, channel, thread, event.type, JSON.stringify(event));
    if (event.type === 'message' && !event.thread_ts) insertAction.run(`reply:${channel}:${thread}`, channel, thread);
  });
}
