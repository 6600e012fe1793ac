// Icons as lines on a square of 24, so that no font has to know them.

const shapes = {
  lock: 'M6 11h12v9H6z M8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  people: 'M9 11a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 9 11z M3 19c0-3.4 2.6-5.4 6-5.4s6 2 6 5.4 M16 5.2a3 3 0 0 1 0 5.6 M17.5 14c2.2.6 3.5 2.4 3.5 5',
  smile: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z M8.5 14.2c1.8 2.4 5.2 2.4 7 0 M9 9.6v.4 M15 9.6v.4',
  reply: 'M4 5h16v11h-8l-4.5 4v-4H4z',
  edit: 'M5 19l.8-4L16 4.8l3.2 3.2L9 18.2z M14 7l3 3',
  trash: 'M5 7h14 M10 7V4.5h4V7 M7 7l.8 12.5h8.4L17 7 M10.5 10.5v5.5 M13.5 10.5v5.5',
  eye: 'M2.5 12S6 5.8 12 5.8 21.5 12 21.5 12 18 18.2 12 18.2 2.5 12 2.5 12z M12 14.6a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2z',
  clip: 'M19 11.5l-7.4 7.3a4.3 4.3 0 0 1-6-6.1l7.8-7.7a2.9 2.9 0 0 1 4.1 4.1l-7.6 7.5a1.4 1.4 0 0 1-2-2l6.6-6.5',
  close: 'M6 6l12 12 M18 6L6 18',
  up: 'M7 14.5l5-5 5 5',
  more: 'M5.5 12v.1 M12 12v.1 M18.5 12v.1',
  info: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z M12 11v5.5 M12 7.8v.2',
  bolt: 'M13 3L5.5 13.5H11L10 21l8-11h-5.8z',
  star: 'M12 3.5c.6 5 3.2 7.7 8.5 8.5-5.3.8-7.9 3.5-8.5 8.5-.6-5-3.2-7.7-8.5-8.5 5.3-.8 7.9-3.5 8.5-8.5z',
  theme: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z M12 3.5v17 M12 7h4.6 M12 11h6.4 M12 15h5.6',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1 M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1',
};

const svg = 'http://www.w3.org/2000/svg';

export function icon(name) {
  const picture = document.createElementNS(svg, 'svg');
  for (const [attribute, value] of Object.entries({ viewBox: '0 0 24 24', class: `icon ${name}`, 'aria-hidden': 'true' })) picture.setAttribute(attribute, value);
  const path = document.createElementNS(svg, 'path');
  path.setAttribute('d', shapes[name]);
  picture.append(path);
  return picture;
}

/** Puts its icon into each element that names one. */
export function drawIcons() {
  for (const element of document.querySelectorAll('[data-icon]')) element.replaceChildren(icon(element.dataset.icon));
}
