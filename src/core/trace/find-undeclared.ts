import type { FileRead, FileUses } from './file-uses.js';

/** What a step says that it depends on. Paths go from the workspace's root on. */
export interface DeclaredFiles {
  /** The files among its inputs. */
  readonly files: ReadonlySet<string>;
  /** Where they really lie; asked for only where something else was read. */
  readonly realFiles: () => ReadonlySet<string>;
  /** As they are written; `workspace` for every file that git does not ignore. */
  readonly patterns: readonly string[] | 'workspace';
  /** Its own outputs and those of the steps that it needs, each with all below it. */
  readonly outputs: readonly string[];
}

/** What a step used and did not say. */
export interface UndeclaredUses {
  readonly read: readonly FileRead[];
  readonly listed: readonly string[];
  readonly absent: readonly string[];
}

export function findUndeclared({ read, listed, absent }: FileUses, declared: DeclaredFiles): UndeclaredUses {
  const outputs = new Set(declared.outputs);
  const isOutput = (path: string): boolean => ancestorsOf(path).some((each) => outputs.has(each));
  const isSettled = (path: string): boolean => path.startsWith('/') || isReserved(path) || isOutput(path);
  let real: ReadonlySet<string> | undefined;
  const isDeclared = (path: string): boolean => declared.files.has(path) || (real ??= declared.realFiles()).has(path);
  const isFine = ({ path, via }: FileRead): boolean => (via === undefined || isSettled(via) ? isSettled(path) || isDeclared(path) : declared.files.has(via));
  return {
    read: read.filter((each) => !isFine(each)),
    listed: listed.filter((folder) => !isSettled(folder) && !coversNames(declared.patterns, folder)),
    absent: absent.filter((path) => !isSettled(path) && !coversNames(declared.patterns, parentOf(path)) && (declared.patterns === 'workspace' || !declared.patterns.includes(path))),
  };
}

/** Whether a new name in a folder could become one of the inputs. */
export function coversNames(patterns: DeclaredFiles['patterns'], folder: string): boolean {
  if (patterns === 'workspace') return true;
  const names = namesOf(folder);
  return patterns.some((pattern) => {
    if (pattern.startsWith('!')) return false;
    const parts = namesOf(pattern).filter((part) => part !== '.');
    const wild = parts.findIndex((part) => /[*?[{\\]/u.test(part));
    const base = wild < 0 ? parts : parts.slice(0, wild);
    if (base.some((name, index) => names[index] !== name)) return false;
    return wild < 0 || parts.includes('**') || names.length < parts.length;
  });
}

function ancestorsOf(path: string): readonly string[] {
  const names = namesOf(path);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

function namesOf(path: string): readonly string[] {
  return path.split('/').filter((name) => name !== '');
}

/** What belongs to git or to Tollgate is never an input. */
function isReserved(path: string): boolean {
  return namesOf(path).some((name) => /^\.(?:git|tollgate)$/iu.test(name));
}
