import type { SecretTexts } from './choose-texts.js';
import { encodings } from './encodings.js';

/** Bytes that give a secret away. */
export interface Pattern {
  readonly bytes: Uint8Array;
  /** Line breaks may stand anywhere inside. */
  readonly isWrapped: boolean;
}

/** Fewer bytes stand in any output by chance. */
const SHORTEST_PATTERN = 4;

/** Every form of every secret, each once. */
export function buildPatterns(secrets: readonly SecretTexts[]): readonly Pattern[] {
  const found = new Map<string, Pattern>();
  const add = (text: string, isWhole: boolean): void => {
    for (const encoding of encodings) {
      const bytes = Buffer.from(encoding.encode(text));
      if (bytes.length < SHORTEST_PATTERN) continue;
      const key = bytes.toString('latin1');
      const isWrapped = isWhole && encoding.isWrapped === true;
      if (found.get(key)?.isWrapped !== true) found.set(key, { bytes, isWrapped });
    }
  };
  for (const { whole, lines } of secrets) {
    add(whole, true);
    for (const line of lines) add(line, false);
  }
  return [...found.values()];
}
