import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { claimRun } from '../../adapters/github/segments/claim-run.js';
import type { FoundSegment } from '../../adapters/github/segments/find-segments.js';
import { findOwnSegment, findSegments } from '../../adapters/github/segments/find-segments.js';
import type { RunPart } from '../../adapters/github/segments/segment-names.js';
import { isNewest, prefixOfRun } from '../../adapters/github/segments/segment-names.js';
import type { RunEvent } from '../../core/run/run-event.js';
import type { EarlierRun } from '../../core/run/resume/earlier-run.js';
import { keepSteps } from '../../core/run/resume/keep-steps.js';
import type { SaidOfSteps } from '../../core/run/resume/read-decisions.js';
import { readDecisions } from '../../core/run/resume/read-decisions.js';
import type { Clock } from '../../ports/clock.js';
import type { ContinuedRun } from '../continue-run.js';
import { readForContinuing, withDecisions } from '../continue-run.js';
import type { ImportedRun } from '../import-run.js';
import { importRun } from '../import-run.js';
import { openRunLease } from '../open-leases.js';
import { readKnownRun } from '../unfinished-runs.js';
import type { JobIdentity } from './identify-job.js';
import type { GithubServices } from './open-services.js';

export interface TakingUp {
  readonly services: GithubServices;
  readonly identity: JobIdentity;
  readonly part: string;
  /** The run that is asked for by its number, or this very run after an attempt that has ended. */
  readonly resume: 'auto' | 'never' | { readonly run: string };
  /** Only a part of the workflow is done here: the rest was done by others. */
  readonly isPartial: boolean;
  readonly workflow: string;
  /** Steps whose effect must happen once. */
  readonly onceSteps: readonly string[];
  readonly stateFolder: string;
  readonly workspace: string;
  readonly said: SaidOfSteps;
  readonly say: (line: string) => void;
  readonly clock: Clock;
}

export type TakenUp =
  | { readonly kind: 'anew' }
  | { readonly kind: 'continued'; readonly run: ContinuedRun }
  /** Nobody knows whether these steps had their effect. */
  | { readonly kind: 'undecided'; readonly steps: readonly string[]; readonly runId: string }
  | { readonly kind: 'refused'; readonly message: string; readonly hint: string };

/** What earlier attempts, other jobs and other runs have done of this work, as far as it can be had; what cannot be had is done again. */
export async function takeUpRun(wish: TakingUp): Promise<TakenUp> {
  const { resume, identity, isPartial, said } = wish;
  const [decided] = [...said.markDone, ...said.rerun];
  if (decided !== undefined && (resume === 'never' || (resume === 'auto' && identity.attempt === 1))) return { kind: 'refused', message: `${decided}: nothing has to be decided of it, because no run is gone on with`, hint: 'Name the run that waits for the decision with resume: <the number in the address of its page>' };
  if (isPartial) await bringOthers(wish);
  if (resume === 'never') return { kind: 'anew' };
  let unknown: string | undefined;
  const own = identity.attempt > 1 || resume !== 'auto' ? await findOwnSegment({ cache: wish.services.transfers.cache, artifacts: wish.services.transfers.artifacts }, { run: identity.run, part: wish.part, attempt: identity.attempt, onUnknown: (reason) => (unknown ??= reason) }) : undefined;
  if (unknown !== undefined && identity.attempt > 1 && wish.onceSteps.length > 0) {
    own?.release();
    return refuseToRepeat(`what the attempt before has done cannot be had: ${unknown}`, wish);
  }
  if (own !== undefined) return await goOnWith(own, wish, { run: identity.run, part: wish.part });
  return resume === 'auto' ? { kind: 'anew' } : await takeUpOther(resume.run, wish);
}

/** Nobody can tell whether the effect of such a step happened, and it must not happen twice. */
function refuseToRepeat(why: string, { onceSteps: [first = ''] }: TakingUp): Extract<TakenUp, { kind: 'refused' }> {
  return { kind: 'refused', message: `${why}; ${first} must happen once, and may have happened`, hint: "Re-run the failed jobs when GitHub's services answer again; or, knowing that it did not happen, begin anew with resume: never" };
}

/** Other parts of this run: results of steps that are left out here. */
async function bringOthers(wish: TakingUp): Promise<void> {
  const { services, identity, part, say } = wish;
  const { found, missing, problem } = await findSegments(sourcesOf(services), { run: identity.run, isWanted: (segment) => segment.part !== part });
  if (problem !== undefined) say(`What other jobs of this run have done cannot be taken up: ${problem}`);
  for (const { name, reason } of missing) say(`The state ${name} of another job cannot be taken up: ${reason}`);
  for (const segment of found) {
    const refusal = describeRefusal(await bring(segment, wish), segment.name);
    if (refusal !== undefined) say(`${refusal.message}; its steps count as not done`);
  }
}

