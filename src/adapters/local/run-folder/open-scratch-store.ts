import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunStore } from '../../../ports/run-store.js';
import { removeQuietly } from '../store/remove-quietly.js';

export interface ScratchStore extends RunStore {
  readonly close: () => void;
}

/** For what is done beside runs: nothing of it is written down, and nobody goes on with it. */
export function openScratchStore(): ScratchStore {
  let folder: string | undefined;
  const place = (name: string): string => join((folder ??= mkdtempSync(join(tmpdir(), 'tollgate-'))), name);
  return {
    append: () => ({ kind: 'written' }),
    openLog: () => ({ path: null, write: () => undefined, close: () => undefined }),
    filesFor: (name) => ({ output: place(`${name}.outputs`), summary: place(`${name}.md`) }),
    read: (path) => {
      if (!existsSync(path)) return undefined;
      const text = readFileSync(path, 'utf8');
      rmSync(path, { force: true });
      return text;
    },
    keepNote: () => undefined,
    close: () => {
      if (folder !== undefined) removeQuietly(folder);
    },
  };
}
