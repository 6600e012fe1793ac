import { store } from './store.js';
import { toast } from './dom.js';

async function get(path, query) {
  const answer = await fetch(`${path}?${new URLSearchParams(query)}`);
  return answer.ok ? answer.json() : null;
}

export const getMessages = (channel, before) => get('/page/messages', { channel, viewer: store.me ?? '', ...(before ? { before } : {}) });
export const getThread = (channel, ts) => get('/page/thread', { channel, ts });
export const getViews = () => get('/page/views', { user: store.me });

/** Does something as the chosen person. True when it was done; else says why not. */
export async function act(action, fields = {}) {
  try {
    const answer = await fetch('/page/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action, as: store.me, channel: store.channel, ...fields }),
    });
    const { problem } = await answer.json();
    if (problem) toast(problem);
    return !problem;
  } catch {
    toast('The workspace does not answer.');
    return false;
  }
}
