import { h, link } from './dom.js';
import { glyph, isKnown } from './emoji.js';
import { store } from './store.js';

// Slack's mrkdwn to elements, and what people type to Slack's text.

const unescape = text => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const inline = new RegExp([
  /<(?<angle>[^>]+)>/,
  /`(?<code>[^`\n]+)`/,
  /(?<![\w*])\*(?<bold>\S(?:[^*\n]*\S)?)\*(?![\w*])/,
  /(?<![\w_])_(?<italic>\S(?:[^_\n]*\S)?)_(?![\w_])/,
  /(?<![\w~])~(?<strike>\S(?:[^~\n]*\S)?)~(?![\w~])/,
  /:(?<emoji>[a-z0-9_+'-]+(?:::[a-z0-9-]+)?):/,
].map(part => part.source).join('|'), 'g');

/** The elements of a text in mrkdwn. */
export function mrkdwn(text) {
  return (text ?? '').split(/```\n?([\s\S]*?)\n?```/).map((part, index) =>
    index % 2 ? h('pre', {}, unescape(part)) : quoted(part));
}

/** The elements of a plain text: only emoji are drawn. */
export const plain = text => (text ?? '').split(/:([a-z0-9_+'-]+):/).map((part, index) => {
  if (index % 2 === 0) return part;
  return isKnown(part) ? glyph(part) : `:${part}:`;
});

export const textObject = object => (object?.type === 'mrkdwn' ? mrkdwn(object.text) : plain(object?.text));

function quoted(text) {
  return text.split(/((?:^(?:&gt;|>).*(?:\n|$))+)/m).map((part, index) => {
    if (index % 2 === 0) return spans(part);
    return h('blockquote', {}, spans(part.replace(/^(?:&gt;|>) ?/gm, '').trimEnd()));
  });
}

function spans(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(inline)) {
    parts.push(unescape(text.slice(end, match.index)), span(match.groups, match[0]));
    end = match.index + match[0].length;
  }
  parts.push(unescape(text.slice(end)));
  return parts;
}

function span(found, whole) {
  if (found.angle) return angle(found.angle);
  if (found.code) return h('code', {}, unescape(found.code));
  if (found.bold) return h('b', {}, spans(found.bold));
  if (found.italic) return h('i', {}, spans(found.italic));
  if (found.strike) return h('s', {}, spans(found.strike));
  return isKnown(found.emoji) ? h('span', { class: 'glyph', title: whole }, glyph(found.emoji)) : whole;
}

function angle(inside) {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? '' : unescape(inside.slice(bar + 1));
  if (target.startsWith('@')) return mention(target.slice(1), label);
  if (target.startsWith('#')) return h('span', { class: 'mention' }, '#', label || store.channels.get(target.slice(1))?.name || target.slice(1));
  if (target.startsWith('!date^')) return date(target, label);
  if (target.startsWith('!subteam^')) return team(target.slice(9), label);
  if (target.startsWith('!')) return h('span', { class: 'mention loud' }, '@', target.slice(1));
  return link(unescape(target), label || unescape(target));
}

function mention(id, label) {
  const name = store.people.get(id)?.name || label.replace(/^@/, '') || id;
  return h('span', { class: id === store.me ? 'mention loud' : 'mention', dataset: { user: id } }, '@', name);
}

function team(id, label) {
  const known = store.groups.get(id);
  const isMine = known?.users.includes(store.me);
  return h('span', { class: isMine ? 'mention loud' : 'mention', dataset: { group: id } }, '@', known?.handle ?? (label.replace(/^@/, '') || id));
}

const dateFormats = {
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
};

function day(moment, token) {
  const days = Math.round((new Date(moment).setHours(0, 0, 0, 0) - new Date().setHours(0, 0, 0, 0)) / 86_400_000);
  const near = { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' }[days];
  if (token.endsWith('_pretty') && near) return near;
  if (token === 'date_num') return moment.toLocaleDateString('sv-SE');
  return moment.toLocaleDateString([], dateFormats[token.replace('_pretty', '')] ?? dateFormats.date);
}

function date(target, fallback) {
  const [, seconds, format, address] = target.split('^');
  const moment = new Date(Number(seconds) * 1000);
  if (Number.isNaN(moment.valueOf())) return fallback;
  const hour = seconds => moment.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...(seconds ? { second: '2-digit' } : {}) });
  const text = (format ?? '{date} {time}').replace(/\{(date[a-z_]*)\}/g, (_, token) => day(moment, token)).replace(/\{time(_secs)?\}/g, (_, secs) => hour(secs));
  return h('time', { class: 'date', datetime: moment.toISOString(), title: moment.toLocaleString() }, address ? link(unescape(address), text) : text);
}

/** What a person typed, as Slack sends it: escaped, with mentions, channels and links in angle brackets. */
export function encode(typed) {
  const names = new Map([...store.people.values()].map(person => [person.name.toLowerCase(), person.id]));
  const teams = new Map([...store.groups.values()].map(group => [group.handle.toLowerCase(), group.id]));
  const channels = new Map([...store.channels.values()].map(channel => [channel.name, channel]));
  return typed.trim()
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    .replace(/https?:\/\/[^\s]+[^\s.,;:!?)'"]/g, address => `<${address}>`)
    .replace(/(^|[\s(])@([\w.-]*\w)/g, (all, before, name) => {
      if (['here', 'channel', 'everyone'].includes(name)) return `${before}<!${name}>`;
      if (teams.has(name.toLowerCase())) return `${before}<!subteam^${teams.get(name.toLowerCase())}>`;
      return names.has(name.toLowerCase()) ? `${before}<@${names.get(name.toLowerCase())}>` : all;
    })
    .replace(/(^|[\s(])#([\w-]+)/g, (all, before, name) => {
      const channel = channels.get(name);
      return channel ? `${before}<#${channel.id}|${name}>` : all;
    });
}

/** The reverse, for editing. */
export function decode(text) {
  return unescape((text ?? '')
    .replace(/<@(\w+)(?:\|[^>]*)?>/g, (_, id) => `@${store.people.get(id)?.name ?? id}`)
    .replace(/<#(\w+)(?:\|([^>]*))?>/g, (_, id, name) => `#${name || store.channels.get(id)?.name || id}`)
    .replace(/<!subteam\^(\w+)(?:\|[^>]*)?>/g, (_, id) => `@${store.groups.get(id)?.handle ?? id}`)
    .replace(/<!(here|channel|everyone)[^>]*>/g, '@$1')
    .replace(/<([^>|]+)(?:\|[^>]*)?>/g, '$1'));
}
