import { readTakenUpPath } from '../../../core/artifact/taken-up-path.js';
import type { InputFile } from '../../../core/cache/key-sheet.js';
import type { SelectedFiles } from '../../../ports/workspace-files.js';
import type { PathPattern } from '../path-pattern.js';
import type { TakenAway } from './descend.js';
import { beginAt } from './descend.js';
import { baseOf, patternOf, readInputPattern } from './input-pattern.js';
import { takeFingerprint } from './take-fingerprint.js';
import type { Place } from './walk-folder.js';
import { walkFrom } from './walk-folder.js';
import type { WorkspaceView } from './workspace-view.js';

interface Selection {
  readonly view: WorkspaceView;
  readonly takenAway: TakenAway;
  /** The same file may be in it twice. */
  readonly found: InputFile[];
}

/** What a list names: from its end on, so that each entry meets what is taken away after it. */
export function selectFiles(view: WorkspaceView, patterns: readonly string[]): SelectedFiles {
  const found: InputFile[] = [];
  const missing = new Set<string>();
  const pathsAway = new Set<string>();
  let selection: Selection = { view, takenAway: { paths: pathsAway, patterns: [] }, found };
  for (const written of patterns.toReversed()) {
    const { takesAway, literals, globs, itself, isLiteral } = readInputPattern(written);
    const paths = itself !== undefined && isThere(view, itself) ? [...literals, itself] : literals;
    if (takesAway) {
      for (const path of paths) pathsAway.add(path);
      if (globs.length > 0) selection = { ...selection, takenAway: { paths: pathsAway, patterns: [...selection.takenAway.patterns, ...globs] } };
    } else {
      for (const glob of globs) takeGlob(selection, glob);
      let isAnyThere = false;
      for (const path of paths) if (takeLiteral(selection, path)) isAnyThere = true;
      if (isLiteral && !isAnyThere) missing.add(written);
    }
  }
  const files = found.sort((a, b) => (a.path < b.path ? -1 : 1)).filter(({ path }, at) => path !== found[at - 1]?.path);
  return { files, missing: [...missing].sort() };
}

function isThere(view: WorkspaceView, path: string): boolean {
  const real = view.realPathOf(path);
  return real !== undefined && view.see(real) !== undefined;
}

function takeGlob(selection: Selection, pattern: PathPattern): void {
  const { view } = selection;
  const path = baseOf(pattern);
  const real = view.folderAt(path);
  // What was taken up lies in a folder of ours, which git ignores as a whole.
  const withIgnored = readTakenUpPath(path) !== undefined;
  if (real === undefined || (!withIgnored && view.isIgnored(path))) return;
  walkFrom({ ...selection, pattern, withIgnored, take: (place) => takePlace(selection, place) }, { path, real });
}

/** Whether it names anything, taken away or not. What is named as it is, is looked at without reading a folder. */
function takeLiteral(selection: Selection, path: string): boolean {
  const { view, takenAway } = selection;
  const real = view.realPathOf(path);
  const seen = real === undefined ? undefined : view.see(real);
  if (real === undefined || seen === undefined || seen.kind === 'other') return false;
  if (seen.kind === 'folder') return takeFolder(selection, { path, real });
  const isFree = takenAway.paths.size === 0 && takenAway.patterns.length === 0;
  if (isFree || beginAt({ pattern: patternOf(path), takenAway }, path).isNamed) takePlace(selection, { path, real, isHidden: false });
  const target = seen.kind === 'link' ? view.folderAt(path) : undefined;
  if (target !== undefined) takeFolder(selection, { path, real: target });
  return true;
}

/** Of a folder that is ignored and named as it is, everything counts. */
function takeFolder(selection: Selection, folder: { readonly path: string; readonly real: string }): boolean {
  const { view, found, takenAway } = selection;
  const walk = { view, pattern: patternOf(folder.path), withIgnored: view.isIgnored(folder.path) };
  const before = found.length;
  walkFrom({ ...walk, takenAway, take: (place) => takePlace(selection, place) }, folder);
  if (found.length > before) return true;
  let isAnyThere = false;
  walkFrom({ ...walk, takenAway: { paths: new Set(), patterns: [] }, take: () => { isAnyThere = true; } }, folder);
  return isAnyThere;
}

function takePlace({ view, found }: Selection, { path, real, isHidden }: Place): void {
  const file = takeFingerprint(view, path, isHidden ? { kind: 'hidden' } : view.see(real));
  if (file !== undefined) found.push(file);
}
