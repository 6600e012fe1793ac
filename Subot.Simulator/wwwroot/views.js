import { h, byId } from './dom.js';
import { plain } from './mrkdwn.js';
import { showBlocks } from './blocks.js';
import { act } from './api.js';

// Modals and the home tab the app gives a person.

const views = new Map();

export function setViews(list) {
  views.clear();
  for (const view of list) views.set(view.id, view);
  showModal();
}

export function setView(id, view) {
  if (view) views.set(id, view);
  else views.delete(id);
  showModal();
}

const press = view => (element, block, option) => act('press-view', { view: view.id, name: element.action_id, ...(option ? { option } : {}) });

/** The app's home; null when it has published none. */
export function home() {
  const view = [...views.values()].find(one => one.type === 'home');
  return view ? h('div', { id: 'home', dataset: { view: view.id } }, showBlocks(view.blocks, press(view))) : null;
}

function showModal() {
  const dialog = byId('modal');
  const view = [...views.values()].filter(one => one.type === 'modal').at(-1);
  if (!view) return dialog.close();
  if (dialog.dataset.hash === view.hash && dialog.open) return undefined;
  dialog.dataset.view = view.id;
  dialog.dataset.hash = view.hash;
  const form = h('form', { method: 'dialog' },
    h('header', {}, h('strong', {}, plain(view.title?.text)), h('button', { type: 'button', class: 'plain', dataset: { action: 'close-view' }, 'aria-label': 'Close', onclick: () => close(view) }, '✕')),
    showBlocks(view.blocks, press(view)),
    h('footer', {}, h('button', { type: 'button', class: 'button', dataset: { action: 'close-view' }, onclick: () => close(view) }, plain(view.close?.text ?? 'Cancel')),
      view.submit ? h('button', { type: 'submit', class: 'button primary', dataset: { action: 'submit-view' } }, plain(view.submit.text)) : null));
  form.addEventListener('submit', event => {
    event.preventDefault();
    act('submit-view', { view: view.id, values: valuesOf(form) });
  });
  dialog.oncancel = event => {
    event.preventDefault();
    close(view);
  };
  dialog.replaceChildren(form);
  if (!dialog.open) dialog.showModal();
  return undefined;
}

const close = view => act('close-view', { view: view.id });

/** The state of each input: block id, then action id, as Slack reports it. */
function valuesOf(form) {
  const values = {};
  for (const field of form.querySelectorAll('[data-element]')) {
    const { block, actionId, element } = field.dataset;
    values[block] = { ...values[block], [actionId]: stateOf(field, element) };
  }
  return values;
}

function stateOf(field, type) {
  const option = value => (value ? { value } : null);
  switch (type) {
    case 'checkboxes': return { type, selected_options: [...field.querySelectorAll(':checked')].map(box => option(box.value)) };
    case 'radio_buttons': return { type, selected_option: option(field.querySelector(':checked')?.value) };
    case 'static_select': return { type, selected_option: option(field.value) };
    case 'users_select': return { type, selected_user: field.value || null };
    case 'channels_select': return { type, selected_channel: field.value || null };
    case 'conversations_select': return { type, selected_conversation: field.value || null };
    case 'datepicker': return { type, selected_date: field.value || null };
    default: return { type, value: field.value || null };
  }
}
