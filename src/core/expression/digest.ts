import { createHash } from 'node:crypto';
import type { Digest } from './function-library.js';

/** A file of its own, so that only an expression that asks for a digest loads the library behind it. */
export const digest: Digest = (pieces, written) => {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece, written);
  return hash.digest('hex');
};
