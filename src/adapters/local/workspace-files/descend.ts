import type { PathPattern, Progress } from '../path-pattern.js';
import { advance, coversAll, isMatch, start } from '../path-pattern.js';

/** What later entries of a list take away: many are plain paths, and these are looked up instead of being tried one by one. */
export interface TakenAway {
  /** With everything below them. */
  readonly paths: ReadonlySet<string>;
  readonly patterns: readonly PathPattern[];
}

/** How far a pattern and what takes away from it have come on the way down to a file or folder. */
export interface Reached {
  readonly own: Progress;
  readonly away: readonly Progress[];
  /** The pattern names just this. */
  readonly isNamed: boolean;
  /** Something below may be named. */
  readonly mayHold: boolean;
  /** Everything below is named, unless a plain path takes it away. */
  readonly isAllNamed: boolean;
}

export interface Descent {
  readonly pattern: PathPattern;
  readonly takenAway: TakenAway;
}

export function beginAt(descent: Descent, path: string): Reached {
  const { pattern, takenAway } = descent;
  const begun = assess(descent, '', { own: start(pattern), away: takenAway.patterns.map(start) });
  const names = path === '' ? [] : path.split('/');
  return names.reduce((reached, name, at) => descend(descent, reached, { name, path: names.slice(0, at + 1).join('/') }), begun);
}

export function descend(descent: Descent, reached: Reached, { name, path }: { readonly name: string; readonly path: string }): Reached {
  const { pattern, takenAway } = descent;
  if (reached.isAllNamed && !takenAway.paths.has(path)) return reached;
  return assess(descent, path, { own: advance(pattern, reached.own, name), away: takenAway.patterns.map((each, at) => advance(each, reached.away[at] ?? [], name)) });
}

const nowhere: Reached = { own: [], away: [], isNamed: false, mayHold: false, isAllNamed: false };

function assess({ pattern, takenAway }: Descent, path: string, { own, away }: Pick<Reached, 'own' | 'away'>): Reached {
  if (own.length === 0 || takenAway.paths.has(path)) return nowhere;
  const isNamed = isMatch(pattern, own) && !takenAway.patterns.some((each, at) => isMatch(each, away[at] ?? []));
  const mayHold = (pattern.standsForFolder || own.some((at) => at < pattern.parts.length)) && !takenAway.patterns.some((each, at) => coversAll(each, away[at] ?? []));
  return { own, away, isNamed, mayHold, isAllNamed: mayHold && isNamed && coversAll(pattern, own) && away.every((each) => each.length === 0) };
}
