import type { Redactor } from '../core/redaction/redactor.js';

/** Longer than any form of a secret that could lie across two pieces. */
const overlap = 128 * 1024;

/** Whether bytes that come in pieces hold a secret: the end of what came before is looked at again. */
export async function findSecret(bytes: AsyncIterable<Uint8Array>, redactor: Redactor): Promise<boolean> {
  let end = Buffer.alloc(0);
  for await (const piece of bytes) {
    const window = Buffer.concat([end, piece]);
    if (redactor.holdsSecret(window)) return true;
    end = window.subarray(Math.max(0, window.length - overlap));
  }
  return false;
}
