import { closeSync, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { carefully, describeRefusal, type ReadBytes } from './read-bytes.js';

export type OrdinaryFile =
  | { readonly kind: 'read'; readonly bytes: Buffer; /** As it was before the first byte was read. */ readonly stats: Stats; /** Somebody wrote it meanwhile. */ readonly hasChanged: boolean }
  /** What is no ordinary file is odd. */
  | Exclude<ReadBytes, { readonly kind: 'read' }>;

/** The whole of a file into memory, if it is an ordinary one of at most so many bytes. */
export function readOrdinaryFile(path: string, most: number): OrdinaryFile {
  let file: number;
  try {
    file = openSync(path, carefully);
  } catch (error) {
    return describeRefusal(error);
  }
  try {
    const stats = fstatSync(file);
    if (!stats.isFile() || stats.size > most) return { kind: 'odd' };
    const room = Buffer.allocUnsafe(stats.size);
    let length = 0;
    for (let read = -1; read !== 0 && length < room.length; length += read) read = readSync(file, room, length, room.length - length, null);
    const after = fstatSync(file);
    const hasChanged = length !== stats.size || after.size !== stats.size || after.mtimeMs !== stats.mtimeMs || after.ctimeMs !== stats.ctimeMs;
    return { kind: 'read', bytes: room.subarray(0, length), stats, hasChanged };
  } catch (error) {
    return { kind: 'unreadable', error };
  } finally {
    closeSync(file);
  }
}
