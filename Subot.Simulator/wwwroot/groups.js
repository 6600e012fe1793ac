import { h, byId } from './dom.js';
import { store, humans } from './store.js';
import { avatar, displayName } from './people.js';
import { icon } from './icons.js';
import { act } from './api.js';

/** Shows the user groups, whose members anybody changes here. */
export function showGroups() {
  const dialog = byId('groups');
  const close = () => dialog.close();
  dialog.replaceChildren(h('div', {},
    h('header', {}, h('strong', {}, 'User groups'), h('button', { type: 'button', class: 'square', 'aria-label': 'Close', dataset: { action: 'close-groups' }, onclick: close }, icon('close'))),
    h('div', { class: 'view' }, store.groups.size ? [...store.groups.values()].map(group) : h('p', {}, 'This workspace has no user groups.'))));
  if (!dialog.open) dialog.showModal();
}

function group(one) {
  const members = new Set(one.users);
  const list = h('div', { class: 'people' }, humans().map(person => h('label', { class: 'person' },
    h('input', { type: 'checkbox', value: person.id, checked: members.has(person.id) }), avatar(person, 'small'), h('span', {}, displayName(person)), h('small', {}, person.title))));
  const save = async () => {
    const users = [...list.querySelectorAll(':checked')].map(box => box.value);
    if (await act('group', { group: one.id, users })) byId('groups').close();
  };
  return h('section', { class: 'group', dataset: { group: one.id } },
    h('h3', {}, `@${one.handle}`, h('small', {}, one.name)), list,
    h('button', { type: 'button', class: 'button primary', dataset: { action: 'save-group' }, onclick: save }, 'Save'));
}
