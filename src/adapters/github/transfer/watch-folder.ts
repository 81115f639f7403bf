import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const lookMs = 500;

/** Tells how many bytes lie below a folder whenever that has changed: some clients do not say how far they are. Answers what ends it. */
export function watchFolder(folder: string, tell: (bytes: number) => void): () => void {
  let last = 0;
  const timer = setInterval(() => {
    const bytes = measure(folder);
    if (bytes > last) tell(bytes);
    last = bytes;
  }, lookMs);
  return () => clearInterval(timer);
}

function measure(folder: string): number {
  try {
    const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
    return entries.reduce((sum, entry) => sum + (statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0), 0);
  } catch {
    // Something has just gone away; there is another look.
    return 0;
  }
}
