import type { ParsedWorkflow } from '../definition/parse-workflow.js';
import { evolve } from '../run/evolve.js';
import type { PhasePlace, RunPlan } from '../run/run-plan.js';
import type { PhaseState, RunState, StepState } from '../run/run-state.js';
import { createRunState } from '../run/run-state.js';
import { selectParts } from '../run/selection/select-parts.js';
import { isNeutral } from '../run/standing.js';
import type { Claim, GoodReason } from './claim.js';
import { gateKey } from './claim.js';
import type { PartEvidence } from './evidence.js';
import type { BadReason, Origin } from './judgement.js';

/** What is judged: a workflow at a commit. */
export interface Judged {
  readonly parsed: ParsedWorkflow;
  readonly plan: RunPlan;
  readonly commit: string;
}

export type ReadPart =
  | { readonly kind: 'read'; readonly commit: string | null; readonly claims: readonly NamedClaim[] }
  /** Of a workflow of another name. */
  | { readonly kind: 'foreign'; readonly workflow: string }
  | { readonly kind: 'unreadable'; readonly because: string };

export interface NamedClaim {
  /** A step, or `gate <phase>`. */
  readonly key: string;
  readonly claim: Claim;
}

/** What a part says of each step that it was to do. */
export function readPart(part: PartEvidence, { parsed, plan }: Judged): ReadPart {
  const workflow = workflowOf(part);
  if (workflow !== undefined && workflow !== parsed.outline.workflow.name.value) return { kind: 'foreign', workflow };
  if (!speaksOf(plan, part)) return { kind: 'unreadable', because: 'it speaks of steps or phases that the workflow does not have' };
  const state = fold(plan, part);
  if (state?.facts == null) return { kind: 'unreadable', because: 'its events do not make a run' };
  const selection = state.facts.call?.selection;
  const leftOut = selection === undefined ? new Map<string, string>() : selectParts(parsed, plan, selection).leftOut;
  const reading: Reading = { part, plan, state, leftOut, hasGate: (phase) => parsed.outline.phases[plan.phases.get(phase)?.index ?? -1]?.phase.gate !== undefined };
  const claims = [...plan.phases].flatMap(([phase, place]) => claimsOfPhase(phase, place, reading));
  const commit = part.source.commit ?? state.facts.commit;
  return { kind: 'read', commit, claims: doubt(claims, { state, isGiven: (selection?.set.length ?? 0) > 0 }) };
}

interface Reading {
  readonly part: PartEvidence;
  readonly plan: RunPlan;
  readonly state: RunState;
  readonly leftOut: ReadonlyMap<string, string>;
  readonly hasGate: (phase: string) => boolean;
}

function workflowOf({ events }: PartEvidence): string | undefined {
  return events.flatMap((event) => (event.kind === 'run-started' || event.kind === 'run-resumed' ? [event.workflow] : [])).at(-1);
}

function speaksOf({ steps, phases }: RunPlan, { events }: PartEvidence): boolean {
  return events.every((event) => (!('step' in event) || steps.has(event.step)) && (!('phase' in event) || phases.has(event.phase)));
}

/** What was verified may still be what another version meant otherwise: then it proves nothing, and is no fault of ours. */
function fold(plan: RunPlan, { events }: PartEvidence): RunState | undefined {
  const state = createRunState(plan);
  try {
    for (const event of events) evolve(plan, state, event);
    return state;
  } catch {
    return undefined;
  }
}

function claimsOfPhase(id: string, place: PhasePlace, reading: Reading): readonly NamedClaim[] {
  const { state, leftOut } = reading;
  const phase = state.phases.get(id);
  if (phase === undefined || phase.skipped?.reason === 'request') return [];
  const gate = reading.hasGate(id) ? [gateKey(id)] : [];
  if (phase.skipped?.reason === 'when' || phase.skipped?.reason === 'ended-early') {
    const { reason, because } = phase.skipped;
    return [...place.steps, ...gate].map((key) => ({ key, claim: good(reason, because, reading) }));
  }
  const own = place.steps.filter((step) => !leftOut.has(step) && state.steps.get(step)?.skipped?.reason !== 'request');
  if (own.length === 0 && (place.steps.length > 0 || gate.length === 0)) return [];
  const said = own.map((key): NamedClaim => ({ key, claim: claimOfStep(key, phase, reading) }));
  // Who does a part of a phase cannot ask its gate.
  const asksGate = own.length === place.steps.length || reading.part.gates?.has(id) === true;
  const whole = [...said, ...(asksGate ? gate.map((key): NamedClaim => ({ key, claim: claimOfGate(id, own, reading) })) : [])];
  const bad = whole.filter(({ claim }) => !claim.holds);
  // A phase that did not end well proves nothing of itself, whichever of its steps went well.
  if (bad.length > 0) return bad;
  return phase.verdict === 'go' ? whole : whole.map(({ key }) => ({ key, claim: badEnd(id, phase, reading) }));
}

