import { digest } from '../../core/expression/digest.js';
import type { Selection } from '../../core/run/selection/selection.js';
import { findGithubRun } from './find-github-run.js';

/** A job on GitHub, as its state and its results are named after. */
export interface JobIdentity {
  /** GITHUB_RUN_ID, and which attempt of it. */
  readonly run: string;
  readonly attempt: number;
  /** The page of this attempt. */
  readonly address: string;
  readonly repository: string;
  readonly job: string;
  /** The job's id with the values of its matrix: jobs that work at once have two names. */
  readonly cell: string;
  /** Which phases and steps it was asked for. */
  readonly parts: string;
  /** Values of the job's matrix, which results depend on; none where the matrix is one that `plan` has made. */
  readonly matrix: Readonly<Record<string, string>>;
  /** Its matrix for people: `os=linux, node=20`, or the name that `plan` gave it; empty without one. */
  readonly label: string;
}

export interface JobFacts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly selection: Selection;
  /** JSON, as the input has it. */
  readonly matrixValues: string;
}

/** Nothing where no run of GitHub's is told of. */
export function identifyJob({ env, selection, matrixValues }: JobFacts): JobIdentity | undefined {
  const run = findGithubRun(env);
  if (run === undefined) return undefined;
  const attempt = /^[1-9]\d*$/u.test(env['GITHUB_RUN_ATTEMPT'] ?? '') ? Number(env['GITHUB_RUN_ATTEMPT']) : 1;
  const repository = env['GITHUB_REPOSITORY'] ?? '';
  const given = readMatrix(matrixValues);
  const matrix = isOfPlan(given) ? {} : Object.fromEntries(Object.entries(given).map(([name, value]) => [name, asText(value)]));
  return {
    run, attempt, repository, matrix,
    label: isOfPlan(given) ? asText(given['name'] ?? '') : describeMatrix(matrix),
    address: `${env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${repository}/actions/runs/${run}/attempts/${attempt}`,
    job: env['GITHUB_JOB'] ?? '',
    cell: `${env['GITHUB_JOB'] ?? ''} ${order(given)}`,
    parts: JSON.stringify(selection),
  };
}

/** The parts of one run have one name for it; a workflow's own come first in it. */
export function nameRunGroup({ matrix }: Pick<JobIdentity, 'matrix'>, { workflow, inputs }: RunWords): string {
  return `${nameWorkflowGroup(workflow)}${shorten([inputs.trim(), order(matrix)], 8)}`;
}

export function nameWorkflowGroup(workflow: string): string {
  return shorten([workflow], 8);
}

/** What of a run is the same for all of its jobs, as its caller wrote it. */
export interface RunWords {
  readonly workflow: string;
  /** The text of the inputs. */
  readonly inputs: string;
}

/** What is never done by two jobs at once: the same run, and the same part of it, for the same cell. */
export function namePart(identity: JobIdentity, words: RunWords): string {
  return writePartName({ job: identity.job, group: nameRunGroup(identity, words), rest: shorten([identity.cell, identity.parts], 16) });
}

export interface PartName {
  /** The id of the job. */
  readonly job: string;
  readonly group: string;
  readonly rest: string;
}

/** A job's id has no points: `build-app` is `build..app`. */
function writePartName({ job, group, rest }: PartName): string {
  return `${job.replaceAll(/[^\w-]/gu, '_').slice(0, 100).replaceAll('-', '..')}.${group}.${rest}`;
}

export function readPartName(part: string): PartName | undefined {
  const [, job, group, rest] = /^(.*)\.([0-9a-f]{16})\.([0-9a-f]{16})$/u.exec(part) ?? [];
  return job === undefined || group === undefined || rest === undefined ? undefined : { job: job.replaceAll('..', '-'), group, rest };
}

function shorten(words: readonly string[], length: number): string {
  return digest(words.map((word) => `${word}\n`), 'utf8').slice(0, length);
}

export function describeMatrix(matrix: JobIdentity['matrix']): string {
  return Object.entries(matrix).map(([name, value]) => `${name}=${value}`).join(', ');
}

function readMatrix(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

/** Its entries say what a job is to do, and nothing of where it does it. */
function isOfPlan(matrix: Readonly<Record<string, unknown>>): boolean {
  const names = Object.keys(matrix);
  return names.includes('phases') && names.includes('only') && names.every((name) => name === 'name' || name === 'phases' || name === 'only');
}

function order(matrix: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.entries(matrix).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
