import { h, byId, drawOnce, popover, closePopover } from './dom.js';
import { store, isMember } from './store.js';
import { avatar, displayName, appPerson } from './people.js';
import { mrkdwn, encode, decode } from './mrkdwn.js';
import { icon } from './icons.js';
import { act } from './api.js';

// The head of a channel: its topic, its members, what can be done with it; and the two sides of the app.

const button = (action, label, run) => h('button', { type: 'button', class: 'button', dataset: { action }, onclick: run }, label);

export function drawHeader(openTab) {
  const channel = store.channels.get(store.channel);
  if (!channel || document.activeElement?.id === 'topic-edit') return;
  const isDirect = channel.kind === 'im';
  document.title = `${isDirect ? store.app.name : `#${channel.name}`} · ${store.team}`;
  const key = JSON.stringify([store.channel, store.tab, channel.name, channel.kind, channel.topic, channel.purpose, channel.is_archived, [...channel.members], store.me, store.people.size]);
  drawOnce(byId('channel-header'), key, () => (isDirect ? appHeader(openTab) : channelHeader(channel)));
}

function appHeader(openTab) {
  const tab = (name, label) => h('button', {
    type: 'button', role: 'tab', class: store.tab === name ? 'tab open' : 'tab', 'aria-selected': String(store.tab === name),
    dataset: { action: 'open-tab', tab: name }, onclick: () => openTab(name),
  }, label);
  return [
    h('div', { class: 'title' }, avatar(appPerson(), 'small'), h('strong', {}, store.app.name)),
    h('div', { class: 'tabs', role: 'tablist' }, tab('home', 'Home'), tab('messages', 'Messages')),
  ];
}

function channelHeader(channel) {
  const title = h('div', { class: 'title' }, h('strong', {}, channel.kind === 'group' ? icon('lock') : '# ', channel.name), topic(channel));
  const members = h('button', { type: 'button', id: 'members', title: 'Members', dataset: { action: 'members' }, onclick: event => showMembers(event.currentTarget, channel) },
    icon('people'), ` ${channel.members.size}`);
  if (!isMember()) return [title, members, channel.is_archived ? '' : button('join', 'Join', () => act('join'))];
  return [
    title, members,
    channel.is_archived || channel.members.has(store.app.user) ? '' : button('add-app', `Add ${store.app.name}`, () => act('add', { user: store.app.user })),
    h('button', { type: 'button', class: 'square', title: 'What can be done here', 'aria-label': 'What can be done here', dataset: { action: 'channel-menu' }, onclick: event => showMenu(event.currentTarget, channel) }, icon('more')),
  ];
}

function topic(channel) {
  const canEdit = isMember(channel) && !channel.is_archived;
  const shown = channel.topic ? mrkdwn(channel.topic) : canEdit ? 'Add a topic' : channel.purpose;
  if (!canEdit) return h('span', { id: 'topic', title: channel.topic }, shown);
  const box = h('button', {
    type: 'button', id: 'topic', class: channel.topic ? '' : 'unset', title: channel.purpose ? `${channel.purpose}\nClick to change the topic` : 'Click to change the topic',
    dataset: { action: 'edit-topic' }, onclick: () => edit(box, 'topic', channel.topic),
  }, shown);
  return box;
}

/** A line to write in, in place of what is shown. */
function edit(box, action, value) {
  const field = h('input', { id: `${action}-edit`, maxlength: 250, value: decode(value), 'aria-label': `The channel's ${action}`, autocomplete: 'off' });
  const close = () => {
    // Taken away, the field loses the focus at once.
    field.removeEventListener('blur', close);
    field.replaceWith(box);
  };
  field.addEventListener('keydown', async event => {
    if (event.key === 'Escape') close();
    if (event.key !== 'Enter') return;
    const text = encode(field.value);
    close();
    if (text !== value) await act(action, { text });
  });
  field.addEventListener('blur', close);
  box.replaceWith(field);
  field.focus();
  field.select();
}

function showMenu(anchor, channel) {
  const entry = (action, label, run) => h('button', {
    type: 'button', dataset: { action }, onclick: () => {
      closePopover();
      run();
    },
  }, label);
  const hasApp = channel.members.has(store.app.user);
  popover(anchor, h('div', { class: 'menu', id: 'channel-menu' },
    channel.purpose ? h('p', {}, channel.purpose) : null,
    channel.is_archived ? entry('unarchive', 'Bring the channel back', () => act('unarchive')) : [
      entry('edit-purpose', channel.purpose ? 'Change what it is for' : 'Say what it is for', () => {
        const text = prompt('What is the channel for?', decode(channel.purpose));
        if (text !== null) act('purpose', { text: encode(text) });
      }),
      hasApp ? entry('remove-app', `Take ${store.app.name} out`, () => act('remove', { user: store.app.user })) : null,
      channel.kind === 'channel' ? entry('make-private', 'Make it private', () => act('make-private')) : null,
      entry('archive', 'Archive the channel', () => act('archive')),
      entry('leave', 'Leave the channel', () => act('leave')),
    ]));
}

function showMembers(anchor, channel) {
  const canChange = isMember(channel) && !channel.is_archived;
  const members = [...channel.members].map(id => store.people.get(id)).filter(Boolean);
  const others = [...store.people.values()].filter(person => !channel.members.has(person.id) && !person.is_deleted && person.id !== 'USLACKBOT');
  const add = h('select', { 'aria-label': 'Add somebody', dataset: { action: 'add-member' }, onchange: () => {
    closePopover();
    act('add', { user: add.value });
  } }, h('option', { value: '' }, 'Add somebody'), others.map(person => h('option', { value: person.id }, displayName(person))));
  popover(anchor, h('div', { id: 'member-list' },
    h('div', { class: 'people' }, members.map(person => h('div', { class: 'person' }, avatar(person, 'small'), h('span', {}, displayName(person)),
      h('small', {}, person.is_owner ? 'owner' : person.is_admin ? 'admin' : person.title ?? ''),
      canChange && person.id !== store.me ? h('button', {
        type: 'button', class: 'square', title: `Take ${displayName(person)} out`, 'aria-label': `Take ${displayName(person)} out`, dataset: { action: 'remove-member', user: person.id },
        onclick: () => {
          closePopover();
          act('remove', { user: person.id });
        },
      }, icon('close')) : null))),
    canChange && others.length ? add : null));
}
