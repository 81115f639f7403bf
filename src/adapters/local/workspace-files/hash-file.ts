import { createHash, hash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';

/** What a file contains, and what was to be seen of it after the last byte. */
export type HashedFile = { readonly kind: 'read'; readonly digest: string; readonly stats: Stats } | { readonly kind: 'gone' } | { readonly kind: 'unreadable' };

const pieceSize = 1024 * 1024;

/** Reads in pieces, because a file may be larger than the memory, all of them into one buffer. */
export function createFileHasher(): (path: string) => HashedFile {
  let piece: Buffer | undefined;
  return (path) => {
    try {
      // What was a file a moment ago may be a pipe by now, which would keep us waiting, or a link to elsewhere.
      const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
      try {
        const digest = hashOpen(file, (piece ??= Buffer.allocUnsafeSlow(pieceSize)));
        const stats = fstatSync(file);
        return stats.isFile() ? { kind: 'read', digest, stats } : { kind: 'gone' };
      } finally {
        closeSync(file);
      }
    } catch (error) {
      return { kind: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'gone' : 'unreadable' };
    }
  };
}

function hashOpen(file: number, piece: Buffer): string {
  let length = readSync(file, piece, 0, piece.length, null);
  // Most files are small, and for these one call is much faster than three.
  if (length < piece.length) {
    const more = length === 0 ? 0 : readSync(file, piece, length, piece.length - length, null);
    if (more === 0) return hash('sha256', piece.subarray(0, length));
    length += more;
  }
  const sum = createHash('sha256');
  for (; length > 0; length = readSync(file, piece, 0, piece.length, null)) sum.update(piece.subarray(0, length));
  return sum.digest('hex');
}
