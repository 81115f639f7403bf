import type { Redactor } from './redactor.js';
import { blindRedactor } from './redactor.js';
import { buildPatterns } from './build-patterns.js';
import { chooseTexts } from './choose-texts.js';
import type { Secret } from './choose-texts.js';
import { createFinder } from './find-patterns.js';
import { maskValue } from './mask-value.js';
import { openMask } from './open-mask.js';

export type { MaskedStream } from './open-mask.js';
export type { Redactor } from './redactor.js';
export type { Secret } from './choose-texts.js';

export function createRedactor(secrets: readonly Secret[]): Redactor {
  const chosen = secrets.map((secret) => ({ name: secret.name, texts: chooseTexts(secret) }));
  const unmasked = chosen.flatMap(({ name, texts }) => (texts === undefined ? [name] : []));
  const patterns = buildPatterns(chosen.flatMap(({ texts }) => texts ?? []));
  if (patterns.length === 0) return { ...blindRedactor, unmasked };
  const find = createFinder(patterns);

  const holdsSecret = (data: string | Uint8Array): boolean => {
    let holds = false;
    find(toBytes(data), true, () => {
      holds = true;
    });
    return holds;
  };
  const text = (given: string): string => {
    const bytes = Buffer.from(given);
    // Text without a secret is given back as it is: half a pair of surrogates would not survive the way through bytes.
    return holdsSecret(bytes) ? Buffer.from(openMaskAndEnd(bytes)).toString() : given;
  };
  const openMaskAndEnd = (bytes: Uint8Array): Uint8Array => {
    const stream = openMask(find);
    return Buffer.concat([stream.push(bytes), stream.end()]);
  };
  return { unmasked, text, value: (value) => maskValue(value, text), open: () => openMask(find), holdsSecret };
}

function toBytes(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? Buffer.from(data) : data;
}
