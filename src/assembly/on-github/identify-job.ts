import { digest } from '../../core/expression/digest.js';
import type { Selection } from '../../core/run/selection/selection.js';

/** A job on GitHub, as its state and its results are named after. */
export interface JobIdentity {
  /** GITHUB_RUN_ID, and which attempt of it. */
  readonly run: string;
  readonly attempt: number;
  /** The page of this attempt. */
  readonly address: string;
  readonly repository: string;
  /** The job's id with the values of its matrix: jobs that work at once have two names. */
  readonly cell: string;
  /** Which phases and steps it was asked for. */
  readonly parts: string;
  /** Values of the job's matrix, which results depend on; none where the matrix is one that `plan` has made. */
  readonly matrix: Readonly<Record<string, string>>;
}

export interface JobFacts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly selection: Selection;
  /** JSON, as the input has it. */
  readonly matrixValues: string;
}

/** Nothing where no run of GitHub's is told of. */
export function identifyJob({ env, selection, matrixValues }: JobFacts): JobIdentity | undefined {
  const run = env['GITHUB_RUN_ID'] ?? '';
  if (!/^\d+$/u.test(run)) return undefined;
  const attempt = /^[1-9]\d*$/u.test(env['GITHUB_RUN_ATTEMPT'] ?? '') ? Number(env['GITHUB_RUN_ATTEMPT']) : 1;
  const repository = env['GITHUB_REPOSITORY'] ?? '';
  const given = readMatrix(matrixValues);
  const matrix = isOfPlan(given) ? {} : Object.fromEntries(Object.entries(given).map(([name, value]) => [name, asText(value)]));
  return {
    run, attempt, repository, matrix,
    address: `${env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${repository}/actions/runs/${run}/attempts/${attempt}`,
    cell: `${env['GITHUB_JOB'] ?? ''} ${order(given)}`,
    parts: JSON.stringify(selection),
  };
}

/** What is never done by two jobs at once: the same workflow with the same inputs, and the same part of it, for the same cell. */
export function namePart({ cell, parts }: JobIdentity, { workflow, inputs }: { readonly workflow: string; readonly inputs: ReadonlyMap<string, unknown> }): string {
  const job = (cell.split(' ')[0] ?? '').replaceAll(/[^\w]/gu, '_').slice(0, 40);
  const words = [cell, parts, workflow, JSON.stringify([...inputs].sort(([a], [b]) => (a < b ? -1 : 1)))];
  return `${job}.${digest(words.map((word) => `${word}\n`), 'utf8').slice(0, 16)}`;
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
