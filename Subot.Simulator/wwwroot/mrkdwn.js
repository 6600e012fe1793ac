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
  if (target.startsWith('!subteam')) return h('span', { class: 'mention' }, label || '@group');
  if (target.startsWith('!')) return h('span', { class: 'mention loud' }, '@', target.slice(1));
  return link(unescape(target), label || unescape(target));
}

function mention(id, label) {
  const name = store.people.get(id)?.name || label.replace(/^@/, '') || id;
  return h('span', { class: id === store.me ? 'mention loud' : 'mention', dataset: { user: id } }, '@', name);
}

function date(target, fallback) {
  const [, seconds, format] = target.split('^');
  const moment = new Date(Number(seconds) * 1000);
  if (Number.isNaN(moment.valueOf())) return fallback;
  const day = moment.toLocaleDateString([], { year: 'numeric', month: 'short', day: 'numeric' });
  const hour = moment.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return (format ?? '{date} {time}').replace(/\{date[^}]*\}/g, day).replace(/\{time[^}]*\}/g, hour);
}

/** What a person typed, as Slack sends it: escaped, with mentions, channels and links in angle brackets. */
export function encode(typed) {
  const names = new Map([...store.people.values()].map(person => [person.name.toLowerCase(), person.id]));
  const channels = new Map([...store.channels.values()].map(channel => [channel.name, channel]));
  return typed.trim()
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    .replace(/https?:\/\/[^\s]+[^\s.,;:!?)'"]/g, address => `<${address}>`)
    .replace(/(^|[\s(])@([\w.-]*\w)/g, (all, before, name) => {
      if (['here', 'channel', 'everyone'].includes(name)) return `${before}<!${name}>`;
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
    .replace(/<!(here|channel|everyone)[^>]*>/g, '@$1')
    .replace(/<([^>|]+)(?:\|[^>]*)?>/g, '$1'));
}
