import { findRuns, readRunResult } from '../adapters/local/run-folder/find-runs.js';
import type { RunFacts } from '../core/run/run-event.js';
import { asText, readSetting } from '../core/run/opening/read-setting.js';
import { createRunValues } from '../core/run/values/run-values.js';
import { createRunState } from '../core/run/run-state.js';
import type { Lease, LeaseOwner } from '../ports/lease.js';
import type { AssembledRun } from './assemble-run.js';
import type { ContinuedRun } from './continue-run.js';
import { openRunLease } from './open-leases.js';
import { prepareStateFolder } from './prepare-state-folder.js';
import { takeTurn } from './take-turn.js';
import { readKnownRun } from './unfinished-runs.js';

export interface TurnForRun {
  readonly takeOver: boolean;
  readonly continued: ContinuedRun | undefined;
  readonly givenUp: Promise<unknown>;
  readonly onWait: (owner: LeaseOwner) => void;
}

export type RunTurn =
  | { readonly kind: 'taken'; readonly release: () => void }
  | { readonly kind: 'busy'; readonly owner: LeaseOwner }
  | { readonly kind: 'given-up' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Two runs of one workflow and group never work in one workspace at once. What a dead run has left running is ended first. */
export async function takeTurnFor(assembled: AssembledRun, { takeOver, continued, givenUp, onWait }: TurnForRun): Promise<RunTurn> {
  const { job, ports, leases, runLease, folder } = assembled;
  const unwritable = prepareStateFolder(assembled.stateFolder);
  if (unwritable !== undefined) return { kind: 'failed', reason: unwritable };
  const { concurrency } = job.parsed.outline.workflow;
  const group = readGroup(assembled);
  if (group.kind === 'failed') return group;
  const note = `run ${job.facts.runId} of ${job.facts.workflow}`;
  const turn = await takeTurn(leases, { name: `workflow ${job.facts.workflow}${group.name}`, note, takeOver, onConflict: concurrency?.on_conflict?.value ?? 'wait', clock: ports.clock, onWait, givenUp });
  if (turn.kind !== 'taken') return turn;
  const own = continued === undefined ? runLease.claim('run', { note, takeOver: false }) : { kind: 'held' as const, lease: continued.lease };
  const release = (lease: Lease | undefined): void => {
    lease?.release();
    turn.lease.release();
  };
  if (own.kind !== 'held') {
    release(undefined);
    return own.kind === 'failed' ? { kind: 'failed', reason: `the run cannot be written down: ${own.reason}` } : own;
  }
  assembled.hold(own.lease);
  const problem = folder.begin();
  if (problem !== undefined) {
    release(own.lease);
    return { kind: 'failed', reason: `the run cannot be written down in ${folder.path}: ${problem}` };
  }
  const decisions = continued?.decisions ?? [];
  const decided = decisions.length === 0 ? undefined : folder.append(decisions.map((decision) => ({ ...decision, at: ports.clock.now() })), { durable: true });
  if (decided !== undefined && decided.kind !== 'written') {
    release(own.lease);
    return { kind: 'failed', reason: decided.kind === 'failed' ? `what was decided cannot be written down: ${decided.reason}` : 'another process goes on with the run' };
  }
  await endOrphans(assembled, continued);
  return { kind: 'taken', release: () => release(own.lease) };
}

/** What a run that was killed has left running is ended before its work is done again: its own, or that of the run before. */
async function endOrphans({ job, ports, stateFolder }: AssembledRun, continued: ContinuedRun | undefined): Promise<void> {
  const dead = continued?.runId ?? findKilledRun(stateFolder, job.facts);
  if (dead === undefined) return;
  try {
    await ports.processes.endMarked(`${dead}/`, { signal: 'SIGTERM', killAfterMs: 3_000 });
  } catch {
    // What cannot be looked at cannot be ended.
  }
}

/** The last run of this workflow before this one, when it has left no result: its process was killed. */
function findKilledRun(stateFolder: string, { runId, workflow }: RunFacts): string | undefined {
  const [last] = findRuns(stateFolder).filter(({ id }) => id !== runId);
  if (last === undefined || readRunResult(last) !== undefined) return undefined;
  if (readKnownRun(last)?.facts.workflow !== workflow) return undefined;
  // One of another group may be at work right now.
  const claim = openRunLease(stateFolder, last.id).claim('run', { note: `run ${runId} looks after it`, takeOver: false });
  if (claim.kind !== 'held') return undefined;
  claim.lease.release();
  return last.id;
}

/** Nothing said: the workflow as a whole is one group. */
function readGroup({ job }: AssembledRun): { readonly kind: 'name'; readonly name: string } | { readonly kind: 'failed'; readonly reason: string } {
  const { parsed, plan, given } = job;
  const setting = parsed.outline.workflow.concurrency?.group;
  if (setting === undefined) return { kind: 'name', name: '' };
  const values = createRunValues({ outline: parsed.outline, plan, given, state: createRunState(plan) });
  const read = readSetting(setting, values.worldAt({ kind: 'run' }, 'no'), asText);
  return read.kind === 'value' ? { kind: 'name', name: ` group ${read.value}` } : { kind: 'failed', reason: `the concurrency group has no value: ${read.failure.message}` };
}
