import { h, byId, drawOnce } from './dom.js';
import { store, isMember, isUnread } from './store.js';
import { avatar, displayName, appPerson } from './people.js';
import { icon } from './icons.js';
import { showGroups } from './groups.js';

/** Draws the list of channels, the team and how the app is connected. */
export function showSidebar(open) {
  byId('team-name').textContent = store.team;
  showConnection();
  const channels = [...store.channels.values()].sort((a, b) => a.name.localeCompare(b.name));
  const visible = channels.filter(channel => channel.kind === 'channel' || isMember(channel));
  const joined = visible.filter(channel => channel.kind !== 'im' && isMember(channel) && !channel.is_archived);
  const others = visible.filter(channel => channel.kind === 'channel' && !isMember(channel) && !channel.is_archived);
  const archived = visible.filter(channel => channel.is_archived && channel.kind !== 'im');
  const key = JSON.stringify([store.me, store.channel, store.app, store.groups.size, visible.map(channel => [channel.id, channel.name, channel.kind, channel.is_archived, isMember(channel), isUnread(channel), store.unread.get(channel.id)])]);
  drawOnce(byId('channels'), key, () => [
    group('Channels', joined.map(channel => entry(channel, open))),
    others.length ? group('Not joined', others.map(channel => entry(channel, open))) : '',
    archived.length ? group('Archived', archived.map(channel => entry(channel, open))) : '',
    group('Apps', [appEntry(visible.find(channel => channel.kind === 'im'), open)]),
    store.groups.size ? group('People', [groupsEntry()]) : '',
  ]);
}

function showConnection() {
  const count = store.connections;
  const words = count === 0 ? 'not connected' : count === 1 ? '1 socket open' : `${count} sockets open`;
  const status = byId('connection');
  status.className = count ? 'on' : 'off';
  status.dataset.connections = count;
  status.replaceChildren(h('span', { class: 'dot' }), `${store.app.name}: ${words}`);
}

const group = (title, entries) => h('section', {}, h('h2', {}, title), entries);

function entry(channel, open) {
  const mentions = store.unread.get(channel.id);
  const classes = ['entry', channel.id === store.channel && 'open', isUnread(channel) && 'unread', !isMember(channel) && 'other'];
  return h('button', {
    type: 'button', class: classes.filter(Boolean).join(' '), dataset: { channel: channel.id, action: 'open-channel' },
    'aria-current': channel.id === store.channel ? 'page' : null, onclick: () => open(channel.id),
  }, h('span', { class: 'hash' }, channel.kind === 'group' ? icon('lock') : '#'), h('span', { class: 'name' }, channel.name),
  mentions ? h('span', { class: 'badge' }, mentions) : null);
}

function appEntry(direct, open) {
  const app = appPerson();
  const classes = ['entry', direct && direct.id === store.channel && 'open', direct && isUnread(direct) && 'unread'];
  return h('button', {
    type: 'button', class: classes.filter(Boolean).join(' '), dataset: { channel: direct?.id ?? 'app', action: 'open-app' },
    onclick: () => open(direct?.id ?? 'app'),
  }, avatar(app, 'tiny'), h('span', { class: 'name' }, displayName(app)));
}

const groupsEntry = () => h('button', { type: 'button', class: 'entry', dataset: { action: 'open-groups' }, onclick: showGroups },
  h('span', { class: 'hash' }, icon('people')), h('span', { class: 'name' }, 'User groups'));
