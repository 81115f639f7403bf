import type { Pattern } from './build-patterns.js';

/** The bytes are not those of the pattern. */
export const NO_MATCH = -1;
/** They are as far as they go, and they end before the pattern does. */
export const CUT_SHORT = -2;

const [NEWLINE, RETURN, BACKSLASH, LETTER_N, SPACE, TAB] = [0x0a, 0x0d, 0x5c, 0x6e, 0x20, 0x09];
/** Wrapped text may be indented, as in YAML; no more, so that what is held back has an end. */
const DEEPEST_INDENT = 16;

/** What a line break inside a wrapped pattern looks like where its beginning is searched for. */
export const lineBreaks: readonly string[] = ['\n', '\r\n', '\\n'];

/** Where the pattern ends that begins at `start`, or one of the two answers above. */
export function matchPattern({ bytes: wanted, isWrapped }: Pattern, bytes: Uint8Array, start: number): number {
  let at = start;
  for (let index = 0; index < wanted.length; index++) {
    if (isWrapped && index > 0 && bytes[at] !== wanted[index]) at = skipLineBreak(bytes, at);
    if (at >= bytes.length) return CUT_SHORT;
    if (bytes[at] !== wanted[index]) return NO_MATCH;
    at++;
  }
  return at;
}

/** The place after a line break and its indentation; the end of the bytes when it is cut short; `at` when there is none. */
function skipLineBreak(bytes: Uint8Array, at: number): number {
  let end = at;
  if (bytes[end] === BACKSLASH) {
    if (end + 1 < bytes.length && bytes[end + 1] !== LETTER_N) return at;
    end += 2;
  } else {
    if (bytes[end] === RETURN) end++;
    if (bytes[end] === NEWLINE) end++;
    if (end === at) return at;
  }
  const deepest = Math.min(bytes.length, end + DEEPEST_INDENT);
  while (end < deepest && (bytes[end] === SPACE || bytes[end] === TAB)) end++;
  return end;
}
