import { h, popover, closePopover } from './dom.js';
import { plain, textObject } from './mrkdwn.js';
import { icon } from './icons.js';
import { store } from './store.js';

// Buttons, selects and inputs. What is pressed or chosen is told to `pressed(element, blockId, chosen)`; inputs of a form only keep it.

/** An element of a block; `tells` is false for inputs that wait for the form to be sent. */
export function element(part, block, pressed, tells = true) {
  const mark = { action: tells ? 'press' : 'input', actionId: part.action_id ?? '', block };
  const tell = chosen => tells && pressed?.(part, block, chosen);
  switch (part.type) {
    case 'button': return button(part, mark, block, pressed);
    case 'overflow': return overflow(part, mark, tell);
    case 'plain_text_input': return typed(part, mark, tell, 'text');
    case 'number_input': return typed(part, mark, tell, 'number');
    case 'email_text_input': return typed(part, mark, tell, 'email');
    case 'url_text_input': return typed(part, mark, tell, 'url');
    case 'datepicker': return typed(part, mark, tell, 'date');
    case 'timepicker': return typed(part, mark, tell, 'time');
    case 'radio_buttons': return boxes(part, mark, tell, 'radio', part.options);
    case 'checkboxes': return boxes(part, mark, tell, 'checkbox', part.options);
    case 'static_select': case 'users_select': case 'channels_select': case 'conversations_select': return select(part, mark, tell);
    case 'multi_static_select': case 'multi_users_select': case 'multi_channels_select': case 'multi_conversations_select':
      return boxes(part, mark, tell, 'checkbox', optionsOf(part), 'many');
    default: return h('small', {}, `(${part.type})`);
  }
}

const confirmed = part => !part.confirm || confirm([part.confirm.title?.text, part.confirm.text?.text].filter(Boolean).join('\n'));

function button(part, mark, block, pressed) {
  const press = async event => {
    const own = event.currentTarget;
    if (!confirmed(part)) return;
    if (/^https?:/i.test(part.url ?? '')) open(part.url, '_blank', 'noopener');
    own.disabled = true;
    await pressed(part, block);
    own.disabled = false;
  };
  return h('button', { type: 'button', class: `button ${part.style ?? ''}`, dataset: mark, onclick: press }, plain(part.text?.text));
}

const overflow = (part, mark, tell) => h('button', {
  type: 'button', class: 'button', title: 'More', 'aria-label': 'More', dataset: mark,
  onclick: event => popover(event.currentTarget, h('div', { class: 'menu' }, (part.options ?? []).map(option => h('button', {
    type: 'button', dataset: { action: 'choose', value: option.value },
    onclick: () => {
      closePopover();
      if (/^https?:/i.test(option.url ?? '')) open(option.url, '_blank', 'noopener');
      if (confirmed(part)) tell([option.value]);
    },
  }, textObject(option.text))))),
}, icon('more'));

function typed(part, mark, tell, type) {
  const initial = part.initial_value ?? part.initial_date ?? part.initial_time ?? '';
  const props = {
    name: part.action_id, placeholder: part.placeholder?.text, minlength: part.min_length, maxlength: part.max_length,
    dataset: { ...mark, element: part.type }, onchange: event => tell([event.target.value]),
  };
  return part.multiline ? h('textarea', { ...props, rows: 4 }, initial) : h('input', { ...props, type, value: initial, autocomplete: 'off' });
}

let groups = 0;
function boxes(part, mark, tell, type, options = [], className = '') {
  const chosen = [part.initial_options ?? [], part.initial_option ?? [], part.initial_users ?? [], part.initial_channels ?? [], part.initial_conversations ?? []]
    .flat().map(one => one.value ?? one);
  const name = `boxes-${groups++}`;
  const list = h('div', { class: `choices ${className}`, dataset: { ...mark, element: part.type }, onchange: () => tell(checked(list)) }, options.map(option =>
    h('label', {}, h('input', { type, name, value: option.value, checked: chosen.includes(option.value) }),
      h('span', {}, textObject(option.text), option.description ? h('small', {}, textObject(option.description)) : null))));
  return list;
}

/** The options of a select: its own, or the people or channels of the workspace. */
function optionsOf(part) {
  const known = (list, label) => list.map(one => ({ value: one.id, text: { text: label(one) } }));
  if (part.type.includes('users')) return known([...store.people.values()].filter(person => !person.is_deleted && person.id !== 'USLACKBOT'), person => person.real_name || person.name);
  if (part.type.includes('static')) return part.options ?? (part.option_groups ?? []).flatMap(group => group.options);
  return known([...store.channels.values()].filter(channel => channel.kind === 'channel' || (channel.kind === 'group' && channel.members.has(store.me))), channel => `#${channel.name}`);
}

function select(part, mark, tell) {
  const initial = part.initial_option?.value ?? part.initial_user ?? part.initial_channel ?? part.initial_conversation ?? '';
  const entry = option => h('option', { value: option.value, selected: option.value === initial }, plain(option.text?.text));
  const list = h('select', {
    name: part.action_id, 'aria-label': part.placeholder?.text ?? 'Choose', dataset: { ...mark, element: part.type },
    onchange: () => list.value && confirmed(part) && tell([list.value]),
  }, h('option', { value: '' }, part.placeholder?.text ?? 'Choose'),
  part.option_groups ? part.option_groups.map(group => h('optgroup', { label: group.label?.text ?? '' }, group.options.map(entry))) : optionsOf(part).map(entry));
  return list;
}

const checked = field => [...field.querySelectorAll(':checked')].map(box => box.value);

/** What a field holds: a text, or a list where several can be chosen. */
const valueOf = field => {
  if (!field.classList.contains('choices')) return field.value;
  return field.dataset.element === 'radio_buttons' ? checked(field)[0] ?? '' : checked(field);
};

/** What all fields in a box hold: block id, then action id. */
export function valuesOf(box) {
  const values = {};
  for (const field of box.querySelectorAll('[data-element]')) {
    const { block, actionId } = field.dataset;
    values[block] = { ...values[block], [actionId]: valueOf(field) };
  }
  return values;
}

/** Fills in what was filled in before the fields were drawn anew. */
export function setValues(box, values) {
  for (const field of box.querySelectorAll('[data-element]')) {
    const value = values[field.dataset.block]?.[field.dataset.actionId];
    if (value === undefined) continue;
    if (!field.classList.contains('choices')) field.value = value;
    else for (const own of field.querySelectorAll('input')) own.checked = [value].flat().includes(own.value);
  }
}
