import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { Output } from './world.js';

/**
 * Standard output or error, written to directly: Node's stream for it takes longer to make than most calls take
 * in all. It is made only for a terminal's width, and where a pipe is full and must be waited for.
 */
export function openOutput(descriptor: 1 | 2, stream: () => NodeJS.WriteStream): Output {
  const terminal = isatty(descriptor);
  let waiting: NodeJS.WriteStream | undefined;
  return {
    isTerminal: terminal,
    get columns() {
      return terminal ? stream().columns : undefined;
    },
    get rows() {
      return terminal ? stream().rows : undefined;
    },
    write: (text) => {
      const bytes = typeof text === 'string' ? Buffer.from(text) : text;
      const rest = waiting === undefined ? writeDirectly(descriptor, bytes) : bytes;
      if (rest.length === 0) return;
      waiting ??= stream().on('error', ignoreClosedPipe);
      waiting.write(rest);
    },
  };
}

/** Answers what could not be written yet. */
function writeDirectly(descriptor: number, bytes: Uint8Array): Uint8Array {
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EAGAIN') return bytes.subarray(written);
    if (code !== 'EPIPE') throw error;
  }
  return Buffer.alloc(0);
}

/** `tollgate list | head -1`: whoever reads has seen enough. */
export function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
