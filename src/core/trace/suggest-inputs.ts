/** How inputs would select files; asked when the step has run. */
export interface InputSelection {
  readonly select: (pattern: string) => readonly string[];
  /** What must not be among the inputs: what the step itself writes. */
  readonly avoid: ReadonlySet<string>;
}

/** From so many files of a folder on, what they have in common is named in their place. */
const many = 4;
const mostEndings = 3;

export interface SuggestedInputs {
  readonly patterns: readonly string[];
  /** Files that nothing selects, such as those whose name is no text. */
  readonly unnamable: readonly string[];
}

/** The shortest list of inputs that has all the files in it: files, or folders and globs where many lie in one place. */
export function suggestInputs(files: readonly string[], selection: InputSelection): SuggestedInputs {
  const patterns = suggestIn('', [...files].sort(), selection);
  const named = new Set(patterns.flatMap((pattern) => selection.select(pattern)));
  return { patterns: patterns.filter((pattern) => selection.select(pattern).length > 0), unnamable: files.filter((file) => !named.has(file)) };
}

function suggestIn(folder: string, files: readonly string[], selection: InputSelection): readonly string[] {
  if (files.length < many) return files.map(asLiteral);
  const start = folder === '' ? 0 : folder.length + 1;
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const end = file.indexOf('/', start);
    const name = end < 0 ? '' : file.slice(0, end);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [file]);
    else group.push(file);
  }
  const direct = groups.get('') ?? [];
  groups.delete('');
  const parts = [...direct.map(asLiteral), ...[...groups].flatMap(([name, below]) => suggestIn(name, below, selection))];
  if (parts.length < many) return parts;
  const common = candidatesFor(folder, files, direct.length === files.length).find((pattern) => isHonest(pattern, files, selection));
  return common === undefined ? parts : [common];
}

function candidatesFor(folder: string, files: readonly string[], areDirect: boolean): readonly string[] {
  // A whole workspace says nothing.
  if (folder === '' && !areDirect) return [];
  const endings = [...new Set(files.map((file) => /[^/.]\.([A-Za-z0-9]+)$/u.exec(file)?.[1] ?? ''))].sort();
  const ending = endings.length === 1 ? endings.join('') : `{${endings.join(',')}}`;
  const glob = endings.includes('') || endings.length > mostEndings ? [] : [`${folder}${folder === '' ? '' : '/'}${areDirect ? '' : '**/'}*.${ending}`];
  return folder === '' ? glob : [...glob, asLiteral(folder)];
}

function isHonest(pattern: string, files: readonly string[], { select, avoid }: InputSelection): boolean {
  const selected = new Set(select(pattern));
  return files.every((file) => selected.has(file)) && ![...avoid].some((file) => selected.has(file));
}

/** An exclamation mark in front takes away. */
function asLiteral(path: string): string {
  return path.startsWith('!') ? `./${path}` : path;
}
