import { h, popover, closePopover } from './dom.js';

// The common emoji by Slack's names; others are shown as their names.
const table = `
heavy_check_mark:✔️ white_check_mark:✅ ballot_box_with_check:☑️ eyes:👀 no_entry_sign:🚫 x:❌ +1:👍 thumbsup:👍 -1:👎 thumbsdown:👎
tada:🎉 raised_hands:🙌 pray:🙏 clap:👏 wave:👋 ok_hand:👌 muscle:💪 point_up:☝️ point_right:👉 point_left:👈 point_down:👇 handshake:🤝
heart:❤️ blue_heart:💙 green_heart:💚 yellow_heart:💛 purple_heart:💜 broken_heart:💔 sparkles:✨ star:⭐ star2:🌟 fire:🔥 fireman:🧑‍🚒 firefighter:🧑‍🚒
fire_engine:🚒 rocket:🚀 bulb:💡 warning:⚠️ rotating_light:🚨 construction:🚧 no_entry:⛔ question:❓ grey_question:❔ exclamation:❗
grey_exclamation:❕ bangbang:‼️ 100:💯 hourglass:⌛ hourglass_flowing_sand:⏳ alarm_clock:⏰ stopwatch:⏱️ clock1:🕐 calendar:📅 date:📅
smile:😄 smiley:😃 grinning:😀 grin:😁 laughing:😆 satisfied:😆 joy:😂 rolling_on_the_floor_laughing:🤣 slightly_smiling_face:🙂 wink:😉
blush:😊 innocent:😇 heart_eyes:😍 kissing_heart:😘 yum:😋 stuck_out_tongue:😛 sunglasses:😎 nerd_face:🤓 thinking_face:🤔 thinking:🤔
face_with_raised_eyebrow:🤨 neutral_face:😐 expressionless:😑 no_mouth:😶 smirk:😏 unamused:😒 face_with_rolling_eyes:🙄 grimacing:😬 relieved:😌
pensive:😔 sleepy:😪 sleeping:😴 mask:😷 dizzy_face:😵 exploding_head:🤯 partying_face:🥳 confused:😕 worried:😟 slightly_frowning_face:🙁
open_mouth:😮 astonished:😲 flushed:😳 pleading_face:🥺 cry:😢 sob:😭 scream:😱 disappointed:😞 sweat:😓 sweat_smile:😅 tired_face:😫
triumph:😤 rage:😡 angry:😠 skull:💀 poop:💩 hankey:💩 robot_face:🤖 alien:👽 ghost:👻 see_no_evil:🙈 hear_no_evil:🙉 speak_no_evil:🙊
man-shrugging:🤷‍♂️ woman-shrugging:🤷‍♀️ shrug:🤷 facepalm:🤦 coffee:☕ beer:🍺 pizza:🍕 cake:🍰 birthday:🎂 doughnut:🍩 apple:🍎
bug:🐛 beetle:🐞 snail:🐌 turtle:🐢 cat:🐱 dog:🐶 unicorn_face:🦄 penguin:🐧 whale:🐳 octopus:🐙 crab:🦀
computer:💻 keyboard:⌨️ phone:☎️ iphone:📱 email:📧 envelope:✉️ memo:📝 pencil:📝 pencil2:✏️ book:📖 books:📚 bookmark:🔖 paperclip:📎 link:🔗
pushpin:📌 round_pushpin:📍 mag:🔍 lock:🔒 unlock:🔓 key:🔑 hammer:🔨 wrench:🔧 hammer_and_wrench:🛠️ gear:⚙️ package:📦 bell:🔔 no_bell:🔕
chart_with_upwards_trend:📈 chart_with_downwards_trend:📉 bar_chart:📊 clipboard:📋 speech_balloon:💬 thought_balloon:💭 mega:📣 loudspeaker:📢
inbox_tray:📥 outbox_tray:📤 arrow_up:⬆️ arrow_down:⬇️ arrow_left:⬅️ arrow_right:➡️ repeat:🔁 arrows_counterclockwise:🔄 heavy_plus_sign:➕
heavy_minus_sign:➖ red_circle:🔴 large_blue_circle:🔵 large_green_circle:🟢 large_yellow_circle:🟡 large_orange_circle:🟠 white_circle:⚪ black_circle:⚫
one:1️⃣ two:2️⃣ three:3️⃣ four:4️⃣ five:5️⃣ zzz:💤 boom:💥 collision:💥 snowflake:❄️ sunny:☀️ cloud:☁️ rainbow:🌈 umbrella:☔ zap:⚡ sos:🆘
information_source:ℹ️ recycle:♻️ checkered_flag:🏁 triangular_flag_on_post:🚩 trophy:🏆 medal:🏅 gift:🎁 lightbulb:💡 seedling:🌱 evergreen_tree:🌲`;

const glyphs = new Map(table.trim().split(/\s+/).map(entry => {
  const colon = entry.lastIndexOf(':');
  return [entry.slice(0, colon), entry.slice(colon + 1)];
}));

export const quick = ['heavy_check_mark', 'eyes', 'pray'];

/** The glyph of an emoji, tones left off; its name between colons when it has none, or no font here draws it. */
export function glyph(name) {
  const shape = glyphs.get(name.split('::')[0]);
  return shape && isDrawn(shape) ? shape : `:${name}:`;
}

const known = new Map();
const canvas = Object.assign(document.createElement('canvas'), { width: 20, height: 20 }).getContext('2d', { willReadFrequently: true });

function picture(text) {
  canvas.clearRect(0, 0, 20, 20);
  canvas.font = '16px sans-serif';
  canvas.fillText(text, 1, 16);
  return canvas.getImageData(0, 0, 20, 20).data.join();
}

const missing = picture('\u{10FFFD}');

/** A shape looks like none when no font has it. */
function isDrawn(shape) {
  const first = String.fromCodePoint(shape.codePointAt(0));
  if (!known.has(first)) known.set(first, picture(first) !== missing);
  return known.get(first);
}

export const isKnown = name => glyphs.has(name.split('::')[0]);

/** Opens a picker; calls back with the chosen name. Any name can be typed, as workspaces have their own. */
export function pickEmoji(anchor, chosen) {
  const grid = h('div', { class: 'emoji-grid' });
  const search = h('input', { id: 'emoji-search', placeholder: 'Search, or type any name', autocomplete: 'off', 'aria-label': 'Emoji name' });
  const choose = name => {
    closePopover();
    chosen(name);
  };
  const show = () => {
    const wanted = search.value.trim().replaceAll(':', '').toLowerCase();
    const matching = [...glyphs].filter(([name]) => name.includes(wanted));
    const shown = [...new Map(matching.reverse().map(([name, shape]) => [shape, name])).values()].reverse();
    grid.replaceChildren(...shown.map(name =>
      h('button', { type: 'button', title: `:${name}:`, dataset: { emoji: name }, onclick: () => choose(name) }, glyph(name))));
  };
  search.addEventListener('input', show);
  search.addEventListener('keydown', event => {
    const name = search.value.trim().replaceAll(':', '').toLowerCase();
    if (event.key === 'Enter' && name) choose(isKnown(name) ? name : grid.firstChild?.dataset.emoji ?? name);
  });
  show();
  popover(anchor, h('div', { class: 'emoji-picker' }, search, grid), 'emoji');
}
