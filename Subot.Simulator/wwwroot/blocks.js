import { h, link } from './dom.js';
import { mrkdwn, plain, textObject } from './mrkdwn.js';
import { glyph } from './emoji.js';
import { store } from './store.js';

// Block Kit. What is pressed is told to `pressed(element, blockId, option)`.

export const showBlocks = (blocks, pressed) =>
  h('div', { class: 'blocks' }, (blocks ?? []).map((block, index) => showBlock(block, block.block_id ?? `b${index}`, pressed)));

function showBlock(block, id, pressed) {
  const box = (...content) => h('div', { class: `block ${block.type}`, dataset: { block: id } }, content);
  switch (block.type) {
    case 'section': return box(
      h('div', { class: 'section-text' }, textObject(block.text),
        block.fields ? h('div', { class: 'fields' }, block.fields.map(field => h('div', {}, textObject(field)))) : null),
      block.accessory ? h('div', { class: 'accessory' }, element(block.accessory, id, pressed)) : null);
    case 'header': return box(plain(block.text?.text));
    case 'divider': return h('hr', { class: 'block divider' });
    case 'context': return box((block.elements ?? []).map(part => (part.type === 'image' ? image(part) : h('span', {}, textObject(part)))));
    case 'actions': return box((block.elements ?? []).map(part => element(part, id, pressed)));
    case 'image': return box(block.title ? h('small', {}, plain(block.title.text)) : null, image(block));
    case 'markdown': return box(mrkdwn(block.text));
    case 'input': return box(
      h('label', {}, h('span', { class: 'label' }, plain(block.label?.text)), element(block.element ?? {}, id, pressed),
        block.hint ? h('small', {}, plain(block.hint.text)) : null));
    case 'rich_text': return box((block.elements ?? []).map(richText));
    default: return box(h('small', {}, `(${block.type} block)`));
  }
}

const image = part => (/^https?:/i.test(part.image_url ?? '')
  ? h('img', { src: part.image_url, alt: part.alt_text ?? '', title: part.alt_text ?? '' })
  : h('small', {}, part.alt_text ?? ''));

function element(part, block, pressed) {
  const mark = { action: 'press', actionId: part.action_id ?? '', block };
  switch (part.type) {
    case 'button': return button(part, mark, block, pressed);
    case 'image': return image(part);
    case 'plain_text_input': return input(part, mark);
    case 'number_input': return input(part, mark, 'number');
    case 'datepicker': return input(part, mark, 'date');
    case 'checkboxes': case 'radio_buttons': return choices(part, mark);
    case 'static_select': case 'users_select': case 'channels_select': case 'conversations_select': case 'overflow':
      return select(part, mark, block, pressed);
    default: return h('small', {}, `(${part.type})`);
  }
}

function button(part, mark, block, pressed) {
  const label = plain(part.text?.text);
  const press = async event => {
    if (part.confirm && !confirm([part.confirm.title?.text, part.confirm.text?.text].filter(Boolean).join('\n'))) return;
    if (/^https?:/i.test(part.url ?? '')) open(part.url, '_blank', 'noopener');
    event.target.disabled = true;
    await pressed(part, block);
    event.target.disabled = false;
  };
  return h('button', { type: 'button', class: `button ${part.style ?? ''}`, dataset: mark, onclick: press }, label);
}

function input(part, mark, type) {
  const shared = { name: part.action_id, placeholder: part.placeholder?.text, dataset: { ...mark, action: 'input', element: part.type } };
  if (part.multiline) return h('textarea', { ...shared, rows: 4 }, part.initial_value ?? '');
  return h('input', { ...shared, type: type ?? 'text', value: part.initial_value ?? part.initial_date ?? '' });
}

function choices(part, mark) {
  const type = part.type === 'checkboxes' ? 'checkbox' : 'radio';
  const chosen = (part.initial_options ?? [part.initial_option]).map(option => option?.value);
  return h('div', { class: 'choices', dataset: { ...mark, action: 'input', element: part.type } }, (part.options ?? []).map(option =>
    h('label', {}, h('input', { type, name: part.action_id, value: option.value, checked: chosen.includes(option.value) }), textObject(option.text))));
}

function select(part, mark, block, pressed) {
  const known = { users_select: [...store.people.values()], channels_select: [...store.channels.values()], conversations_select: [...store.channels.values()] };
  const options = known[part.type]?.map(one => ({ value: one.id, text: { text: one.real_name || one.name } })) ?? part.options ?? [];
  const initial = part.initial_option?.value ?? part.initial_user ?? part.initial_channel ?? '';
  const list = h('select', { name: part.action_id, dataset: { ...mark, element: part.type }, onchange: () => pressed?.(part, block, list.value) },
    h('option', { value: '' }, part.placeholder?.text ?? (part.type === 'overflow' ? '⋯' : 'Choose')),
    options.map(option => h('option', { value: option.value, selected: option.value === initial }, plain(option.text?.text))));
  return list;
}

function richText(part) {
  const content = (part.elements ?? []).map(piece => (piece.elements ? h('li', {}, richText({ ...piece, type: 'rich_text_section' })) : richPiece(piece)));
  switch (part.type) {
    case 'rich_text_list': return h(part.style === 'ordered' ? 'ol' : 'ul', {}, content);
    case 'rich_text_preformatted': return h('pre', {}, content);
    case 'rich_text_quote': return h('blockquote', {}, content);
    default: return h('span', {}, content);
  }
}

function richPiece(piece) {
  switch (piece.type) {
    case 'text': {
      const tags = ['bold', 'italic', 'strike', 'code'].filter(style => piece.style?.[style]);
      const names = { bold: 'b', italic: 'i', strike: 's', code: 'code' };
      return tags.reduce((content, style) => h(names[style], {}, content), document.createTextNode(piece.text ?? ''));
    }
    case 'link': return link(piece.url ?? '', piece.text || piece.url || '');
    case 'emoji': return h('span', { class: 'glyph' }, glyph(piece.name ?? ''));
    case 'user': return h('span', { class: 'mention' }, mrkdwn(`<@${piece.user_id}>`));
    case 'channel': return h('span', { class: 'mention' }, mrkdwn(`<#${piece.channel_id}>`));
    case 'broadcast': return h('span', { class: 'mention loud' }, `@${piece.range}`);
    default: return '';
  }
}
