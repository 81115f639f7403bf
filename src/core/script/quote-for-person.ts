/** Characters that do something to a terminal, or hide or turn round what is beside them. */
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;
const INVISIBLE_OR_SPECIAL = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff'\\]/gu;
const SHORT: ReadonlyMap<string, string> = new Map([['\n', '\\n'], ['\t', '\\t'], ['\r', '\\r'], ["'", "\\'"], ['\\', '\\\\']]);

/** The value as one word of a command that a person can read, copy and paste into bash. */
export function quoteForPerson(value: string): string {
  if (INVISIBLE.test(value)) return `$'${value.replace(INVISIBLE_OR_SPECIAL, writeEscape)}'`;
  if (/^[A-Za-z0-9_./:@%+,-]+$/.test(value)) return value;
  return `'${value.replaceAll("'", "'\\''")}'`;
}

/** Text that cannot be quoted, made harmless to look at; line breaks and tabs stay. */
export function showPlainly(text: string): string {
  return text.replace(INVISIBLE_OR_SPECIAL, (character) => ("\n\t'\\".includes(character) ? character : '\u{FFFD}'));
}

function writeEscape(character: string): string {
  const code = character.charCodeAt(0);
  return SHORT.get(character) ?? (code < 0x80 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`);
}
