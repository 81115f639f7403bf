import { expandBraces } from './expand-braces.js';
import type { NamePattern } from './name-pattern.js';
import { compileName, matchesName } from './name-pattern.js';

/** A pattern of paths, part by part; matching walks down folders with it, so that no folder is read in vain. */
export interface PathPattern {
  readonly takesAway: boolean;
  readonly parts: readonly Part[];
  /** A last part without wildcards that names a folder stands for all in it. */
  readonly standsForFolder: boolean;
}

type Part = NamePattern | 'any-folders';

/** How far each pattern has come on the way down: indices of the part that is wanted next. */
export type Progress = readonly number[];

/** None for what can never lie in the workspace (`../x`); several for braces. */
export function compilePattern(written: string): readonly PathPattern[] {
  const takesAway = written.startsWith('!');
  return expandBraces(takesAway ? written.slice(1) : written).flatMap((pattern) => {
    const names = pattern.split('/').filter((name) => name !== '' && name !== '.');
    if (names.includes('..') || (names.length === 0 && pattern === '')) return [];
    const parts = names.map((name): Part => (name === '**' ? 'any-folders' : compileName(name)));
    const last = parts.at(-1);
    return [{ takesAway, parts, standsForFolder: pattern.endsWith('/') || last === undefined || (last !== 'any-folders' && last.kind === 'literal') }];
  });
}

export function start(pattern: PathPattern): Progress {
  return close(pattern, [0]);
}

/** The progress one name further down; empty when nothing below can match. */
export function advance(pattern: PathPattern, progress: Progress, name: string): Progress {
  const next: number[] = [];
  for (const index of progress) {
    const part = pattern.parts[index];
    if (part === undefined) {
      if (pattern.standsForFolder) next.push(index);
    } else if (part === 'any-folders') {
      next.push(index);
      if (index === pattern.parts.length - 1) next.push(index + 1);
    } else if (matchesName(part, name)) next.push(index + 1);
  }
  return close(pattern, next);
}

export function isMatch(pattern: PathPattern, progress: Progress): boolean {
  return progress.includes(pattern.parts.length);
}

/** Whether everything below matches, whatever its name. */
export function coversAll(pattern: PathPattern, progress: Progress): boolean {
  const end = pattern.parts.length;
  return (pattern.standsForFolder && progress.includes(end)) || (pattern.parts.at(-1) === 'any-folders' && progress.includes(end - 1));
}

/** `**` in the middle may stand for no folder at all; at the end it wants a name. */
function close(pattern: PathPattern, progress: readonly number[]): Progress {
  const all = new Set(progress);
  for (const index of all) {
    if (pattern.parts[index] === 'any-folders' && index < pattern.parts.length - 1) all.add(index + 1);
  }
  return [...all];
}
