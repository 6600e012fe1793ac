// Answers each question in its thread, as any bot would: the simulator's address and tokens come from the environment.
const { App } = require('@slack/bolt');

const app = new App({
  token: process.env.BOT_TOKEN,
  appToken: process.env.APP_TOKEN,
  socketMode: true,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
});

app.message(/^ping/, async ({ message, say }) => {
  await say({ text: `pong <@${message.user}>`, thread_ts: message.ts });
});

app.command('/echo', async ({ command, ack }) => ack(`You said ${command.text}`));

app.action('press', async ({ ack, respond }) => {
  await ack();
  await respond({ text: 'Pressed', replace_original: true });
});

app.start().then(() => console.log('ready'));
process.stdin.on('end', () => app.stop().then(() => process.exit(0))).resume();
