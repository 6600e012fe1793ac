import { h, byId, drawOnce, popover, closePopover } from './dom.js';
import { store, humans, setMe } from './store.js';
import { icon } from './icons.js';

export function hue(id) {
  let sum = 7;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 3600;
  return (sum * 47) % 360;
}

const initials = person => {
  const words = (person.real_name || person.name || '?').split(/[\s._-]+/).filter(Boolean);
  return ((words[0]?.[0] ?? '?') + (words.length > 1 ? words.at(-1)[0] : '')).toUpperCase();
};

/** A coloured square with initials; bots have a star. */
export function avatar(person, size = '') {
  return h('span', { class: `avatar ${size} ${person.is_bot ? 'bot' : ''}`, style: `--hue:${hue(person.id)}`, 'aria-hidden': 'true' },
    person.is_bot ? icon('star') : initials(person));
}

/** Whoever wrote a message: a known person, a bot by name, or an id. */
export function authorOf(message) {
  const known = store.people.get(message.user);
  if (known && !message.username) return known;
  const name = message.username ?? message.bot_profile?.name ?? message.user_profile?.real_name ?? message.user ?? message.bot_id ?? 'unknown';
  return { id: message.user ?? message.bot_id ?? name, name, real_name: name, is_bot: Boolean(message.bot_id || message.username) };
}

/** The app as a person. */
export const appPerson = () => store.people.get(store.app.user) ?? { id: '', name: store.app.name, is_bot: true };

export const displayName = person => person.real_name || person.name;

export function showMe(changed) {
  const me = store.people.get(store.me);
  const button = byId('me');
  if (!me) return;
  button.dataset.user = me.id;
  drawOnce(button, `${me.id} ${displayName(me)}`, () => [
    avatar(me), h('span', { class: 'who' }, h('small', {}, 'I am'), h('strong', {}, displayName(me))), h('span', { class: 'chevron' }, icon('up')),
  ]);
  button.onclick = () => choose(button, changed);
}

function choose(button, changed) {
  const search = h('input', { placeholder: 'Find a person', 'aria-label': 'Find a person' });
  const list = h('div', { class: 'people' });
  const show = () => {
    const wanted = search.value.toLowerCase();
    const found = humans().filter(person => `${person.real_name} ${person.name}`.toLowerCase().includes(wanted)).slice(0, 60);
    list.replaceChildren(...found.map(person => h('button', {
      type: 'button', class: person.id === store.me ? 'person chosen' : 'person', dataset: { user: person.id, action: 'be' },
      onclick: () => {
        closePopover();
        setMe(person.id);
        changed();
      },
    }, avatar(person, 'small'), h('span', {}, displayName(person)), h('small', {}, person.is_owner ? 'owner' : person.is_admin ? 'admin' : person.title))));
  };
  search.addEventListener('input', show);
  show();
  popover(button, h('div', { id: 'people-chooser' }, humans().length > 8 ? search : null, list), 'chooser');
}
