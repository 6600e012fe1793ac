import { h, popover, closePopover, toast } from './dom.js';
import { store } from './store.js';
import { icon } from './icons.js';
import { glyph, quick, pickEmoji } from './emoji.js';
import { act } from './api.js';

// What one can do with a message.

export function toggle(message, name) {
  const isMine = message.reactions?.find(reaction => reaction.name === name)?.users.includes(store.me);
  return act(isMine ? 'unreact' : 'react', { ts: message.ts, name });
}

export const pick = (event, message) => pickEmoji(event.currentTarget, name => toggle(message, name));

/** Where a message is, for everyone who can open the page. */
export function permalink(message) {
  const address = `/archives/${store.channel}/p${message.ts.replace('.', '')}`;
  return message.thread_ts && message.thread_ts !== message.ts ? `${address}?thread_ts=${message.thread_ts}&cid=${store.channel}` : address;
}

export function toolbar(message, { inThread, reply, edit }) {
  const tool = (action, shape, title, run) => h('button', { type: 'button', title, 'aria-label': title, dataset: { action }, onclick: run }, icon(shape));
  const isOwn = message.user === store.me;
  const isAdmin = store.people.get(store.me)?.is_admin;
  return h('div', { class: 'toolbar' },
    quick.map(name => h('button', { type: 'button', title: `:${name}:`, dataset: { action: 'quick-reaction', reaction: name }, onclick: () => toggle(message, name) }, glyph(name))),
    tool('react', 'smile', 'Add a reaction', event => pick(event, message)),
    inThread ? null : tool('reply', 'reply', 'Reply in thread', () => reply(message.thread_ts ?? message.ts)),
    isOwn ? tool('edit', 'edit', 'Edit', event => edit(event.target.closest('.message'), message)) : null,
    isOwn || isAdmin ? tool('delete', 'trash', 'Delete', () => confirm('Delete this message?') && act('delete', { ts: message.ts })) : null,
    message.metadata ? tool('metadata', 'info', 'What the app noted with it', event => showMetadata(event.currentTarget, message)) : null,
    tool('message-menu', 'more', 'More', event => showMenu(event.currentTarget, message)));
}

function showMetadata(anchor, message) {
  popover(anchor, h('div', { id: 'metadata' }, h('strong', {}, message.metadata.event_type), h('pre', {}, JSON.stringify(message.metadata.event_payload, null, 2))));
}

function showMenu(anchor, message) {
  const entry = (mark, label, shape, run) => h('button', {
    type: 'button', dataset: mark, onclick: () => {
      closePopover();
      run();
    },
  }, icon(shape), label);
  const shortcuts = store.shortcuts.filter(shortcut => !shortcut.is_global);
  popover(anchor, h('div', { class: 'menu', id: 'message-menu' },
    shortcuts.map(shortcut => entry({ action: 'shortcut', callbackId: shortcut.callback_id }, shortcut.name, 'bolt', () => act('shortcut', { ts: message.ts, name: shortcut.callback_id }))),
    shortcuts.length ? h('small', {}, store.app.name) : null,
    entry({ action: 'copy-link' }, 'Copy link', 'link', async () => {
      await navigator.clipboard.writeText(location.origin + permalink(message));
      toast('The link is in the clipboard.');
    })));
}
