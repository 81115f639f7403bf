import { randomUUID } from 'node:crypto';
import { constants, copyFileSync, linkSync, writeFileSync } from 'node:fs';
import { readErrorCode } from './processes/error-code.js';
import { removeQuietly } from './store/remove-quietly.js';

/** File systems without hard links say one of these. */
const noLinks: ReadonlySet<string | undefined> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** Behind it stands chance: what was left behind by a process that was killed is told by it. */
export const unplacedEnding = '.tmp';

/**
 * Puts a whole file where there is none: of several who try at once one succeeds, and the others get `EEXIST`. It is there once
 * its name is, whatever becomes of the other one.
 */
export function placeFile(path: string, content: Uint8Array | string): void {
  const fresh = `${path}.${randomUUID()}${unplacedEnding}`;
  try {
    writeFileSync(fresh, content, { mode: 0o600, flag: 'wx' });
    linkOrCopy(fresh, path);
  } finally {
    removeQuietly(fresh);
  }
}

function linkOrCopy(fresh: string, path: string): void {
  try {
    linkSync(fresh, path);
  } catch (error) {
    if (!noLinks.has(readErrorCode(error))) throw error;
    copyFileSync(fresh, path, constants.COPYFILE_EXCL);
  }
}
