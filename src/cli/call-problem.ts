import type { Origin } from './options.js';
import type { Paint } from '../core/report/paint.js';

/** Something wrong with the call itself, and the way on. */
export interface CallProblem {
  readonly message: string;
  readonly hint?: string | undefined;
  /** Where it was given, when that is not the call itself. */
  readonly origin?: Origin;
  /** Commands, without `tollgate`, that lead on. */
  readonly next?: readonly NextCommand[];
}

export interface NextCommand {
  readonly call: string;
  readonly says: string;
}

/** Those of a file in its order, before the rest. */
export function arrangeProblems(problems: readonly CallProblem[]): readonly CallProblem[] {
  const place = ({ origin }: CallProblem): number => (origin?.kind === 'file' ? origin.line * 1e6 + origin.column : Infinity);
  return [...problems].sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
}

/** Problems first, then what to type next, each command once. */
export function renderProblems(problems: readonly CallProblem[], page: { readonly paint: Paint; readonly calledAs: string }): string {
  const { paint } = page;
  const said = problems.flatMap(({ message, hint }) => [
    `${paint.blocking(paint.strong('error:'))} ${message}`,
    ...(hint === undefined ? [] : hint.split('\n').map((line) => `       ${line}`)),
  ]);
  const next = renderNext(problems.flatMap(({ next = [] }) => next), page);
  return [...said, ...(next.length === 0 ? [] : ['', ...next])].map((line) => `${line}\n`).join('');
}

/** Commands to type, each with what it is for, below one another. */
export function renderNext(commands: readonly NextCommand[], page: { readonly paint: Paint; readonly calledAs: string }): readonly string[] {
  const distinct = commands.filter(({ call }, index) => commands.findIndex((other) => other.call === call) === index);
  const typed = distinct.map(({ call }) => `${page.calledAs} ${call}`.trimEnd());
  const width = Math.max(0, ...typed.map((each) => each.length));
  return typed.map((each, index) => `  ${page.paint.info(each)}${' '.repeat(width - each.length)}  ${page.paint.faint(distinct[index]?.says ?? '')}`.trimEnd());
}
