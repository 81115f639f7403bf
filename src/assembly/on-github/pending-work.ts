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

export function writePendingWork(stateFolder: string, work: PendingWork): void {
  const file = fileIn(stateFolder);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.tmp`, JSON.stringify(work), { mode: 0o600 });
    renameSync(`${file}.tmp`, file);
  } catch {
    // Then the next process has nothing to bring away.
  }
}

export function readPendingWork(stateFolder: string): PendingWork {
  try {
    return { ...nothingPending, ...(JSON.parse(readFileSync(fileIn(stateFolder), 'utf8')) as Partial<PendingWork>) };
  } catch {
    return nothingPending;
  }
}

export function isPending({ results, isStateDue, isArtifactDue }: PendingWork): boolean {
  return isStateDue || isArtifactDue || results.large.length > 0 || results.small.length > 0;
}

function fileIn(stateFolder: string): string {
  return join(stateFolder, 'github', 'pending.json');
}
