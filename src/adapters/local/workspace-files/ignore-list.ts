import type { Wildcards } from './wildcards.js';
import { compileWildcards, matchWildcards } from './wildcards.js';

/** The lines of one .gitignore, the last of them first. */
export type IgnoreList = readonly IgnorePattern[];

/** One shape for all of them, because every name of a workspace is held against every one. */
interface IgnorePattern {
  readonly negated: boolean;
  readonly foldersOnly: boolean;
  /** It is held against the path from the folder of the .gitignore on, else against the last name. */
  readonly isPath: boolean;
  /** What it begins with, before any wildcard. */
  readonly plain: string;
  readonly rest: 'nothing' | 'ending' | 'wildcards' | 'never';
  readonly ending: string;
  readonly wildcards: Wildcards | undefined;
}

/** Git compares bytes, `?` is one of them: names and patterns are held as one character per byte. */
export function asBytes(text: string): string {
  return /^[\0-\x7f]*$/u.test(text) ? text : Buffer.from(text).toString('latin1');
}

export function readIgnoreList(bytes: string): IgnoreList {
  const lines = (bytes.startsWith('\xef\xbb\xbf') ? bytes.slice(3) : bytes).split('\n');
  return lines.flatMap((line) => (line === '' || line.startsWith('#') ? [] : [readLine(line)])).reverse();
}

/**
 * The last line that fits decides; nothing where none does. A path is given as its last name and what stands before it,
 * seen from the folder of the .gitignore.
 */
export function decideIgnored(list: IgnoreList, before: string, name: string, isFolder: boolean): boolean | undefined {
  for (const pattern of list) {
    if (pattern.foldersOnly && !isFolder) continue;
    if (matches(pattern, pattern.isPath ? before + name : name)) return !pattern.negated;
  }
  return undefined;
}

function matches({ plain, rest, ending, wildcards }: IgnorePattern, subject: string): boolean {
  switch (rest) {
    case 'nothing': return subject === plain;
    case 'ending': return subject.endsWith(ending);
    case 'wildcards': return wildcards !== undefined && subject.startsWith(plain) && matchWildcards(wildcards, subject.slice(plain.length));
    default: return false;
  }
}

function readLine(line: string): IgnorePattern {
  const [beforeNul = ''] = line.replace(/\r$/u, '').split('\0');
  const written = trimSpaces(beforeNul);
  const negated = written.startsWith('!');
  const named = negated ? written.slice(1) : written;
  const foldersOnly = named.endsWith('/');
  const pattern = foldersOnly ? named.slice(0, -1) : named;
  const isPath = pattern.includes('/');
  return { negated, foldersOnly, isPath, ...compile(isPath ? pattern.replace(/^\//u, '') : pattern, isPath) };
}

/** Spaces at the end go, unless a backslash keeps one. */
function trimSpaces(line: string): string {
  const kept = /^(?:\\[^]|[^\\ ]| +(?=[^ ]))*/u.exec(line)?.[0] ?? '';
  return line.slice(kept.length).startsWith('\\') ? line : kept;
}

/** As git does it, the plain beginning is compared by itself, and `a**` and what follows is read as if it began there. */
function compile(pattern: string, isPath: boolean): Pick<IgnorePattern, 'plain' | 'rest' | 'ending' | 'wildcards'> {
  const plain = isPath ? beginning(pattern) : '';
  const ending = pattern.slice(1);
  const bare = { plain, ending, wildcards: undefined };
  if (beginning(pattern) === pattern) return { ...bare, plain: pattern, rest: 'nothing' };
  if (!isPath && pattern.startsWith('*') && beginning(ending) === ending) return { ...bare, rest: 'ending' };
  const wildcards = compileWildcards(pattern.slice(plain.length), isPath);
  return { ...bare, wildcards, rest: wildcards === undefined ? 'never' : 'wildcards' };
}

function beginning(pattern: string): string {
  return /^[^*?[\\]*/u.exec(pattern)?.[0] ?? '';
}
