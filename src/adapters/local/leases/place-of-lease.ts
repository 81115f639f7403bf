import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** The folder with the owners of a name. */
export function placeOfLease(folder: string, name: string): string {
  return join(folder, createHash('sha256').update(name).digest('hex').slice(0, 32));
}
