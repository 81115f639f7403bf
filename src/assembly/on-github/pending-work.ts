import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PendingResults } from '../../adapters/github/results/result-uploads.js';
import type { TroubleCause } from '../../adapters/github/transfer/transfer-order.js';

/** What one process of a job's step leaves for the next to bring to GitHub. */
export interface PendingWork {
  readonly runId: string | null;
  readonly workflow?: string;
  readonly results: PendingResults;
  /** The newest state is not on GitHub yet. */
  readonly isStateDue: boolean;
  /** It has to be an artifact, too: the run failed, or the cache does not take it. */
  readonly isArtifactDue: boolean;
  /** What went wrong with GitHub's services and was said already. */
  readonly warned: readonly TroubleCause[];
}

export const nothingPending: PendingWork = { runId: null, results: { large: [], small: [] }, isStateDue: false, isArtifactDue: false, warned: [] };

/** Where it lies: a job may have several steps that run a workflow, in one workspace. */
export interface PendingPlace {
  readonly stateFolder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function writePendingWork(place: PendingPlace, work: PendingWork): void {
  const file = fileOf(place);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.tmp`, JSON.stringify(work), { mode: 0o600 });
    renameSync(`${file}.tmp`, file);
  } catch {
    // Then the next process has nothing to bring away.
  }
}

export function readPendingWork(place: PendingPlace): PendingWork {
  try {
    return { ...nothingPending, ...(JSON.parse(readFileSync(fileOf(place), 'utf8')) as Partial<PendingWork>) };
  } catch {
    return nothingPending;
  }
}

export function isPending({ results, isStateDue, isArtifactDue }: PendingWork): boolean {
  return isStateDue || isArtifactDue || results.large.length > 0 || results.small.length > 0;
}

/** GITHUB_ACTION is the name of the step within its job, for all of its processes. */
function fileOf({ stateFolder, env }: PendingPlace): string {
  const step = (env['GITHUB_ACTION'] ?? '').replaceAll(/[^\w-]/gu, '_').slice(0, 100);
  return join(stateFolder, 'github', `pending${step === '' ? '' : `-${step}`}.json`);
}
