import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { InputFile } from '../../../core/cache/key-sheet.js';
import type { SelectedFiles, WorkspaceFiles } from '../../../ports/workspace-files.js';
import { openFileIndex } from './file-index.js';
import { findTouch } from './find-touch.js';
import { normalizePath } from './input-pattern.js';
import { createFingerprintReader } from './read-fingerprint.js';
import { selectFiles } from './select-files.js';
import { takeFingerprint } from './take-fingerprint.js';
import { openWorkspaceView } from './workspace-view.js';

export interface WorkspaceFilesParts {
  readonly root: string;
  /** Its folder is made when there is something to keep. */
  readonly indexFile: string;
  /** Milliseconds since 1970, by the clock that the times of files are taken from. */
  readonly now: () => number;
}

/** What files of a workspace contain, known from an index that is kept from run to run. */
export interface LocalWorkspaceFiles extends WorkspaceFiles {
  /** By the .gitignore files of the workspace and .git/info/exclude, whether git tracks it or not. */
  readonly isIgnored: (path: string) => boolean;
}

export function openWorkspaceFiles({ root: folder, indexFile, now }: WorkspaceFilesParts): LocalWorkspaceFiles {
  const root = realRoot(folder);
  const index = openFileIndex({ file: indexFile, root });
  const view = openWorkspaceView(root, createFingerprintReader({ root, index, now }));
  const selections = new Map<string, SelectedFiles>();

  const select = (patterns: readonly string[]): SelectedFiles => {
    const list = patterns.join('\0');
    const selected = selections.get(list) ?? selectFiles(view, patterns);
    selections.set(list, selected);
    return selected;
  };
  const look = (written: string): InputFile | undefined => {
    const path = normalizePath(written);
    const real = path === undefined ? undefined : view.realPathOf(path);
    if (path === undefined || real === undefined) return undefined;
    view.forgetOne(real);
    const seen = view.see(real);
    if (seen?.kind === 'link' && seen.leadsTo !== undefined) view.forgetOne(seen.leadsTo);
    return takeFingerprint(view, path, seen);
  };
  return {
    select,
    all: (without) => select(['.', ...without.map((path) => `!${path}`)]).files,
    look: (paths) => {
      // What is seen now may differ from what was selected.
      selections.clear();
      return paths.map(look);
    },
    touchedAt: (path) => findTouch(root, normalizePath(path)),
    isIgnored: (path) => view.isIgnored(normalizePath(path) ?? ''),
    forget: () => {
      view.forget();
      selections.clear();
    },
    keep: index.keep,
  };
}

function realRoot(root: string): string {
  try {
    return realpathSync.native(root);
  } catch {
    return resolve(root);
  }
}
