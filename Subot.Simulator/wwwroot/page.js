import { h, byId, sync, drawOnce } from './dom.js';
import { store, setDirectory, setMessage, markRead, inOrder, isMember } from './store.js';
import { getMessages, getThread, getViews, act } from './api.js';
import { showSidebar } from './sidebar.js';
import { showMessages, onOpenThread } from './messages.js';
import { showMe } from './people.js';
import { composer } from './composer.js';
import { setViews, setView, home } from './views.js';
import { mrkdwn } from './mrkdwn.js';

const box = byId('messages');
const threadBox = byId('thread-messages');

/** Keeps a list that is read at its end there when it grows or its room shrinks. */
function keepAtEnd(list) {
  let isAtEnd = true;
  const follow = () => {
    if (isAtEnd) list.scrollTop = list.scrollHeight;
  };
  list.addEventListener('scroll', () => {
    isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  });
  new ResizeObserver(follow).observe(list);
  new MutationObserver(follow).observe(list, { childList: true });
  return () => {
    isAtEnd = true;
    follow();
  };
}

const toEnd = keepAtEnd(box);
const threadToEnd = keepAtEnd(threadBox);

// Drawing

function draw() {
  showSidebar(openChannel);
  showMe(becomeAnother);
  drawHeader();
  drawMessages();
  drawThread();
}

function drawHeader() {
  const channel = store.channels.get(store.channel);
  if (!channel) return;
  const isDirect = channel.kind === 'im';
  document.title = `${isDirect ? store.app.name : `#${channel.name}`} · ${store.team}`;
  const button = (action, label, run) => h('button', { type: 'button', class: 'button', dataset: { action }, onclick: run }, label);
  const key = JSON.stringify([store.channel, channel.name, channel.topic, [...channel.members], store.me]);
  drawOnce(byId('channel-header'), key, () => [
    h('div', { class: 'title' }, h('strong', {}, isDirect ? store.app.name : `# ${channel.name}`),
      h('span', { id: 'topic', title: channel.topic }, mrkdwn(channel.topic || channel.purpose))),
    isDirect ? '' : h('span', { id: 'members', title: 'Members' }, `👥 ${channel.members.size}`),
    isDirect || channel.members.has(store.app.user) ? '' : button('invite-app', `Add ${store.app.name}`, () => act('invite-app')),
    isDirect || channel.is_archived ? '' : isMember() ? button('leave', 'Leave', () => act('leave')) : button('join', 'Join', () => act('join')),
  ]);
}

function drawMessages() {
  const all = new Map([...store.messages, ...[...store.ephemerals].filter(([, message]) => !message.thread_ts)]);
  const shownHome = store.channels.get(store.channel)?.kind === 'im' ? home() : null;
  const earlier = store.hasMore ? h('button', { type: 'button', class: 'button earlier', dataset: { action: 'earlier' }, onclick: loadEarlier }, 'Earlier messages') : null;
  const start = store.hasMore || shownHome || all.size ? null : h('p', { class: 'empty' }, 'Nothing here yet. Say something!');
  sync(box, [shownHome, earlier, start, ...showMessages(inOrder(all))]);
}

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
  byId('composer-place').replaceChildren(canWrite ? composer('composer', `Message ${name}`) : join);
  byId('thread-composer-place').replaceChildren(canWrite ? composer('thread-composer', 'Reply', () => store.thread) : '');
  byId('composer')?.focus({ preventScroll: true });
}

// Going somewhere

onOpenThread(openThread);

async function openChannel(id, thread = null) {
  if (id === 'app') return meetApp();
  store.channel = id;
  store.thread = null;
  const page = await getMessages(id);
  if (!page || store.channel !== id) return undefined;
  store.messages = new Map(page.messages.map(message => [message.ts, message]));
  store.ephemerals = new Map(page.ephemerals.map(message => [message.ts, message]));
  store.hasMore = page.has_more;
  if (store.channels.get(id)?.kind === 'im') act('home');
  markRead(id);
  draw();
  drawComposers();
  toEnd();
  if (thread) await openThread(thread);
  else history.replaceState(null, '', `#${id}`);
  return undefined;
}

/** The first time, opening the app's home makes the direct channel with it: it is opened once the directory tells of it. */
let isMeetingApp = false;
function meetApp() {
  isMeetingApp = true;
  return act('home');
}

async function openThread(ts) {
  const page = await getThread(store.channel, ts);
  if (!page) return;
  store.thread = ts;
  store.replies = new Map(page.messages.map(message => [message.ts, message]));
  history.replaceState(null, '', `#${store.channel}/${ts}`);
  drawThread();
  drawComposers();
  threadToEnd();
  byId('thread-composer')?.focus({ preventScroll: true });
}

async function loadEarlier() {
  const page = await getMessages(store.channel, inOrder(store.messages)[0]?.ts);
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

/** The address names a channel and maybe a thread, or a permalink's message. */
async function openAddress() {
  const [channel, part] = decodeURIComponent(location.hash.slice(1)).split('/');
  const ts = part?.startsWith('p') ? `${part.slice(1, 11)}.${part.slice(11)}` : part;
  await openChannel(store.channels.has(channel) ? channel : firstChannel(), ts);
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

const news = {
  async directory({ directory }) {
    const wasMember = isMember();
    const isFirst = store.me === null;
    setDirectory(directory);
    if (isFirst) {
      setViews((await getViews())?.views ?? []);
      await openAddress();
    } else if (wasMember !== isMember()) drawComposers();
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

byId('thread-close').onclick = () => {
  store.thread = null;
  history.replaceState(null, '', `#${store.channel}`);
  draw();
};
addEventListener('hashchange', openAddress);
listen();
