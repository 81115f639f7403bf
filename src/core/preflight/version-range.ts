import type { Position, Version } from './version.js';
import { parseVersion, positionOf } from './version.js';

/** One bound of a range: the version has to stand at one of these positions to the written one. */
interface Bound {
  readonly written: Version;
  readonly allows: readonly Position[];
}

/** Versions that will do: all bounds of at least one alternative. */
export interface VersionRange {
  readonly kind: 'range';
  readonly text: string;
  readonly alternatives: readonly (readonly Bound[])[];
}

/** A text that is no range, and why. */
export interface WrongRange {
  readonly kind: 'wrong';
  readonly problem: string;
}

const allowedBy = {
  '>=': ['within', 'after'],
  '>': ['after'],
  // A pre-release of 23 is no longer what `<23` means.
  '<': ['before'],
  '<=': ['before', 'eve', 'within'],
  '=': ['within'],
  '!=': ['before', 'eve', 'after'],
} as const satisfies Readonly<Record<string, readonly Position[]>>;

/** `>=3.11`, `>=20 <23`, `^1.2`, `~1.2.3`, `1.x`, `18 || 20`, `1.2.3 - 2` and what pip and Terraform write: `>=3.11,<4`, `~>1.2`. */
export function parseRange(text: string): VersionRange | WrongRange {
  if (text.trim() === '') return wrong('it is empty');
  const alternatives: (readonly Bound[])[] = [];
  for (const alternative of text.split('||')) {
    const bounds = parseAlternative(alternative);
    if (typeof bounds === 'string') return wrong(bounds);
    alternatives.push(bounds);
  }
  return { kind: 'range', text: text.trim(), alternatives };
}

/** What is no version satisfies nothing. */
export function satisfies(version: string, { alternatives }: VersionRange): boolean {
  const parsed = parseVersion(version);
  return parsed !== undefined && alternatives.some((bounds) => bounds.every(({ written, allows }) => allows.includes(positionOf(parsed, written))));
}

function wrong(problem: string): WrongRange {
  return { kind: 'wrong', problem };
}

/** The bounds of `>=20 <23`, or what is wrong with them. */
function parseAlternative(text: string): readonly Bound[] | string {
  const rest = text.trim();
  if (rest === '') return "a version is missing beside '||'";
  const [, from, to] = /^(\S+)\s+-\s+(\S+)$/u.exec(rest) ?? [];
  if (from !== undefined && to !== undefined) return joinBounds(boundsOf('>=', from), boundsOf('<=', to));
  const comparator = /(>=|<=|=>|=<|!=|~>|~=|==|[><=^~])?\s*([^\s,|<>=!^~]+)/uy;
  let bounds: readonly Bound[] | string = [];
  for (let at = 0; at < rest.length; ) {
    comparator.lastIndex = at;
    const found = comparator.exec(rest);
    if (found === null) return `'${rest.slice(at)}' is no version`;
    const [whole, operator = '', version = ''] = found;
    bounds = joinBounds(bounds, boundsOf(operator, version));
    at += whole.length;
    at += /^\s*,?\s*/u.exec(rest.slice(at))?.[0].length ?? 0;
  }
  return rest.endsWith(',') ? "a version is missing behind ','" : bounds;
}

function joinBounds(some: readonly Bound[] | string, more: readonly Bound[] | string): readonly Bound[] | string {
  if (typeof some === 'string') return some;
  return typeof more === 'string' ? more : [...some, ...more];
}

function boundsOf(operator: string, text: string): readonly Bound[] | string {
  if (/^[xX*]$/u.test(text)) return /^={0,2}$/u.test(operator) ? [] : `'${operator}${text}' says nothing`;
  const plain = text.replace(/(?:\.[xX*])+$/u, '');
  const written = isWholeVersion(plain) ? parseVersion(plain) : undefined;
  if (written === undefined) return `'${text}' is no version`;
  switch (operator) {
    case '>=': case '>': case '<': case '<=': case '!=': return [{ written, allows: allowedBy[operator] }];
    case '': case '=': case '==': return [{ written, allows: allowedBy['='] }];
    case '^': return upTo(written, caretLength(written.numbers));
    case '~': return upTo(written, Math.min(2, written.numbers.length));
    case '~>': case '~=': return upTo(written, Math.max(1, written.numbers.length - 1));
    default: return `'${operator}' compares nothing; write ${operator === '=>' ? '>=' : '<='}`;
  }
}

/** A range is written by a person: what is left over behind its numbers is a mistake and no packager's. */
function isWholeVersion(text: string): boolean {
  return /^[vV]?\d+(?:\.\d+){0,3}(?:[-._~+]?[A-Za-z][0-9A-Za-z.+-]*|[-+][0-9A-Za-z.+-]+)?$/u.test(text);
}

/** From the version on, as long as its first numbers stay as they are. */
function upTo(written: Version, length: number): readonly Bound[] {
  const kept = written.numbers.slice(0, length);
  const next = kept.map((number, index) => (index === kept.length - 1 ? number + 1 : number));
  return [{ written, allows: allowedBy['>='] }, { written: { numbers: next, preRelease: [] }, allows: allowedBy['<'] }];
}

/** Up to the first number that is not 0: `^1.2` stays below 2, and `^0.2.3` below 0.3. */
function caretLength(numbers: readonly number[]): number {
  const first = numbers.findIndex((number) => number > 0);
  return first === -1 ? numbers.length : first + 1;
}
