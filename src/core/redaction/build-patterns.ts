import type { SecretTexts } from './choose-texts.js';
import { encodings } from './encodings.js';

/** Bytes that give a secret away. */
export interface Pattern {
  readonly bytes: Uint8Array;
  /** Line breaks may stand anywhere inside. */
  readonly isWrapped: boolean;
}

/** Where the beginning of a wrapped pattern is searched for: an indented line in there hides it, and what follows is a pattern of its own. */
export const BEGINNING = 16;
/** Fewer bytes stand in any output by chance. */
const SHORTEST_PATTERN = 4;

/** Every form of every secret, each once. */
export function buildPatterns(secrets: readonly SecretTexts[]): readonly Pattern[] {
  const found = new Map<string, Pattern>();
  const add = (bytes: Buffer, isWrapped: boolean): void => {
    if (bytes.length < SHORTEST_PATTERN) return;
    const key = bytes.toString('latin1');
    if (found.get(key)?.isWrapped !== true) found.set(key, { bytes, isWrapped });
  };
  const addForms = (text: string, isWhole: boolean): void => {
    for (const encoding of encodings) {
      const bytes = Buffer.from(encoding.encode(text));
      const isWrapped = isWhole && encoding.isWrapped === true;
      add(bytes, isWrapped);
      if (isWrapped && bytes.length >= 2 * BEGINNING) add(bytes.subarray(BEGINNING), true);
    }
  };
  for (const { whole, lines } of secrets) {
    addForms(whole, true);
    for (const line of lines) addForms(line, false);
  }
  return [...found.values()];
}
