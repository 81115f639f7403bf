import type { FileRead } from './file-uses.js';

/** Undeclared files by what there is to do about them, each under the name that it would be declared by. */
export interface SortedReads {
  /** They belong into the inputs. */
  readonly inputs: readonly FileRead[];
  /** The step changes them, too. */
  readonly changed: readonly string[];
  /** Outputs of steps that it does not need. */
  readonly foreign: readonly { readonly path: string; readonly step: string }[];
  /** Files that git ignores, by the outermost folder that holds nothing else. */
  readonly ignored: readonly { readonly path: string; readonly count: number }[];
}

export interface SortingParts {
  readonly written: ReadonlySet<string>;
  /** Which step has a path among its outputs, of those that are not needed. */
  readonly makerOf: (path: string) => string | undefined;
  /** Every file of the workspace that git does not ignore. */
  readonly known: () => ReadonlySet<string>;
  readonly isThere: (path: string) => boolean;
}

export function sortUndeclared(read: readonly FileRead[], { written, makerOf, known, isThere }: SortingParts): SortedReads {
  const inputs: FileRead[] = [];
  const changed: string[] = [];
  const foreign: SortedReads['foreign'][number][] = [];
  const ignored = new Map<string, number>();
  const files = read.length === 0 ? new Set<string>() : known();
  const folders = foldersOf(files);
  for (const each of read) {
    const name = nameOf(each);
    const step = makerOf(name);
    if (written.has(name) || written.has(each.path)) changed.push(name);
    else if (step !== undefined) foreign.push({ path: name, step });
    else if (files.has(name) || !isThere(name)) inputs.push(each);
    else {
      const group = ancestorsOf(name).find((folder) => !folders.has(folder)) ?? name;
      ignored.set(group, (ignored.get(group) ?? 0) + 1);
    }
  }
  return { inputs, changed, foreign, ignored: [...ignored].map(([path, count]) => ({ path, count })) };
}

/** The path by which a file was asked for is the one that stands for it: it covers the links on its way, too. */
export function nameOf({ path, via }: FileRead): string {
  return via ?? path;
}

function foldersOf(files: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...files].flatMap(ancestorsOf));
}

/** From the outermost folder in. */
function ancestorsOf(path: string): readonly string[] {
  const names = path.split('/');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'));
}
