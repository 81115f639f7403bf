import { closeSync, constants, openSync, readSync } from 'node:fs';
import { readErrorCode } from '../processes/error-code.js';

export type ReadBytes =
  | { readonly kind: 'read'; readonly bytes: Buffer }
  | { readonly kind: 'absent' }
  /** A folder, a link, or larger than it may be; a pipe is empty. */
  | { readonly kind: 'odd' }
  | { readonly kind: 'unreadable'; readonly error: unknown };

/** Neither followed where it is a link nor waited for where it is a pipe: whoever can write here decides what lies there. */
export const carefully = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

/** Most files fit: asking for their size first costs more than reading them. */
const room = Buffer.allocUnsafeSlow(64 * 1024);

/** The whole of a file; what it answers holds until the next call. */
export function readBytes(path: string, most: number): ReadBytes {
  let file: number | undefined;
  try {
    file = openSync(path, carefully);
    const length = readSync(file, room, 0, room.length, null);
    return length < room.length ? { kind: 'read', bytes: room.subarray(0, length) } : readOn(file, most);
  } catch (error) {
    return describeRefusal(error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function readOn(file: number, most: number): ReadBytes {
  const pieces = [Buffer.from(room)];
  for (let length = room.length; length <= most; ) {
    const read = readSync(file, room, 0, room.length, null);
    if (read === 0) return { kind: 'read', bytes: Buffer.concat(pieces) };
    pieces.push(Buffer.from(room.subarray(0, read)));
    length += read;
  }
  return { kind: 'odd' };
}

export function describeRefusal(error: unknown): Exclude<ReadBytes, { readonly kind: 'read' }> {
  switch (readErrorCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { kind: 'absent' };
    // A folder, a link, a socket, a device without a driver.
    case 'EISDIR':
    case 'ELOOP':
    case 'ENXIO':
    case 'ENODEV':
      return { kind: 'odd' };
    default:
      return { kind: 'unreadable', error };
  }
}
