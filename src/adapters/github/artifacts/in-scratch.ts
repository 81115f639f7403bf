import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A folder of its own below another one, which is gone when the work is done, however it ended. */
export async function inScratch<T>(scratch: string, work: (folder: string) => Promise<T>): Promise<T> {
  mkdirSync(scratch, { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(join(scratch, 'artifact-'));
  try {
    return await work(folder);
  } finally {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // The runner clears it away, and what was to be done is done.
    }
  }
}
