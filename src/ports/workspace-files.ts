import type { InputFile } from '../core/cache/key-sheet.js';

/** What the files of the workspace contain, known without reading those that did not change. */
export interface WorkspaceFiles {
  /**
   * The files that a list of declared inputs names: paths, folders with all in them, globs, `!` taking away in order. Files that
   * git ignores count only when a literal path names them; never `.git` and `.tollgate`. Answers them in code-unit order, and
   * the literals that name nothing.
   */
  readonly select: (patterns: readonly string[]) => SelectedFiles;
  /** Every file that git does not ignore, without those below the paths that are given. */
  readonly all: (without: readonly string[]) => readonly InputFile[];
  /** What files contain right now, read anew where it cannot be told from the index; nothing where there is none. */
  readonly look: (paths: readonly string[]) => readonly (InputFile | undefined)[];
  /** When somebody last touched what lies at a path, in milliseconds since 1970; of what is gone, when its folder changed. */
  readonly touchedAt: (path: string) => number;
  /** Something has run since: what was seen in this process has to be looked at again. */
  readonly forget: () => void;
  /** Writes down what was learnt; a fault of it only makes the next run slower. */
  readonly keep: () => void;
}

export interface SelectedFiles {
  readonly files: readonly InputFile[];
  /** Literals that name no file: they count as text. */
  readonly missing: readonly string[];
}
