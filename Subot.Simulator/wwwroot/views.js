import { h, byId } from './dom.js';
import { plain } from './mrkdwn.js';
import { icon } from './icons.js';
import { store } from './store.js';
import { showBlocks } from './blocks.js';
import { valuesOf, setValues } from './inputs.js';
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

const press = (view, box) => (element, block, chosen) =>
  act('press-view', { view: view.id, name: element.action_id, block, values: valuesOf(box()), ...(chosen ? { chosen } : {}) });

let shownHome = null;

/** The app's home; null when it has published none. It is drawn anew only when the app changed it. */
export function home() {
  const view = [...views.values()].find(one => one.type === 'home');
  if (!view) return null;
  const key = `${view.hash} ${store.me} ${store.people.size}`;
  if (shownHome?.key !== key) {
    const before = shownHome?.box.dataset.view === view.id ? valuesOf(shownHome.box) : {};
    const box = h('div', { id: 'home', dataset: { view: view.id } }, showBlocks(view.blocks, press(view, () => box)));
    setValues(box, before);
    shownHome = { key, box };
  }
  return shownHome.box;
}

function showModal() {
  const dialog = byId('modal');
  const view = [...views.values()].filter(one => one.type === 'modal').at(-1);
  if (!view) return dialog.close();
  if (dialog.dataset.hash === view.hash && dialog.open) return undefined;
  const before = dialog.open && dialog.dataset.view === view.id ? valuesOf(dialog) : {};
  dialog.dataset.view = view.id;
  dialog.dataset.hash = view.hash;
  const form = modal(view);
  setValues(form, before);
  dialog.oncancel = event => {
    event.preventDefault();
    close(view);
  };
  dialog.replaceChildren(form);
  if (!dialog.open) dialog.showModal();
  return undefined;
}

function modal(view) {
  const submit = view.submit ? h('button', { type: 'submit', class: 'button primary', dataset: { action: 'submit-view' } }, plain(view.submit.text)) : null;
  const form = h('form', { novalidate: true },
    h('header', {}, h('strong', {}, plain(view.title?.text)),
      h('button', { type: 'button', class: 'square', dataset: { action: 'close-view' }, 'aria-label': 'Close', onclick: () => close(view) }, icon('close'))),
    h('div', { class: 'view' }, showBlocks(view.blocks, press(view, () => form))),
    h('footer', {}, h('button', { type: 'button', class: 'button', dataset: { action: 'close-view' }, onclick: () => close(view) }, plain(view.close?.text ?? 'Cancel')), submit));
  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (!submit) return;
    submit.disabled = true;
    const answer = await act('submit-view', { view: view.id, values: valuesOf(form) });
    submit.disabled = false;
    showErrors(form, answer?.errors ?? {});
  });
  return form;
}

/** Says at each block what is wrong with it. */
function showErrors(form, errors) {
  for (const old of form.querySelectorAll('.problem')) old.remove();
  for (const block of form.querySelectorAll('.block')) {
    const error = errors[block.dataset.block];
    if (error) block.append(h('small', { class: 'problem', role: 'alert' }, plain(error)));
  }
  form.querySelector('.problem')?.scrollIntoView({ block: 'nearest' });
}

const close = view => act('close-view', { view: view.id });
