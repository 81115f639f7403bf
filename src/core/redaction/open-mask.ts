import type { PatternFinder } from './find-patterns.js';

/** Bytes in, bytes out with every secret masked. What comes out may be the very bytes that went in. */
export interface MaskedStream {
  readonly push: (bytes: Uint8Array) => Uint8Array;
  /** What was held back because it could have become a secret. */
  readonly end: () => Uint8Array;
}

const mask: Uint8Array = Buffer.from('***');
const nothing: Uint8Array = new Uint8Array(0);

export function openMask(find: PatternFinder): MaskedStream {
  /** From the first place on where a secret may begin that is not complete yet. */
  let held = nothing;
  /** How many of these are settled: they are masked already, and still may begin a longer secret. */
  let settled = 0;

  const pass = (bytes: Uint8Array, isLast: boolean): Uint8Array => {
    const pieces: Uint8Array[] = [];
    let cursor = settled;
    const passUntil = (end: number): void => {
      if (end > cursor) pieces.push(cursor === 0 && end === bytes.length ? bytes : bytes.subarray(cursor, end));
      cursor = Math.max(cursor, end);
    };
    const open = find(bytes, isLast, (start, end) => {
      // Secrets that overlap are one mask, so that no rest of either is left.
      if (start >= cursor) {
        passUntil(start);
        pieces.push(mask);
      }
      cursor = Math.max(cursor, end);
    });
    passUntil(open);
    held = open === bytes.length ? nothing : Buffer.from(bytes.subarray(open));
    settled = cursor - open;
    return join(pieces);
  };

  return {
    push: (bytes) => pass(held.length === 0 ? bytes : Buffer.concat([held, bytes]), false),
    end: () => pass(held, true),
  };
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  return pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
}
