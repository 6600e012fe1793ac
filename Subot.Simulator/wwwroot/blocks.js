import { h, link } from './dom.js';
import { mrkdwn, plain, textObject } from './mrkdwn.js';
import { glyph } from './emoji.js';
import { element } from './inputs.js';

// Block Kit. What is pressed is told to `pressed(element, blockId, chosen)`.

export const showBlocks = (blocks, pressed) =>
  h('div', { class: 'blocks' }, (blocks ?? []).map((block, index) => showBlock(block, block.block_id ?? `b${index}`, pressed)));

function showBlock(block, id, pressed) {
  const box = (...content) => h('div', { class: `block ${block.type}`, dataset: { block: id } }, content);
  switch (block.type) {
    case 'section': return box(
      h('div', { class: 'section-text' }, textObject(block.text),
        block.fields ? h('div', { class: 'fields' }, block.fields.map(field => h('div', {}, textObject(field)))) : null),
      block.accessory ? h('div', { class: 'accessory' }, block.accessory.type === 'image' ? image(block.accessory) : element(block.accessory, id, pressed)) : null);
    case 'header': return box(plain(block.text?.text));
    case 'divider': return h('hr', { class: 'block divider' });
    case 'context': return box((block.elements ?? []).map(part => (part.type === 'image' ? image(part) : h('span', {}, textObject(part)))));
    case 'actions': return box((block.elements ?? []).map(part => element(part, id, pressed)));
    case 'image': return box(block.title ? h('small', {}, plain(block.title.text)) : null, image(block));
    case 'markdown': return box(mrkdwn(block.text));
    case 'input': return box(
      h('span', { class: 'label' }, plain(block.label?.text), block.optional ? h('small', {}, ' (optional)') : null),
      element(block.element ?? {}, id, pressed, Boolean(block.dispatch_action)),
      block.hint ? h('small', { class: 'hint' }, plain(block.hint.text)) : null);
    case 'rich_text': return box((block.elements ?? []).map(richText));
    default: return box(h('small', {}, `(${block.type} block)`));
  }
}

/** A picture of the web, or a file of the workspace by its id or its address. */
function image(part) {
  const file = part.slack_file;
  const own = file?.id ? `/files/${encodeURIComponent(file.id)}/picture` : file?.url ? new URL(file.url, location.href).pathname : null;
  const address = own ?? part.image_url ?? '';
  if (!own && !/^https?:/i.test(address)) return h('small', {}, part.alt_text ?? '');
  const name = part.alt_text ?? '';
  return h('img', { src: address, alt: name, title: name, onerror: event => event.target.replaceWith(h('small', { class: 'gone' }, name || 'picture')) });
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
    case 'usergroup': return mrkdwn(`<!subteam^${piece.usergroup_id}>`);
    case 'broadcast': return h('span', { class: 'mention loud' }, `@${piece.range}`);
    default: return '';
  }
}
