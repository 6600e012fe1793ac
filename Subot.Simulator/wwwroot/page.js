import { h, byId, sync, toast } from './dom.js';
import { store, setDirectory, setMessage, markRead, inOrder, isMember, isUnread } from './store.js';
import { getMessages, getThread, getViews, act } from './api.js';
import { showSidebar } from './sidebar.js';
import { showMessages, onOpenThread } from './messages.js';
import { showMe } from './people.js';
import { composer } from './composer.js';
import { setViews, setView, home } from './views.js';
import { drawHeader } from './header.js';
import { drawIcons } from './icons.js';
import { read } from './reader.js';

const box = byId('messages');
const threadBox = byId('thread-messages');

const reader = read(box);
const threadReader = read(threadBox);

// Drawing

function draw() {
  showSidebar(openChannel);
  showMe(becomeAnother);
  drawHeader(openTab);
  drawMessages();
  drawThread();
}

const isDirect = () => store.channels.get(store.channel)?.kind === 'im';
const isHome = () => isDirect() && store.tab === 'home';

function drawMessages() {
  if (isHome()) return sync(box, [home() ?? noHome]);
  const all = new Map([...store.messages, ...[...store.ephemerals].filter(([, message]) => !message.thread_ts)]);
  const earlier = store.hasMore ? h('button', { type: 'button', class: 'button earlier', dataset: { action: 'earlier' }, onclick: loadEarlier }, 'Earlier messages') : null;
  const start = store.hasMore || all.size ? null : h('p', { class: 'empty' }, 'Nothing here yet. Say something!');
  return sync(box, [earlier, start, ...showMessages(inOrder(all))]);
}

const noHome = h('p', { class: 'empty', id: 'no-home' }, 'The app shows nothing here yet.');

function drawThread() {
  byId('thread').hidden = !store.thread;
  if (!store.thread) return;
  byId('thread').dataset.thread = store.thread;
  byId('thread-channel').textContent = `#${store.channels.get(store.channel)?.name ?? ''}`;
  const own = [...store.ephemerals].filter(([, message]) => message.thread_ts === store.thread);
  sync(threadBox, showMessages(inOrder(new Map([...store.replies, ...own])), true));
}

function drawComposers() {
  const channel = store.channels.get(store.channel);
  const name = channel?.kind === 'im' ? store.app.name : `#${channel?.name ?? ''}`;
  const join = h('div', { class: 'not-joined' }, channel?.is_archived ? 'This channel is archived.' : `You are not in ${name}.`,
    channel?.is_archived ? '' : h('button', { type: 'button', class: 'button primary', dataset: { action: 'join' }, onclick: () => act('join') }, 'Join'));
  const canWrite = isMember() && !channel.is_archived;
  if (isHome()) return byId('composer-place').replaceChildren();
  byId('composer-place').replaceChildren(canWrite ? composer('composer', `Message ${name}`) : join);
  byId('thread-composer-place').replaceChildren(canWrite && store.thread ? composer('thread-composer', 'Reply', () => store.thread) : '');
  byId('composer')?.focus({ preventScroll: true });
  return undefined;
}

// Going somewhere

onOpenThread(openThread);

/** Opens a channel, maybe a thread in it, maybe at the message `target`. */
async function openChannel(id, thread = null, target = null) {
  if (id === 'app') return meetApp();
  const channel = store.channels.get(id);
  if (id !== store.channel || target) store.tab = channel?.kind === 'im' && !target && !isUnread(channel) ? 'home' : 'messages';
  Object.assign(store, { channel: id, thread: null, messages: new Map(), ephemerals: new Map() });
  const page = await getMessages(id, target && !thread ? { since: target } : {});
  if (!page || store.channel !== id) return undefined;
  // What came by the stream meanwhile is newer than the page.
  store.messages = new Map([...page.messages.map(message => [message.ts, message]), ...store.messages]);
  store.ephemerals = new Map([...page.ephemerals.map(message => [message.ts, message]), ...store.ephemerals]);
  store.hasMore = page.has_more;
  if (isDirect()) act('home', { tab: store.tab });
  markRead(id);
  draw();
  drawComposers();
  reader.toEnd();
  history.replaceState(null, '', `#${id}`);
  if (thread) await openThread(thread, target);
  else if (target && !reader.show(target)) toast('This message is gone.');
  return undefined;
}

function openTab(tab) {
  store.tab = tab;
  act('home', { tab });
  draw();
  drawComposers();
  reader.toEnd();
}

