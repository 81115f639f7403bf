import { compileWildcards, matchWildcards } from './wildcards.js';

/** The lines of one .gitignore, the last of them first. */
export type IgnoreList = readonly IgnorePattern[];

interface IgnorePattern {
  readonly negated: boolean;
  readonly foldersOnly: boolean;
  /** What it is held against: the last name, or the path from the folder of the .gitignore on. */
  readonly subject: 'name' | 'path';
  readonly matches: (subject: string) => boolean;
}

export interface IgnoreSubject {
  readonly name: string;
  readonly path: string;
  readonly isFolder: boolean;
}

/** Git compares bytes, `?` is one of them: names and patterns are held as one character per byte. */
export function asBytes(text: string): string {
  return /^[\0-\x7f]*$/u.test(text) ? text : Buffer.from(text).toString('latin1');
}

export function readIgnoreList(bytes: string): IgnoreList {
  const lines = (bytes.startsWith('\xef\xbb\xbf') ? bytes.slice(3) : bytes).split('\n');
  return lines.flatMap((line) => (line === '' || line.startsWith('#') ? [] : [readLine(line)])).reverse();
}

/** The last line that fits decides; nothing where none does. */
export function decideIgnored(list: IgnoreList, subject: IgnoreSubject): boolean | undefined {
  const decisive = list.find((pattern) => (subject.isFolder || !pattern.foldersOnly) && pattern.matches(subject[pattern.subject]));
  return decisive === undefined ? undefined : !decisive.negated;
}

function readLine(line: string): IgnorePattern {
  const [beforeNul = ''] = line.replace(/\r$/u, '').split('\0');
  const written = trimSpaces(beforeNul);
  const negated = written.startsWith('!');
  const named = negated ? written.slice(1) : written;
  const foldersOnly = named.endsWith('/');
  const pattern = foldersOnly ? named.slice(0, -1) : named;
  const subject = pattern.includes('/') ? 'path' : 'name';
  return { negated, foldersOnly, subject, matches: subject === 'name' ? matcherOfName(pattern) : matcherOfPath(pattern.replace(/^\//u, '')) };
}

/** Spaces at the end go, unless a backslash keeps one. */
function trimSpaces(line: string): string {
  const kept = /^(?:\\[^]|[^\\ ]| +(?=[^ ]))*/u.exec(line)?.[0] ?? '';
  return line.slice(kept.length).startsWith('\\') ? line : kept;
}

function matcherOfName(pattern: string): (name: string) => boolean {
  if (!/[*?[\\]/u.test(pattern)) return (name) => name === pattern;
  const end = pattern.slice(1);
  if (pattern.startsWith('*') && !/[*?[\\]/u.test(end)) return (name) => name.endsWith(end);
  const wildcards = compileWildcards(pattern, false);
  return (name) => matchWildcards(wildcards, name);
}

/** As git does it, the plain beginning is compared by itself, and `a**` and what follows is read as if it began there. */
function matcherOfPath(pattern: string): (path: string) => boolean {
  const plain = /^[^*?[\\]*/u.exec(pattern)?.[0] ?? '';
  if (plain === pattern) return (path) => path === pattern;
  const wildcards = compileWildcards(pattern.slice(plain.length), true);
  const end = /[^*?[\\\]/]*$/u.exec(pattern)?.[0] ?? '';
  return (path) => path.startsWith(plain) && path.endsWith(end) && matchWildcards(wildcards, path.slice(plain.length));
}
