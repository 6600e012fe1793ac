// Makes elements. Text only ever becomes text nodes, so nothing that people write can become markup.

/** h('button', { class: 'x', dataset: { ts: '1' }, onclick: f }, 'text', child, ...) */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'dataset') Object.assign(element.dataset, value);
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'style') element.style.cssText = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

export const byId = id => document.getElementById(id);

/** A link only where its address is one of the web or of mail. */
export function link(address, text) {
  if (!/^(https?:|mailto:)/i.test(address)) return document.createTextNode(text);
  if (address.startsWith(`${location.origin}/archives/`)) return h('a', { href: address, onclick: goTo }, text);
  return h('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, text);
}

/** Follows a permalink within the page, so that one stays who one is. */
export function goTo(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const { pathname, searchParams } = new URL(event.currentTarget.href);
  const [, , channel, message] = pathname.split('/');
  location.hash = [channel, searchParams.get('thread_ts'), message].filter(Boolean).join('/');
}

/** Makes these the children of a list. Those that stay are not touched, so that a click or an edit on them goes on. */
export function sync(list, rows) {
  const wanted = rows.filter(row => row instanceof Node);
  const staying = new Set(wanted);
  for (const child of [...list.childNodes]) if (!staying.has(child)) child.remove();
  let at = list.firstChild;
  for (const row of wanted) {
    if (row === at) at = at.nextSibling;
    else list.insertBefore(row, at);
  }
}

const drawn = new WeakMap();

/** Draws a box anew only when what it shows, told by the key, has changed. */
export function drawOnce(box, key, make) {
  if (drawn.get(box) === key) return;
  drawn.set(box, key);
  box.replaceChildren(...[make()].flat());
}

export function toast(text) {
  const note = h('div', { class: 'toast' }, text);
  byId('toasts').append(note);
  setTimeout(() => note.remove(), 5000);
}

/** Shows a box beside an element, until something else is clicked. */
export function popover(anchor, content, className = '') {
  const box = byId('popover');
  box.replaceChildren(content);
  box.className = className;
  box.hidden = false;
  const spot = anchor.getBoundingClientRect();
  const left = Math.min(spot.left, innerWidth - box.offsetWidth - 12);
  const below = spot.bottom + 6 + box.offsetHeight < innerHeight;
  box.style.left = `${Math.max(8, left)}px`;
  box.style.top = `${below ? spot.bottom + 6 : Math.max(8, spot.top - box.offsetHeight - 6)}px`;
  box.querySelector('input,button')?.focus({ preventScroll: true });
}

export function closePopover() {
  byId('popover').hidden = true;
}

addEventListener('mousedown', event => {
  if (!byId('popover').contains(event.target)) closePopover();
});
addEventListener('keydown', event => {
  if (event.key === 'Escape') closePopover();
});