/** The first time, opening the app's home makes the direct channel with it: it is opened once the directory tells of it. */
let isMeetingApp = false;
function meetApp() {
  isMeetingApp = true;
  return act('home');
}

async function openThread(ts, target = null) {
  const page = await getThread(store.channel, ts);
  if (!page) return;
  store.thread = ts;
  store.replies = new Map(page.messages.map(message => [message.ts, message]));
  history.replaceState(null, '', `#${store.channel}/${ts}`);
  drawThread();
  drawComposers();
  threadReader.toEnd();
  if (target && !threadReader.show(target)) toast('This message is gone.');
  byId('thread-composer')?.focus({ preventScroll: true });
}

async function loadEarlier() {
  const page = await getMessages(store.channel, { before: inOrder(store.messages)[0]?.ts });
  if (!page) return;
  const height = box.scrollHeight - box.scrollTop;
  for (const message of page.messages) store.messages.set(message.ts, message);
  store.hasMore = page.has_more;
  drawMessages();
  box.scrollTop = box.scrollHeight - height;
}

async function becomeAnother() {
  setViews((await getViews())?.views ?? []);
  const usable = store.channels.get(store.channel);
  await openChannel(usable && (usable.kind === 'channel' || isMember(usable)) ? store.channel : firstChannel(), store.thread);
}

const firstChannel = () => {
  const joined = [...store.channels.values()].filter(channel => channel.kind !== 'im' && isMember(channel));
  const withApp = joined.find(channel => channel.members.has(store.app.user) && !channel.is_archived);
  return (withApp ?? joined[0] ?? [...store.channels.values()][0])?.id;
};

/** The address names a channel, maybe a thread, and maybe a message as permalinks write it: p and its ts without the dot. */
async function openAddress() {
  const [channel, ...parts] = decodeURIComponent(location.hash.slice(1)).split('/');
  const message = parts.find(part => /^p\d{16}$/.test(part));
  const thread = parts.find(part => part && part !== message) ?? null;
  const isKnown = store.channels.has(channel);
  await openChannel(isKnown ? channel : firstChannel(), isKnown ? thread : null, isKnown && message ? `${message.slice(1, 11)}.${message.slice(11)}` : null);
}

// News

let scheduled = false;
function drawSoon() {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(() => {
    scheduled = false;
    draw();
  });
}

/** What decides whether and where one can write. */
const composerKey = () => JSON.stringify([isMember(), store.channels.get(store.channel)?.is_archived, store.shortcuts.length]);

const news = {
  async directory({ directory }) {
    const before = composerKey();
    const isFirst = store.me === null;
    setDirectory(directory);
    if (isFirst) {
      setViews((await getViews())?.views ?? []);
      await openAddress();
    } else if (before !== composerKey()) drawComposers();
    const direct = isMeetingApp && [...store.channels.values()].find(channel => channel.kind === 'im' && isMember(channel));
    if (!direct) return;
    isMeetingApp = false;
    await openChannel(direct.id);
  },
  message({ channel, id, content }) {
    setMessage(channel, id, content);
    if (channel === store.channel && document.hasFocus()) markRead(channel);
  },
  ephemeral({ channel, id, user, content }) {
    if (channel !== store.channel || user !== store.me) return;
    if (content) store.ephemerals.set(id, content);
    else store.ephemerals.delete(id);
  },
  view({ id, user, content }) {
    if (user === store.me) setView(id, content);
  },
  async reload() {
    await openChannel(store.channel, store.thread);
  },
};

function listen() {
  const stream = new EventSource('/page/events');
  let wasLost = false;
  stream.onmessage = async event => {
    const note = JSON.parse(event.data);
    await news[note.type]?.(note);
    drawSoon();
  };
  stream.onopen = () => {
    if (wasLost) openChannel(store.channel, store.thread);
    wasLost = false;
  };
  stream.onerror = () => {
    wasLost = true;
    byId('connection').className = 'off';
    byId('connection').textContent = 'The workspace does not answer';
  };
}

// Light and dark

const themes = ['auto', 'light', 'dark'];
function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem('theme', theme);
  byId('theme').title = `Colours: ${theme}`;
}
byId('theme').onclick = () => setTheme(themes[(themes.indexOf(document.documentElement.dataset.theme) + 1) % themes.length]);
setTheme(localStorage.getItem('theme') ?? 'auto');
drawIcons();

byId('thread-close').onclick = () => {
  store.thread = null;
  history.replaceState(null, '', `#${store.channel}`);
  draw();
};
addEventListener('hashchange', openAddress);
listen();
