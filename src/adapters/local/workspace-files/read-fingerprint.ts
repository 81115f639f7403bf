import type { Stats } from 'node:fs';
import type { InputFile } from '../../../core/cache/key-sheet.js';
import { isSameStamp } from '../store/file-stamp.js';
import type { FileIndex } from './file-index.js';
import { createFileHasher } from './hash-file.js';

/** The fingerprint of an ordinary file that was just looked at; nothing when it is gone by now. */
export type FingerprintReader = (path: string, stats: Stats) => InputFile | undefined;

/** No content has it: what could not be read never equals what can be. */
export const unreadable = 'unreadable';

/** Reads a file only where the index cannot tell what it contains. */
export function createFingerprintReader({ root, index, now }: { readonly root: string; readonly index: FileIndex; readonly now: () => number }): FingerprintReader {
  const hashFile = createFileHasher();
  return (path, stats) => {
    const known = index.find(path, stats);
    if (known !== undefined) return { path, digest: known, executable: isExecutable(stats) };
    const at = now();
    const hashed = hashFile(`${root}/${path}`);
    if (hashed.kind === 'read' && isSameStamp(hashed.stats, stats)) index.learn(path, stats, { digest: hashed.digest, at });
    else index.drop(path);
    if (hashed.kind === 'gone') return undefined;
    return hashed.kind === 'unreadable' ? { path, digest: unreadable, executable: isExecutable(stats) } : { path, digest: hashed.digest, executable: isExecutable(hashed.stats) };
  };
}

/** Any of its three bits: who owns it and for whom it is set is the machine's. */
function isExecutable({ mode }: Stats): boolean {
  return (mode & 0o111) !== 0;
}
