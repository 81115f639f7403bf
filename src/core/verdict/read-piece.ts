import type { Claim } from './claim.js';
import { gateKey } from './claim.js';
import type { Judged, NamedClaim } from './claims-of-part.js';
import { originOf, readPart } from './claims-of-part.js';
import type { Evidence, LostEvidence, PlannedEvidence } from './evidence.js';
import type { Origin, PassedOver } from './judgement.js';

/** A piece of evidence in the one form in which all are weighed. */
export interface Piece {
  readonly kind: Evidence['kind'];
  readonly runId: string | null;
  readonly commit: string | null;
  readonly origin: Origin;
  readonly claims: readonly NamedClaim[];
  /** It is of the workflow and the commit that are judged. */
  readonly isFresh: boolean;
  readonly passedOver: PassedOver | null;
}

/** Weighs what is there against what is judged. */
export function readPiece(evidence: Evidence, judged: Judged): Piece {
  switch (evidence.kind) {
    case 'plan': return evidence.plan.workflow === judged.parsed.outline.workflow.name.value ? place(readPlanned(evidence, judged), judged) : passOver(readPlanned(evidence, judged), evidence.plan.workflow);
    case 'lost': return place(readLost(evidence, judged), judged);
    case 'part': {
      const { source } = evidence;
      const read = readPart(evidence, judged);
      const piece = { kind: 'part', runId: source.runId, commit: source.commit, origin: originOf(evidence), claims: [] } as const;
      if (read.kind === 'foreign') return passOver(piece, read.workflow);
      if (read.kind === 'unreadable') return place(readLost({ ...source, kind: 'lost', of: 'part', reason: 'unreadable', because: read.because, phases: null }, judged), judged);
      return place({ ...piece, commit: read.commit, claims: read.claims }, judged);
    }
  }
}

type Placeable = Omit<Piece, 'isFresh' | 'passedOver'>;

function passOver(piece: Placeable, workflow: string): Piece {
  return { ...piece, isFresh: false, passedOver: { origin: piece.origin, reason: 'foreign', because: `it is of the workflow ${workflow}` } };
}

/** Of a part that cannot be read the commit may be unknown: it may well be this one. */
function place(piece: Placeable, { commit }: Judged): Piece {
  const isFresh = piece.commit === commit || (piece.kind === 'lost' && piece.commit === null);
  return { ...piece, isFresh, passedOver: isFresh ? null : { origin: piece.origin, reason: 'stale', because: piece.commit === null ? 'it does not say of which commit it is' : `it is of commit ${piece.commit.slice(0, 12)}` } };
}

/** A phase's gate is not among what `plan` can find done. */
function readPlanned({ plan: evidence, job, url }: PlannedEvidence, { plan }: Judged): Placeable {
  const origin: Origin = { job, cell: null, attempt: evidence.attempt, url };
  const claims = evidence.phases.flatMap(({ id, keys }) => {
    const own = new Set(plan.phases.get(id)?.steps);
    return keys.filter(({ step }) => own.has(step)).map(({ step, because }): NamedClaim => ({
      key: step,
      claim: { holds: true, how: because === null ? 'hit' : 'when', because: because ?? '', attempt: evidence.attempt, origin },
    }));
  });
  return { kind: 'plan', runId: evidence.runId, commit: evidence.commit, origin, claims };
}

/** It may say of each step that it failed. */
function readLost({ of, reason, because, job, cell, label, attempt, runId, commit, url, phases }: LostEvidence, { plan }: Judged): Placeable {
  const origin: Origin = { job, cell, attempt, url, ...(label === undefined ? {} : { label }) };
  const claim: Claim = { holds: false, how: reason, because: `what ${job === null ? 'a job' : `job ${job}`} has left is ${words[reason]}: ${because}`, attempt: attempt ?? Number.MAX_SAFE_INTEGER, origin };
  const concerned = of === 'plan' ? [] : [...plan.phases].filter(([id]) => phases?.includes(id) ?? true);
  return { kind: 'lost', runId, commit, origin, claims: concerned.flatMap(([id, { steps }]) => [...steps, gateKey(id)].map((key) => ({ key, claim }))) };
}

const words: Readonly<Record<LostEvidence['reason'], string>> = { missing: 'missing', unreadable: 'unreadable', damaged: 'damaged', newer: 'of a newer Tollgate' };
