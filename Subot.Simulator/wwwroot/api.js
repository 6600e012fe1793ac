import { store } from './store.js';
import { toast } from './dom.js';

async function get(path, query) {
  const answer = await fetch(`${path}?${new URLSearchParams(query)}`);
  return answer.ok ? answer.json() : null;
}

/** The messages of a channel: the newest, those `before` a ts, or all `since` one. */
export const getMessages = (channel, range = {}) => get('/page/messages', { channel, viewer: store.me ?? '', ...range });
export const getThread = (channel, ts) => get('/page/thread', { channel, ts });
export const getViews = () => get('/page/views', { user: store.me });

/** Does something as the chosen person. The answer when it was done; else says why not, and null. */
export async function act(action, fields = {}) {
  try {
    const answer = await fetch('/page/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action, as: store.me, channel: store.channel, ...fields }),
    });
    const told = await answer.json();
    if (told.problem) toast(told.problem);
    return told.problem ? null : told;
  } catch {
    toast('The workspace does not answer.');
    return null;
  }
}