function claimOfStep(id: string, phase: PhaseState, reading: Reading): Claim {
  const step = reading.state.steps.get(id);
  if (step === undefined) return bad('cut-off', 'nothing is written down of it', reading);
  if (phase.skipped !== null) return bad(phase.skipped.reason === 'cancelled' ? 'cancelled' : 'left-out', phase.skipped.because, reading);
  switch (step.status) {
    case 'succeeded': return good(step.cells.every(({ source }) => source === 'cache') ? 'hit' : 'ran', '', reading);
    case 'failed': return step.tolerated ? good('ran', 'its failure is tolerated', reading) : bad('failed', `${id} failed${step.failure === null ? '' : `: ${step.failure.message}`}`, reading);
    // A phase that ran out of time, or of which nobody could tell whether it runs, has left the rest out.
    case 'skipped': return phase.failure !== null && step.skipped?.reason !== 'when' ? bad('failed', phase.failure.message, reading) : claimOfSkipped(id, step, reading);
    case 'cancelled': return bad('cancelled', `${id} was cancelled`, reading);
    case 'indeterminate': return bad('undecided', `${id} was cut short, and nobody knows whether it has had its effect`, reading);
    case 'open':
    case 'pending': return claimOfUnended(id, step, reading);
  }
}

function claimOfSkipped(id: string, { skipped }: StepState, reading: Reading): Claim {
  // A matrix of which no cell ran has no reason of its own.
  if (skipped === null) return bad('left-out', `no cell of ${id} ran`, reading);
  if (skipped.reason === 'ended-early') return good('ended-early', skipped.because, reading);
  if (isNeutral(skipped.reason)) return good('when', skipped.because, reading);
  return bad(skipped.reason === 'cancelled' ? 'cancelled' : 'left-out', `${id} was left out: ${skipped.because}`, reading);
}

function claimOfUnended(id: string, { status, cells }: StepState, reading: Reading): Claim {
  if (cells.some((cell) => cell.status === 'indeterminate')) return bad('undecided', `${id} was cut short, and nobody knows whether it has had its effect`, reading);
  const end = reading.state.status === 'paused' ? 'when the run paused' : 'when its job last wrote down how it stands';
  return bad('cut-off', status === 'open' ? `${id} had not ended ${end}` : `${id} had not begun ${end}`, reading);
}

function claimOfGate(phase: string, steps: readonly string[], reading: Reading): Claim {
  const { state, part } = reading;
  const said = part.gates?.get(phase);
  if (said === 'go') return good('ran', '', reading);
  if (said === 'no-go') return bad('gate', `the gate of ${phase} says NO-GO`, reading);
  const early = steps.map((id) => state.steps.get(id)?.skipped).find((skipped) => skipped?.reason === 'ended-early');
  if (state.endedEarly !== null && (early != null || steps.includes(state.endedEarly.step))) return good('ended-early', early?.because ?? state.endedEarly.message, reading);
  return bad('gate', `the gate of ${phase} did not run`, reading);
}

function badEnd(id: string, { verdict, failure, status }: PhaseState, reading: Reading): Claim {
  if (failure !== null) return bad('failed', failure.message, reading);
  if (verdict === null) return bad('cut-off', `${id} had not ended when its job last wrote down how it stands`, reading);
  return bad(status === 'cancelled' ? 'cancelled' : 'failed', `${id} ended NO-GO`, reading);
}

/** A part whose own word does not fit what it did, or that ran on what a person made up, proves nothing. */
function doubt(claims: readonly NamedClaim[], { state, isGiven }: { readonly state: RunState; readonly isGiven: boolean }): readonly NamedClaim[] {
  const spoil = (how: BadReason, because: string): readonly NamedClaim[] => claims.map(({ key, claim }) => ({ key, claim: claim.holds ? { ...claim, holds: false, how, because } : claim }));
  if (isGiven) return spoil('given', 'it ran on outputs that were given with `set` in place of those that a step made');
  if (state.verdict === 'no-go' && claims.every(({ claim }) => claim.holds)) return spoil('contradiction', 'it says NO-GO of itself, and none of its steps says why');
  return claims;
}

function good(how: GoodReason, because: string, { part }: Reading): Claim {
  return { holds: true, how, because, attempt: part.source.attempt, origin: originOf(part) };
}

function bad(how: BadReason, because: string, { part }: Reading): Claim {
  return { holds: false, how, because, attempt: part.source.attempt, origin: originOf(part) };
}

export function originOf({ source: { job, cell, label, attempt, url } }: PartEvidence): Origin {
  return { job, cell, attempt, url, ...(label === undefined ? {} : { label }) };
}