async function takeUpOther(run: string, wish: TakingUp): Promise<TakenUp> {
  const { found, missing, problem } = await findSegments(sourcesOf(wish.services), { run });
  const fitting = found.find(({ segment }) => segment.part === wish.part) ?? (found.length === 1 ? found[0] : undefined);
  for (const each of found) if (each !== fitting) each.release();
  if (fitting !== undefined) return await goOnWith(fitting, wish, { run, part: fitting.segment.part });
  const reason = found.length > 1 ? `its parts ${found.map(({ segment }) => segment.part).join(', ')} are of other jobs or other inputs` : (missing[0]?.reason ?? problem ?? 'it has left none, or it is gone by now');
  return { kind: 'refused', message: `the run ${run} cannot be gone on with: no state of it can be had (${reason})`, hint: found.length > 1 ? 'Name the same workflow, inputs, phases and steps as the job that is to be gone on with' : 'Look for it on the page of that run; a job needs the permission actions: read to see it' };
}

function sourcesOf({ transfers, api, folder }: GithubServices): Parameters<typeof findSegments>[0] {
  return { cache: transfers.cache, artifacts: transfers.artifacts, api, folder };
}

/** Into the runs of this machine, as one that was here. */
async function bring({ file, release }: FoundSegment, { services: { seal }, identity: { repository }, stateFolder, workspace }: Pick<TakingUp, 'services' | 'identity' | 'stateFolder' | 'workspace'>): Promise<ImportedRun> {
  const open = `${file}.open`;
  try {
    const unsealed = seal === null ? undefined : await seal.unseal(file, open);
    if (unsealed !== undefined && unsealed.kind !== 'opened') return { kind: 'refused', reason: unsealed.reason };
    return importRun({ file: seal === null ? file : open, stateFolder, workspace, repository, accepted: [], replaceOlder: true });
  } finally {
    rmSync(open, { force: true });
    release();
  }
}

