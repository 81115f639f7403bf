import type { Artifact } from '../../../core/artifact/artifact.js';
import { digestText } from '../../../core/cache/make-key.js';

/** What an artifact is called on GitHub tells which it is, so that nothing else has to be downloaded to find it. */
export interface RemoteName {
  readonly attempt: number;
  /** Later uploads of an attempt have a higher one. GitHub's ids are in no order that can be relied upon. */
  readonly sequence: number;
  readonly marks: Marks;
}

/** Beginnings of digests. Whether it is really that one is said by its list of files. */
export interface Marks {
  readonly run: string;
  readonly artifact: string;
  /** Step and cell. */
  readonly owner: string;
  readonly version: string;
}

export interface Upload {
  /** As GitHub knows it, for people: what tells jobs apart is the nonce. */
  readonly job: string;
  readonly attempt: number;
  readonly sequence: number;
  /** Eight hex digits: the name of every upload is new. */
  readonly nonce: string;
}

/** In bytes of UTF-8; GitHub's own limit is 256 characters. */
export const longestName = 250;
const markLength = 8;
/** What GitHub refuses, and what does not show. */
const forbidden = /[\u0000-\u001f\u007f-\u009f"<>:|*?\\/\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu;
const form = /-a(\d{1,6})-s(\d{1,16})-([0-9a-f]{40})$/u;

/** `measure-coverage-test-a1-s1767225600000-…`: for people what it is, then what tells it from all others. */
export function writeRemoteName(artifact: Artifact, { job, attempt, sequence, nonce }: Upload): string {
  const { run, artifact: name, owner, version } = marksOf(artifact);
  const tail = `-a${attempt}-s${sequence}-${run}${name}${owner}${version}${nonce}`;
  return `${fit([artifact.workflow, artifact.name, job].filter((part) => part !== '').join('-'), longestName - tail.length)}${tail}`;
}

/** Nothing where it is somebody else's. */
export function readRemoteName(name: string): RemoteName | undefined {
  const [, attempt, sequence, digits = ''] = form.exec(name) ?? [];
  if (attempt === undefined || sequence === undefined) return undefined;
  const [run = '', artifact = '', owner = '', version = ''] = digits.match(/.{8}/gu) ?? [];
  return { attempt: Number(attempt), sequence: Number(sequence), marks: { run, artifact, owner, version } };
}

export function marksOf({ run, name, step, cell, version }: Pick<Artifact, 'run' | 'name' | 'step' | 'cell' | 'version'>): Marks {
  return { ...placeMarks({ run, name }), owner: mark([step, cell]), version: version.slice(0, markLength) };
}

/** Names that differ in case alone are one: some file system could not hold both. */
export function placeMarks({ run, name }: Pick<Artifact, 'run' | 'name'>): Pick<Marks, 'run' | 'artifact'> {
  return { run: runMark(run), artifact: mark(['artifact', name.normalize('NFC').toLowerCase()]) };
}

export function runMark(run: string): string {
  return mark(['run', run]);
}

function mark(words: readonly string[]): string {
  return digestText(JSON.stringify(words)).slice(0, markLength);
}

function fit(text: string, bytes: number): string {
  let fitted = text.replace(forbidden, '-').replace(/^[\s.-]+/u, '');
  while (Buffer.byteLength(fitted) > bytes) fitted = Array.from(fitted).slice(0, -1).join('');
  return fitted.trimEnd() === '' ? 'artifact' : fitted.trimEnd();
}
