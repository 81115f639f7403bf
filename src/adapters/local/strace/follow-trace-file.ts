import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import type { FollowedProcesses } from '../../../core/trace/follow-processes.js';

const pieceBytes = 256 * 1024;
/** No line of a trace is longer: a name has 4096 bytes at most. */
const longestLine = 1024 * 1024;
const pollMs = 5;

/**
 * Reads a trace line by line, up to the end of its first process and what was written until then; false where that does not
 * come. The watcher writes a moment later than the end is seen here.
 */
export async function followTraceFile(file: string, processes: FollowedProcesses, patienceMs = 2000): Promise<boolean> {
  let handle: FileHandle;
  try {
    handle = await open(file);
  } catch {
    // Nothing was started.
    return true;
  }
  try {
    const piece = Buffer.allocUnsafe(pieceBytes);
    let rest = '';
    let grownAt = performance.now();
    for (;;) {
      const { bytesRead } = await handle.read(piece, 0, pieceBytes, null);
      if (bytesRead > 0) {
        const lines = (rest + piece.toString('latin1', 0, bytesRead)).split('\n');
        rest = lines.pop() ?? '';
        if (rest.length > longestLine) rest = '';
        for (const line of lines) processes.take(line);
        grownAt = performance.now();
      } else if (processes.isOver()) return true;
      else if (performance.now() - grownAt > patienceMs) return false;
      else await pause();
    }
  } finally {
    processes.end();
    await handle.close();
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, pollMs);
  });
}
