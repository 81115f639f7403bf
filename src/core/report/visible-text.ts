/** Control characters, and those that turn or hide what stands around them: never sent to a terminal as they are. */
const hidden = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]|\p{Cs}/u;
const allHidden = new RegExp(hidden, 'gu');

/** Text that a terminal shows as it is: what could steer it, or mislead the eye, is written as an escape. */
export function escapeHidden(text: string): string {
  return hidden.test(text) ? text.replace(allHidden, escapeCharacter) : text;
}

function escapeCharacter(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/u.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += widthOfCharacter(character);
  return width;
}

const takesNoColumn = /^[\p{Mn}\p{Me}\p{Cf}\ufe0f]$/u;
const takesTwoColumns = /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})$/u;

function widthOfCharacter(character: string): number {
  if (character >= ' ' && character <= '~') return 1;
  if (takesNoColumn.test(character)) return 0;
  return takesTwoColumns.test(character) ? 2 : 1;
}

/** A text cut to a width, its end marked where something is missing. */
export function cutToWidth(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let cut = '';
  let used = 0;
  for (const character of text) {
    used += widthOfCharacter(character);
    if (used > width - 1) break;
    cut += character;
  }
  return `${cut}…`;
}