async function goOnWith(segment: FoundSegment, wish: TakingUp, part: RunPart, damaged: ReadonlySet<string> = new Set()): Promise<TakenUp> {
  const { stateFolder, identity, say } = wish;
  const brought = await bring(segment, wish);
  // The state of a run that failed lies in two places.
  const except = new Set([...damaged, segment.name]);
  const other = brought.kind === 'refused' && part.run === identity.run ? await findOwnSegment(wish.services.transfers, { ...part, attempt: identity.attempt, except }) : undefined;
  const refusal = describeRefusal(brought, segment.name);
  if (other !== undefined && refusal !== undefined && wish.onceSteps.length > 0 && !isNewest(other, [segment.name])) {
    other.release();
    return refuseToRepeat(refusal.message, wish);
  }
  if (other !== undefined) return await goOnWith(other, wish, part, except);
  if (refusal !== undefined) {
    if (wish.resume !== 'auto') return { kind: 'refused', ...refusal };
    if (wish.onceSteps.length > 0) return refuseToRepeat(refusal.message, wish);
    say(`${refusal.message}; everything is done anew that no kept result is there for`);
    return { kind: 'anew' };
  }
  const runId = brought.kind === 'imported' || brought.kind === 'there' ? brought.run : '';
  const known = readKnownRun({ id: runId, path: join(stateFolder, 'runs', runId) });
  if (known?.facts.workflow !== wish.workflow) return { kind: 'refused', message: `the run ${part.run} is one of ${known?.facts.workflow ?? 'another workflow'}, not of ${wish.workflow}`, hint: 'Name the workflow that it ran' };
  if (part.run !== identity.run && (known.facts.cell ?? '') !== identity.label) return { kind: 'refused', message: `the run ${part.run} has left no state of ${describeCell(identity.label)}; what there is, is of ${describeCell(known.facts.cell ?? '')}`, hint: 'Begin this job anew with resume: never, where nothing of it was done' };
  const isDone = known.status === 'succeeded';
  if (isDone) say(`The attempt before has done all of it (run ${runId}); it is gone through once more, and what holds is not done again.`);
  if (isDone && wish.onceSteps.length === 0) return { kind: 'anew' };
  const claim = await claimRun(wish.services.transfers.cache, { ...part, turn: known.facts.attempt + 1, owner: `${identity.address}#${wish.part}`, folder: wish.services.folder, isGone: async (owner) => await isGone(owner, segment, wish), after: wish.clock.after });
  if (claim.kind === 'busy') return { kind: 'refused', message: `the run is gone on with already${claim.owner === '' ? '' : `: ${claim.owner.replace(/#.*$/u, '')}`} (TG3407)`, hint: 'Look there; when it has ended, go on with that run' };
  if (claim.kind === 'unknown' && part.run !== identity.run) return { kind: 'refused', message: `the run ${part.run} cannot be claimed, and somebody else may go on with it at the same time: ${claim.reason}`, hint: 'Go on with it by workflow_dispatch, whose token may write the cache, or re-run the failed jobs of that run' };
  return continueHere(runId, wish, isDone);
}

function describeCell(label: string): string {
  return label === '' ? 'a job without a matrix' : label;
}

/** An attempt begins when the one before has ended. Another run is over once it is completed; what it has left is to be gone on with, not passed over. */
async function isGone(owner: string, taken: FoundSegment, { services: { api }, identity }: TakingUp): Promise<boolean> {
  const [, run, attempt] = /\/actions\/runs\/(\d+)\/attempts\/(\d+)(?:#|$)/u.exec(owner) ?? [];
  if (run === undefined) return false;
  if (run === identity.run) return Number(attempt) < identity.attempt;
  const [going, caches, artifacts] = await Promise.all([api.getRun(Number(run)), api.listCaches({ keyPrefix: prefixOfRun(run) }), api.listRunArtifacts(Number(run))]);
  if (going.kind !== 'done' || caches.kind !== 'done' || artifacts.kind !== 'done' || going.value.status !== 'completed') return false;
  const left = [...caches.value.map(({ key }) => key), ...artifacts.value.map(({ name }) => name).filter((name) => name.startsWith(prefixOfRun(run)))];
  return run === taken.segment.run ? isNewest(taken, left) : left.length === 0;
}

/** `isDone`: nothing is left of it, and it begins anew but for what must happen once. */
function continueHere(runId: string, { stateFolder, said: given, say, identity, onceSteps }: TakingUp, isDone: boolean): TakenUp {
  const lease = openRunLease(stateFolder, runId).claim('run', { note: `run ${runId}`, takeOver: false });
  if (lease.kind !== 'held') return { kind: 'refused', message: lease.kind === 'failed' ? lease.reason : `run ${runId} is at work in this workspace (TG3407)`, hint: 'Wait for it' };
  const release = (refused: TakenUp): TakenUp => {
    lease.lease.release();
    return refused;
  };
  const read = readForContinuing(stateFolder, runId);
  if (read.kind !== 'read') return release({ kind: 'refused', message: `nothing of run ${runId} can be used (TG3408)`, hint: 'Start it anew with resume: never; what the cache holds is not lost' });
  const said = identity.attempt > 1 ? withoutDecided(given, read.past.events) : given;
  const decided = readDecisions(read.earlier, said);
  if (decided.kind === 'no-reason') return release({ kind: 'refused', message: `mark-done: ${decided.step}: say how you know, with the input reason`, hint: 'It is kept with the run' });
  if (decided.kind === 'not-asked') return release({ kind: 'refused', message: `${decided.said}: ${decided.step}: nothing has to be decided of it`, hint: decided.asked.length === 0 ? 'No step of this run was cut short in the middle of its effect' : `It is asked of ${decided.asked.join(', ')}` });
  const earlier: EarlierRun = withDecisions(read.past, decided.decisions, Date.now()) ?? read.earlier;
  if (earlier.undecided.length > 0) return release({ kind: 'undecided', steps: [...new Set(earlier.undecided.map(({ step }) => step))], runId });
  if (!isDone) say(`Going on with run ${runId}, attempt ${read.earlier.facts.attempt + 1}: what it has done is not done again.`);
  return { kind: 'continued', run: { runId, attempt: read.earlier.facts.attempt + 1, past: read.past, lease: lease.lease, earlier: { ...(isDone ? keepSteps(earlier, onceSteps) : earlier), stoppedAt: read.earlier.stoppedAt }, decisions: decided.decisions } };
}

/** A job that is run again has the same inputs: what an attempt before was told is in its journal. */
function withoutDecided(said: SaidOfSteps, past: readonly RunEvent[]): SaidOfSteps {
  const isNew = (decision: 'mark-done' | 'rerun') => (step: string): boolean => !past.some((event) => event.kind === 'step-decided' && event.step === step && event.decision === decision);
  return { ...said, markDone: said.markDone.filter(isNew('mark-done')), rerun: said.rerun.filter(isNew('rerun')) };
}

function describeRefusal(brought: ImportedRun, name: string): { readonly message: string; readonly hint: string } | undefined {
  switch (brought.kind) {
    case 'imported':
    case 'there': return undefined;
    case 'newer': return { message: `the state ${name} was written by Tollgate ${brought.tollgate}, in a newer format (TG3409)`, hint: `Use that version of the action, or a newer one` };
    case 'foreign': return { message: `the state ${name} is of another ${brought.what}: ${brought.name}`, hint: 'Name a run of this repository and this workflow' };
    case 'refused': return { message: `the state ${name} cannot be used: ${brought.reason} (TG3408)`, hint: 'It is damaged, or sealed with another encryption-key' };
  }
}
