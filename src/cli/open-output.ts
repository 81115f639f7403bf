import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { Output } from './world.js';

export interface OpenOutput extends Output {
  /** Why not all of it could be written, such as a full disk behind it; undefined where whoever reads has seen enough. */
  readonly problem: NodeJS.ErrnoException | undefined;
}

/**
 * Standard output or error, written to directly: Node's stream for it takes longer to make than most calls take
 * in all. It is made only for a terminal's width, and where a pipe is full and must be waited for.
 * What cannot be printed ends no run: whoever started it looks at `problem` in the end.
 */
export function openOutput(descriptor: 1 | 2, stream: () => NodeJS.WriteStream): OpenOutput {
  const terminal = isatty(descriptor);
  let waiting: NodeJS.WriteStream | undefined;
  let problem: NodeJS.ErrnoException | undefined;
  const note = (error: NodeJS.ErrnoException): void => {
    // `tollgate list | head -1`: whoever reads has seen enough.
    if (error.code !== 'EPIPE') problem ??= error;
  };
  return {
    isTerminal: terminal,
    get columns() {
      return terminal ? stream().columns : undefined;
    },
    get rows() {
      return terminal ? stream().rows : undefined;
    },
    get problem() {
      return problem;
    },
    write: (text) => {
      const bytes = typeof text === 'string' ? Buffer.from(text) : text;
      const rest = waiting === undefined ? writeDirectly(descriptor, bytes, note) : bytes;
      if (rest.length === 0) return;
      waiting ??= stream().on('error', note);
      waiting.write(rest);
    },
  };
}

/** Answers what could not be written yet. */
function writeDirectly(descriptor: number, bytes: Uint8Array, note: (error: NodeJS.ErrnoException) => void): Uint8Array {
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
  } catch (error) {
    const problem = error as NodeJS.ErrnoException;
    if (problem.code === 'EAGAIN') return bytes.subarray(written);
    note(problem);
  }
  return Buffer.alloc(0);
}
