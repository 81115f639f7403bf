import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listArtifacts } from '../adapters/local/run-artifacts/list-artifacts.js';
import type { FoundRun } from '../adapters/local/run-folder/find-runs.js';
import { removeRun, sweepRuns } from '../adapters/local/run-folder/remove-run.js';
import { expiresAt } from '../core/artifact/retention.js';
import type { Retention } from './find-due-runs.js';
import { findDueRuns } from './find-due-runs.js';
import { outlineOf } from './list-runs.js';
import { findOwner } from './run-standing.js';

export interface RetiringWish extends Retention {
  /** Only say which would go. */
  readonly isDry?: boolean;
}

export interface RetiredRuns {
  readonly removed: readonly string[];
  readonly kept: readonly { readonly run: string; readonly reason: string }[];
}

/**
 * Lets go of runs that are over and that nobody needs: never one that could be gone on with after it was cut short or paused,
 * that somebody has in hand, or whose artifacts are still promised.
 */
export function retireRuns({ isDry = false, ...retention }: RetiringWish): RetiredRuns {
  const { stateFolder, now } = retention;
  const due = findDueRuns(retention);
  if (due.length === 0) return { removed: [], kept: [] };
  if (!isDry) sweepRuns(stateFolder, now);
  const promised = new Set(due.some(({ path }) => existsSync(join(path, 'artifacts'))) ? listArtifacts(stateFolder).found.flatMap(({ artifact }) => (expiresAt(artifact) > now ? [artifact.run] : [])) : []);
  const removed: string[] = [];
  const kept: { run: string; reason: string }[] = [];
  for (const run of due) {
    const reason = promised.has(run.id) ? 'its artifacts are still promised' : (whyKept(run, now) ?? (isDry ? undefined : removeRun(run)));
    if (reason === undefined) removed.push(run.id);
    else kept.push({ run: run.id, reason });
  }
  return { removed, kept };
}

function whyKept(run: FoundRun, now: number): string | undefined {
  const owner = findOwner(run);
  if (typeof owner === 'object' && owner.life !== 'dead') return 'somebody has it in hand';
  const outline = outlineOf(run, now)?.outline;
  if (outline === undefined) return 'what is written of it cannot be read';
  if (outline.status === 'paused') return 'it waits for somebody';
  if (outline.status === 'running') return 'it is at work';
  return outline.reason === 'interrupted' ? 'it was cut short, and can be gone on with' : undefined;
}
