// Answers each ping in its thread, as any bot would. The simulator's address and tokens come from the environment.
const { App } = require('@slack/bolt');

const app = new App({
  token: process.env.BOT_TOKEN,
  appToken: process.env.APP_TOKEN,
  socketMode: true,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
});

app.message(/^ping/, async ({ message, say }) => {
  await say({
    text: `pong <@${message.user}>`,
    thread_ts: message.ts,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: `pong <@${message.user}>` } },
      { type: 'actions', elements: [{ type: 'button', action_id: 'press', text: { type: 'plain_text', text: 'Press' }, value: '1' }] },
    ],
  });
});

app.command('/echo', async ({ command, ack }) => ack(`You said ${command.text}`));

app.action('press', async ({ ack, respond }) => {
  await ack();
  await respond({ text: 'Pressed', replace_original: true });
});

app.start().then(() => console.log('ready'));
