// What the page knows: people, channels, the messages of the open channel and thread, and who I am.

export const store = {
  app: {}, team: '', connections: 0,
  people: new Map(), channels: new Map(), groups: new Map(), shortcuts: [],
  me: null, channel: null, thread: null, tab: 'messages',
  messages: new Map(), ephemerals: new Map(), replies: new Map(), hasMore: false,
  unread: new Map(),
};

const read = JSON.parse(localStorage.getItem('read') ?? '{}');

export const isMember = (channel = store.channels.get(store.channel)) => channel?.members.has(store.me) ?? false;

export const inOrder = messages => [...messages.values()].sort((a, b) => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0));

/** Takes the directory the server sent. */
export function setDirectory(directory) {
  store.app = directory.app;
  store.team = directory.team;
  store.connections = directory.connections;
  store.people = new Map(directory.people.map(person => [person.id, person]));
  store.people.set('USLACKBOT', { id: 'USLACKBOT', name: 'slackbot', real_name: 'Slackbot', is_bot: true });
  const before = store.channels;
  store.channels = new Map(directory.channels.map(channel => [channel.id, { ...channel, members: new Set(channel.members) }]));
  store.groups = new Map(directory.groups.map(group => [group.id, group]));
  store.shortcuts = directory.shortcuts;
  chooseMe();
  // What is in a conversation that came into being before one's eyes is news.
  for (const id of store.channels.keys()) if (before.size && !before.has(id)) read[key(id)] ??= '';
}

export function setMe(user) {
  store.me = user;
  sessionStorage.setItem('me', user);
}

function chooseMe() {
  const asked = new URLSearchParams(location.search).get('as');
  const wanted = [store.me, sessionStorage.getItem('me'), asked, ...humans().map(person => person.id)];
  store.me = wanted.find(id => store.people.has(id)) ?? null;
}

/** The people one can be. */
export const humans = () => [...store.people.values()].filter(person => !person.is_bot && !person.is_deleted);

const key = channel => `${store.me}/${channel}`;

export function markRead(channel) {
  const latest = store.channels.get(channel)?.latest;
  if (latest) read[key(channel)] = latest;
  store.unread.delete(channel);
  localStorage.setItem('read', JSON.stringify(read));
}

/** A channel never opened has nothing unread: what was there before one came is not news. */
export function isUnread(channel) {
  const seen = read[key(channel.id)];
  if (seen === undefined && channel.latest) read[key(channel.id)] = channel.latest;
  return seen !== undefined && channel.latest > seen;
}

/** Takes a message's new state; null when it is gone. */
export function setMessage(channelId, ts, message) {
  const channel = store.channels.get(channelId);
  const inChannel = message && (!message.thread_ts || message.thread_ts === ts || message.subtype === 'thread_broadcast');
  if (channel && inChannel && !(channel.latest > ts)) {
    const isNew = channel.latest !== ts;
    channel.latest = ts;
    if (isNew && message.text?.includes(`<@${store.me}`)) store.unread.set(channelId, (store.unread.get(channelId) ?? 0) + 1);
  }
  if (channelId !== store.channel) return;
  put(store.messages, ts, inChannel ? message : null);
  if (store.thread) put(store.replies, ts, message && (ts === store.thread || message.thread_ts === store.thread) ? message : null);
}

function put(messages, ts, message) {
  if (message) messages.set(ts, message);
  else messages.delete(ts);
}
