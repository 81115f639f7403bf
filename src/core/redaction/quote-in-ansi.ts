const letters: ReadonlyMap<string, string> = new Map([['\\', '\\\\'], ['\'', '\\\''], ['\n', '\\n'], ['\r', '\\r'], ['\t', '\\t'], ['\u0007', '\\a'], ['\b', '\\b'], ['\u001b', '\\E'], ['\f', '\\f'], ['\v', '\\v']]);

/** What stands between `$'` and `'` when bash writes a text with control characters down. */
export function quoteInAnsi(text: string): string {
  return text.replace(/[\\'\p{Cc}]/gu, (character) => letters.get(character) ?? `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`);
}
