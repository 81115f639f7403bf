import { join } from 'node:path';
import { lookAtLease } from '../adapters/local/leases/look-at-lease.js';
import type { SeenOwner } from '../adapters/local/leases/look-at-lease.js';
import type { FoundRun } from '../adapters/local/run-folder/find-runs.js';
import { readRunResult } from '../adapters/local/run-folder/find-runs.js';
import type { RunJson } from '../core/report/run/run-json.js';
import type { RunEvent } from '../core/run/run-event.js';

/** The result of a run, unless somebody has gone on with it since. */
export function readCurrentResult(run: FoundRun, last: RunEvent | undefined): RunJson | undefined {
  const result = readRunResult(run);
  if (result === undefined || !isRunJson(result)) return undefined;
  return last === undefined || (isEnd(last) && result.ended_at === new Date(last.at).toISOString()) ? result : undefined;
}

/** Who has, or had, the right to go on with a run. */
export function findOwner({ path }: FoundRun): SeenOwner | 'released' | undefined {
  return lookAtLease(join(path, 'lease'), 'run');
}

/** So long an owner whose life cannot be seen is believed to be there; see runs.md, section 3. */
const silenceMs = 60_000;

/** Where nobody has ever taken the right to it, as in a job on GitHub, its last word counts. */
export function works(owner: SeenOwner | 'released' | undefined, { now, lastWord }: { readonly now: number; readonly lastWord: number }): boolean {
  if (owner === 'released') return false;
  if (owner === undefined) return now - lastWord < silenceMs;
  return owner.life === 'alive' || (owner.life === 'unknown' && now - owner.lastSeen < silenceMs);
}

/** Whether nothing of the run was under way any more. */
export function isEnd({ kind }: RunEvent): boolean {
  return kind === 'run-ended' || kind === 'run-paused';
}

function isRunJson(value: unknown): value is RunJson {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  return fields.get('schema_version') === 1 && typeof fields.get('run_id') === 'string' && typeof fields.get('status') === 'string' && Array.isArray(fields.get('steps')) && Array.isArray(fields.get('phases'));
}
