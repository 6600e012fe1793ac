import { h, toast, popover, closePopover } from './dom.js';
import { store, humans } from './store.js';
import { avatar, displayName } from './people.js';
import { encode } from './mrkdwn.js';
import { pickEmoji } from './emoji.js';
import { icon } from './icons.js';
import { act } from './api.js';

/** A box to write in. `thread` gives the ts of the thread it writes to, if any. */
export function composer(id, placeholder, thread = () => null) {
  const field = h('textarea', { id, rows: 1, placeholder, 'aria-label': placeholder, autocomplete: 'off' });
  const names = h('div', { class: 'suggestions', hidden: true });
  const alsoHere = h('input', { type: 'checkbox', id: `${id}-broadcast` });
  const send = h('button', { type: 'submit', class: 'button primary', id: `${id}-send`, dataset: { action: 'send' }, title: 'Send (Enter)' }, 'Send');
  const form = h('form', { class: 'composer' }, names, field, h('div', { class: 'row' },
    h('button', { type: 'button', class: 'plain', title: 'Emoji', dataset: { action: 'emoji' }, onclick: event => pickEmoji(event.currentTarget, name => insert(field, `:${name}: `)) }, icon('smile')),
    thread() ? null : shortcuts(),
    thread() ? h('label', { class: 'also' }, alsoHere, 'Also send to the channel') : h('small', { class: 'hint' }, 'Enter sends, Shift+Enter breaks the line, / is a command'),
    send));
  field.addEventListener('input', () => {
    grow(field);
    suggest(field, names);
  });
  field.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    const suggested = names.hidden ? null : names.querySelector('button');
    if (suggested) suggested.click();
    else form.requestSubmit();
  });
  form.addEventListener('submit', async event => {
    event.preventDefault();
    await submit(field, send, thread(), alsoHere.checked);
    alsoHere.checked = false;
  });
  return form;
}

/** The app's shortcuts that belong to no message. */
function shortcuts() {
  const offered = store.shortcuts.filter(shortcut => shortcut.is_global);
  const entry = shortcut => h('button', {
    type: 'button', dataset: { action: 'global-shortcut', callbackId: shortcut.callback_id }, onclick: () => {
      closePopover();
      act('global-shortcut', { name: shortcut.callback_id });
    },
  }, icon('bolt'), shortcut.name);
  return offered.length === 0 ? null : h('button', {
    type: 'button', class: 'plain', title: 'Shortcuts', 'aria-label': 'Shortcuts', dataset: { action: 'shortcuts' },
    onclick: event => popover(event.currentTarget, h('div', { class: 'menu' }, offered.map(entry))),
  }, icon('bolt'));
}

async function submit(field, send, thread, broadcast) {
  const typed = field.value.trim();
  if (!typed) return;
  if (typed.startsWith('/') && thread) return toast('Slash commands do not work in threads.');
  field.value = '';
  grow(field);
  send.disabled = true;
  const done = typed.startsWith('/')
    ? await act('command', { text: typed })
    : await act('post', { text: encode(typed), ...(thread ? { thread_ts: thread, broadcast } : {}) });
  send.disabled = false;
  if (!done && !field.value) field.value = typed;
  field.focus();
}

function grow(field) {
  field.style.height = 'auto';
  field.style.height = `${Math.min(field.scrollHeight, 240)}px`;
}

function insert(field, text) {
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  field.focus();
}

/** Offers people whose names begin with what was typed after an @. */
function suggest(field, names) {
  const typed = /(?:^|\s)@([\w.-]*)$/.exec(field.value.slice(0, field.selectionStart));
  const app = store.people.get(store.app.user);
  const groups = [...store.groups.values()].map(group => ({ id: group.id, name: group.handle, real_name: group.name }));
  const people = [...(app ? [app] : []), ...humans(), ...groups];
  const found = typed ? people.filter(person => `${person.name} ${person.real_name}`.toLowerCase().includes(typed[1].toLowerCase())).slice(0, 6) : [];
  const isWhole = found.length === 1 && found[0].name === typed[1];
  names.hidden = found.length === 0 || isWhole;
  names.replaceChildren(...found.map(person => h('button', {
    type: 'button', dataset: { user: person.id, action: 'mention' },
    onclick: () => {
      field.setRangeText(`@${person.name} `, field.selectionStart - typed[1].length - 1, field.selectionStart, 'end');
      names.hidden = true;
      field.focus();
    },
  }, avatar(person, 'tiny'), displayName(person), h('small', {}, `@${person.name}`))));
}
