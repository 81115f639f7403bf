import type { PathPattern } from '../path-pattern.js';
import { compilePattern } from '../path-pattern.js';

/** An entry of a list of inputs: the paths that it names as they are, and what it names by wildcards. */
export interface InputPattern {
  readonly takesAway: boolean;
  readonly literals: readonly string[];
  readonly globs: readonly PathPattern[];
  /** `app/[id].ts`: a name with wildcards means itself too, where it is there. */
  readonly itself: string | undefined;
  readonly isLiteral: boolean;
}

export function readInputPattern(written: string): InputPattern {
  const takesAway = written.startsWith('!');
  const named = takesAway ? written.slice(1) : written;
  const path = named === '' ? undefined : normalizePath(named);
  if (!/[*?[{\\]/u.test(named)) return { takesAway, literals: path === undefined ? [] : [path], globs: [], itself: undefined, isLiteral: true };
  const compiled = compilePattern(named.startsWith('!') ? `./${named}` : named);
  const literals = compiled.flatMap((pattern) => literalOf(pattern) ?? []);
  const globs = compiled.filter((pattern) => literalOf(pattern) === undefined);
  return { takesAway, literals, globs, itself: path, isLiteral: literals.length > 0 && globs.length === 0 };
}

/** A pattern that stands for one path, and for all in it where that is a folder. */
export function patternOf(path: string): PathPattern {
  return { takesAway: false, parts: path === '' ? [] : path.split('/').map((name) => ({ kind: 'literal', name })), standsForFolder: true };
}

/** The folder that a pattern looks in: its names before the first wildcard. */
export function baseOf({ parts }: PathPattern): string {
  const wild = parts.findIndex((part) => nameOf(part) === undefined);
  return parts.slice(0, wild).map(nameOf).join('/');
}

function literalOf({ parts }: PathPattern): string | undefined {
  const names = parts.map(nameOf);
  return names.includes(undefined) ? undefined : names.join('/');
}

function nameOf(part: PathPattern['parts'][number]): string | undefined {
  return part === 'any-folders' || part.kind === 'wild' ? undefined : part.name;
}

/** From the workspace's root, without detours; none for what can never lie in the workspace. */
export function normalizePath(path: string): string | undefined {
  if (!/(?:^|\/)\.{0,2}(?:\/|$)/u.test(path)) return path;
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  return names.includes('..') ? undefined : names.join('/');
}
