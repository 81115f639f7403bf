/** A version as tools print it: up to four numbers, and what comes before a release. */
export interface Version {
  readonly numbers: readonly number[];
  /** `rc1`, `beta.1`: words and numbers in turn; empty for a release. */
  readonly preRelease: readonly (string | number)[];
}

const form = /^(?:\d+:)?[vV=]?(\d{1,15}(?:\.\d{1,15}){0,3})(?!\d)(.*)$/su;
/** A single letter needs a number: `3.12.0b1` comes before 3.12.0, and OpenSSL's `1.1.1b` after 1.1.1. */
const preRelease = /^[-._~]?((?:(?:alpha|beta|rc|dev|pre|preview|snapshot|nightly|canary|milestone|next|insiders|ea)(?![A-Za-z])|(?:[abcm]|cr)(?=[-.]?\d))[0-9A-Za-z.-]*)/iu;

/** What a version begins with; the rest of `15.18-0+deb12u1` or `1.29.3-gke.100` is the packager's and counts for nothing. */
export function parseVersion(text: string): Version | undefined {
  const found = form.exec(text.trim());
  if (found === null) return undefined;
  const [, numbers = '', rest = ''] = found;
  const [, suffix = ''] = preRelease.exec(rest) ?? [];
  return { numbers: numbers.split('.').map(Number), preRelease: splitPreRelease(suffix) };
}

function splitPreRelease(suffix: string): readonly (string | number)[] {
  return (suffix.match(/\d+|[A-Za-z]+/gu) ?? []).map((part) => (/^\d/u.test(part) ? Number(part) : part.toLowerCase()));
}

/** Where a version stands to a written one, which stands for all versions that begin with it: 20 for 20.1 and 20.11.3. */
export type Position =
  | 'before'
  /** A pre-release of the written one itself: neither below it nor one of it. */
  | 'eve'
  | 'within'
  | 'after';

export function positionOf(version: Version, written: Version): Position {
  for (const [index, number] of written.numbers.entries()) {
    const difference = (version.numbers[index] ?? 0) - number;
    if (difference !== 0) return difference < 0 ? 'before' : 'after';
  }
  const further = version.numbers.slice(written.numbers.length).some((number) => number > 0);
  if (written.preRelease.length > 0) return further ? 'after' : comparePreReleases(version.preRelease, written.preRelease);
  return version.preRelease.length > 0 && !further ? 'eve' : 'within';
}

function comparePreReleases(ours: Version['preRelease'], written: Version['preRelease']): Position {
  if (ours.length === 0) return 'after';
  for (let index = 0; index < Math.max(ours.length, written.length); index++) {
    const difference = rank(ours[index]) - rank(written[index]) || compareParts(ours[index] ?? '', written[index] ?? '');
    if (difference !== 0) return difference < 0 ? 'before' : 'after';
  }
  return 'within';
}

/** Nothing before a number before a word, and what is furthest from a release first. */
function rank(part: string | number | undefined): number {
  if (part === undefined) return 0;
  if (typeof part === 'number') return 1;
  const stage = stages.findIndex((words) => words.includes(part));
  return stage === -1 ? 2 : 3 + stage;
}

const stages = [['dev', 'nightly', 'canary', 'snapshot'], ['a', 'alpha', 'ea'], ['b', 'beta'], ['m', 'milestone'], ['pre', 'preview', 'next'], ['c', 'rc', 'cr']];

function compareParts(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  // Words of one stage, such as `a` and `alpha`, are one; words that nobody knows go by their letters.
  if (stages.some((words) => words.includes(String(a)))) return 0;
  return a === b ? 0 : a < b ? -1 : 1;
}
