import { h, link, goTo } from './dom.js';
import { store, isMember } from './store.js';
import { avatar, authorOf, displayName } from './people.js';
import { mrkdwn, decode, encode } from './mrkdwn.js';
import { glyph } from './emoji.js';
import { icon } from './icons.js';
import { showBlocks } from './blocks.js';
import { toolbar, toggle, pick, permalink } from './toolbar.js';
import { act } from './api.js';

/** Opens a thread; the page gives the way. */
let openThread = () => {};
export const onOpenThread = open => {
  openThread = open;
};

const quiet = new Set(['channel_join', 'channel_leave', 'group_join', 'group_leave', 'channel_topic', 'channel_purpose', 'channel_name',
  'channel_archive', 'channel_unarchive', 'group_archive', 'group_unarchive', 'group_name', 'channel_convert_to_private', 'bot_add', 'pinned_item', 'channel_posting_permissions']);
const togetherFor = 300;

const moment = ts => new Date(Number(ts.slice(0, 10)) * 1000);
const time = ts => moment(ts).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const dayOf = ts => moment(ts).toDateString();

function dayName(ts) {
  if (dayOf(ts) === new Date().toDateString()) return 'Today';
  return moment(ts).toLocaleDateString([], { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' });
}

const rows = new Map();

/** A row is drawn anew only when its message looks different. */
function drawnRow(message, place) {
  const name = `${place.inThread}/${message.ts}/${store.channel}`;
  const key = JSON.stringify([message, place, store.me, isMember(), store.people.size, [...store.groups.values()], store.shortcuts]);
  if (rows.get(name)?.key !== key) rows.set(name, { key, element: row(message, place) });
  return rows.get(name).element;
}

/** Draws messages in order, with a line between days; a run of one author has one head. */
export function showMessages(messages, inThread = false) {
  const list = [];
  let before = null;
  for (const message of messages) {
    const isNewDay = !before || dayOf(before.ts) !== dayOf(message.ts);
    if (isNewDay && !inThread) list.push(h('div', { class: 'day' }, h('span', {}, dayName(message.ts))));
    list.push(drawnRow(message, { inThread, isHeadless: !isNewDay && Boolean(continues(before, message)) }));
    if (inThread && message.ts === store.thread && messages.length > 1) list.push(repliesLine(messages.length - 1));
    before = message;
  }
  return list;
}

const repliesLine = count => h('div', { class: 'day replies' }, h('span', {}, `${count} ${count === 1 ? 'reply' : 'replies'}`));

const continues = (before, message) => before && authorOf(before).id === authorOf(message).id && !quiet.has(before.subtype) && !quiet.has(message.subtype)
  && Boolean(before.is_ephemeral) === Boolean(message.is_ephemeral) && before.ts !== store.thread
  && Number(message.ts.slice(0, 10)) - Number(before.ts.slice(0, 10)) < togetherFor;

function row(message, { inThread, isHeadless }) {
  const mark = { ts: message.ts, author: message.user ?? message.bot_id ?? '', ...(message.is_ephemeral ? { ephemeral: 'true' } : {}) };
  if (quiet.has(message.subtype)) return h('article', { class: 'message quiet', dataset: { ...mark, subtype: message.subtype } }, quietText(message));
  if (message.subtype === 'tombstone') return tombstone(message, mark, inThread);
  const author = authorOf(message);
  const classes = ['message', isHeadless && 'headless', message.is_ephemeral && 'ephemeral'].filter(Boolean).join(' ');
  return h('article', { class: classes, dataset: mark },
    message.is_ephemeral ? h('div', { class: 'only-you' }, icon('eye'), ' Only visible to you · ',
      h('button', { type: 'button', class: 'plain', dataset: { action: 'dismiss' }, onclick: () => act('dismiss', { ts: message.ts }) }, 'Dismiss')) : null,
    h('div', { class: 'gutter' }, isHeadless ? when(message) : avatar(author)),
    h('div', { class: 'content' },
      isHeadless ? null : head(author, message),
      body(message),
      reactions(message),
      inThread || message.is_ephemeral ? null : threadLine(message)),
    message.is_ephemeral || !isMember() ? null : toolbar(message, { inThread, reply: openThread, edit }));
}

const quietText = message => [h('span', { class: 'glyph' }, '·'), h('span', {}, message.subtype.endsWith('_join') || message.subtype.endsWith('_leave')
  ? [h('b', {}, displayName(authorOf(message))), ` has ${message.subtype.endsWith('_join') ? 'joined' : 'left'} the channel`]
  : mrkdwn(message.text)), h('time', {}, time(message.ts))];

const tombstone = (message, mark, inThread) => h('article', { class: 'message', dataset: { ...mark, subtype: 'tombstone' } },
  h('div', { class: 'gutter' }, h('span', { class: 'avatar gone' }, icon('trash'))),
  h('div', { class: 'content' }, h('div', { class: 'text gone' }, 'This message was deleted.'), inThread ? null : threadLine(message)));

const head = (author, message) => h('div', { class: 'head' },
  h('strong', {}, displayName(author)), author.is_bot ? h('span', { class: 'tag' }, 'APP') : null,
  when(message));

const when = message => (message.is_ephemeral ? h('time', {}, time(message.ts))
  : h('a', { class: 'when', href: permalink(message), onclick: goTo }, h('time', { title: moment(message.ts).toLocaleString() }, time(message.ts))));

function body(message) {
  const blocks = message.blocks?.filter(block => block.type !== 'rich_text' || !message.text) ?? [];
  const press = (element, block, chosen) => act('press', { ts: message.ts, name: element.action_id, block, ...(chosen ? { chosen } : {}) });
  return h('div', { class: 'body' },
    message.subtype === 'thread_broadcast' ? h('div', { class: 'broadcast' }, 'replied to a thread') : null,
    blocks.length ? showBlocks(blocks, press) : h('div', { class: 'text' }, mrkdwn(message.text)),
    message.edited && !message.bot_id ? h('small', { class: 'edited' }, ' (edited)') : null,
    (message.attachments ?? []).map(attachment => showAttachment(attachment, press)),
    (message.files ?? []).map(file => showFile(file)));
}

const isPicture = file => file.mimetype?.startsWith('image/') && file.url_private?.startsWith(location.origin);

const showFile = file => h('div', { class: 'file' }, icon('clip'), link(file.url_private ?? '', file.title || file.name || 'file'),
  isPicture(file) ? h('img', { src: file.url_private, alt: file.title || file.name }) : null);

const showAttachment = (attachment, press) => h('div', { class: 'attachment', style: /^#?[0-9a-f]{6}$/i.test(attachment.color ?? '') ? `border-color:#${attachment.color.replace('#', '')}` : '' },
  attachment.pretext ? h('div', {}, mrkdwn(attachment.pretext)) : null,
  attachment.title ? h('div', {}, h('b', {}, attachment.title_link || attachment.from_url ? link(attachment.title_link ?? attachment.from_url, attachment.title) : attachment.title)) : null,
  attachment.blocks ? showBlocks(attachment.blocks, press) : h('div', {}, mrkdwn(attachment.text ?? attachment.fallback ?? '')),
  attachment.fields ? h('div', { class: 'fields' }, attachment.fields.map(field => h('div', {}, h('b', {}, field.title ?? ''), h('div', {}, mrkdwn(field.value))))) : null);

function reactions(message) {
  if (!message.reactions?.length) return null;
  return h('div', { class: 'reactions' }, message.reactions.map(reaction => {
    const isMine = reaction.users.includes(store.me);
    const who = reaction.users.map(user => displayName(store.people.get(user) ?? { name: user })).join(', ');
    return h('button', {
      type: 'button', class: isMine ? 'reaction mine' : 'reaction', title: `${who}: :${reaction.name}:`,
      dataset: { action: 'toggle-reaction', reaction: reaction.name }, 'aria-pressed': String(isMine), onclick: () => toggle(message, reaction.name),
    }, h('span', { class: 'glyph' }, glyph(reaction.name)), h('span', {}, reaction.count));
  }), h('button', { type: 'button', class: 'reaction add', title: 'Add a reaction', dataset: { action: 'react' }, onclick: event => pick(event, message) }, icon('smile')));
}

function threadLine(message) {
  const thread = message.subtype === 'thread_broadcast' ? message.thread_ts : message.ts;
  if (message.subtype === 'thread_broadcast') return h('button', { type: 'button', class: 'thread-line', dataset: { action: 'reply' }, onclick: () => openThread(thread) }, 'View thread');
  if (!message.reply_count) return null;
  const repliers = (message.reply_users ?? []).map(user => avatar(store.people.get(user) ?? { id: user, name: user }, 'tiny'));
  return h('button', { type: 'button', class: 'thread-line', dataset: { action: 'reply', replies: message.reply_count }, onclick: () => openThread(thread) },
    repliers, h('b', {}, `${message.reply_count} ${message.reply_count === 1 ? 'reply' : 'replies'}`), h('small', {}, `last ${dayName(message.latest_reply)} at ${time(message.latest_reply)}`));
}

function edit(article, message) {
  const field = h('textarea', { class: 'edit', rows: 2, 'aria-label': 'Edit the message' });
  field.value = decode(message.text);
  const box = h('div', { class: 'editing' }, field);
  const before = article.querySelector('.body');
  const close = () => box.replaceWith(before);
  const save = async () => {
    const text = encode(field.value);
    if (text && text !== message.text) await act('edit', { ts: message.ts, text });
    close();
  };
  box.append(h('div', { class: 'row' },
    h('button', { type: 'button', class: 'button', dataset: { action: 'cancel-edit' }, onclick: close }, 'Cancel'),
    h('button', { type: 'button', class: 'button primary', dataset: { action: 'save-edit' }, onclick: save }, 'Save')));
  field.addEventListener('keydown', event => {
    if (event.key === 'Escape') close();
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    save();
  });
  before.replaceWith(box);
  field.focus();
}
