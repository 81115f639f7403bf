import { closeSync, openSync, readSync } from 'node:fs';
import { isSealedHeader, headerLength } from './sealed-form.js';

/** Whether a file says of itself that somebody has encrypted it. */
export function isSealed(file: string): boolean {
  const source = openSync(file, 'r');
  try {
    const begin = Buffer.alloc(headerLength);
    return isSealedHeader(begin.subarray(0, readSync(source, begin)));
  } finally {
    closeSync(source);
  }
}
