import type { Claim, Claims } from './claim.js';
import { compareTexts, nameOrigin } from './claim.js';
import type { Judged } from './claims-of-part.js';
import { describeJobProblem } from './describe-problem.js';
import type { Evidence } from './evidence.js';
import { judgePhase } from './judge-phase.js';
import type { JudgedRun, Judgement, PassedOver, VerdictProblem } from './judgement.js';
import type { Needs } from './read-needs.js';
import type { Piece } from './read-piece.js';
import { readPiece } from './read-piece.js';

export interface GivenEvidence {
  readonly evidence: readonly Evidence[];
  /** How the jobs ended, where GitHub says so. */
  readonly needs: Needs | null;
  /** Runs that are known to have begun: each has to be GO, whether it has left something or not. */
  readonly runs?: readonly string[];
}

/**
 * Whether a commit is GO by what the jobs of its workflow have left.
 *
 * 1. Without evidence there is no GO: every step of every phase, and every gate, is shown to hold by somebody.
 * 2. The later attempt counts; of two parts of one attempt the one that says NO-GO.
 * 3. Results of another commit or workflow count for nothing.
 * 4. What is there and cannot be read counts as NO-GO for all that it may speak of, until a later attempt of its job speaks.
 * 5. In which order the evidence comes changes nothing.
 */
export function judgeRun({ evidence, needs, runs = [] }: GivenEvidence, judged: Judged): Judgement {
  const pieces = evidence.map((each) => readPiece(each, judged));
  const fresh = pieces.filter((piece) => piece.isFresh);
  const { counted, superseded } = dropSuperseded(fresh);
  const ids = [...new Set([...runs, ...counted.flatMap(({ runId }) => runId ?? [])])].sort(compareTexts);
  const skippedJobs = [...(needs ?? [])].flatMap(([job, result]) => (result === 'skipped' ? [job] : [])).sort(compareTexts);
  const judgedRuns = (ids.length === 0 ? [''] : ids).map((runId): JudgedRun => {
    const own = counted.filter((piece) => piece.runId === null || piece.runId === runId);
    const staleOf = (phase: string): readonly string[] => pieces.flatMap((piece) => (!piece.isFresh && piece.passedOver?.reason === 'stale' && speaksWellOf(piece, phase, judged) ? [piece.commit ?? 'unknown'] : [])).sort(compareTexts);
    const claims = gatherClaims(own);
    const phases = [...judged.plan.phases].flatMap(([id, place]) => {
      const placed = judged.parsed.outline.phases[place.index];
      return placed === undefined ? [] : [judgePhase({ placed, place, claims, staleCommits: staleOf(id), commit: judged.commit, skippedJobs })];
    });
    return { runId, label: ids.length > 1 ? labelOf(own) : null, verdict: phases.length > 0 && phases.every(({ verdict }) => verdict === 'go') ? 'go' : 'no-go', phases };
  });
  const jobs = judgeJobs(needs, fresh, judgedRuns);
  return {
    verdict: jobs.length === 0 && judgedRuns.every(({ verdict }) => verdict === 'go') ? 'go' : 'no-go',
    workflow: judged.parsed.outline.workflow.name.value,
    commit: judged.commit,
    runs: judgedRuns,
    jobs,
    passedOver: [...pieces.flatMap(({ passedOver }) => passedOver ?? []), ...superseded].sort((a, b) => compareTexts(describePassedOver(a), describePassedOver(b))),
  };
}

/** A job that went on in a later attempt has taken up what it had left before. */
function dropSuperseded(pieces: readonly Piece[]): { readonly counted: readonly Piece[]; readonly superseded: readonly PassedOver[] } {
  const goesOn = (lost: Piece, { kind, runId, origin }: Piece): boolean =>
    kind === 'part' && origin.job === lost.origin.job && origin.cell === lost.origin.cell && (lost.runId === null || runId === lost.runId) && (origin.attempt ?? 0) > (lost.origin.attempt ?? Number.MAX_SAFE_INTEGER);
  const isSuperseded = (piece: Piece): boolean => piece.kind === 'lost' && pieces.some((other) => goesOn(piece, other));
  return {
    counted: pieces.filter((piece) => !isSuperseded(piece)),
    superseded: pieces.filter(isSuperseded).map(({ origin }) => ({ origin, reason: 'superseded', because: 'a later attempt of its job can be read' })),
  };
}

function gatherClaims(pieces: readonly Piece[]): Claims {
  const claims = new Map<string, Claim[]>();
  for (const piece of pieces) {
    for (const { key, claim } of piece.claims) {
      const list = claims.get(key);
      if (list === undefined) claims.set(key, [claim]);
      else list.push(claim);
    }
  }
  return claims;
}

function speaksWellOf({ claims }: Piece, phase: string, { plan }: Judged): boolean {
  const steps = new Set(plan.phases.get(phase)?.steps);
  return claims.some(({ key, claim }) => claim.holds && steps.has(key));
}

/** What all of its parts have in common tells one run of a matrix from the others. */
function labelOf(pieces: readonly Piece[]): string | null {
  const cells = new Set(pieces.filter(({ kind }) => kind === 'part').map(({ origin: { cell, label, job } }) => (label === undefined ? cell : (label ?? job))));
  const [only] = cells;
  return cells.size === 1 ? (only ?? null) : null;
}

/** A skipped job is explained by what it left before, by what `plan` found done, and by a phase that need not run for a reason that is written down. */
function judgeJobs(needs: Needs | null, fresh: readonly Piece[], runs: readonly JudgedRun[]): readonly VerdictProblem[] {
  const isExplained = runs.some(({ phases }) => phases.some(({ reason }) => reason === 'when' || reason === 'ended-early'))
    || fresh.some(({ kind, claims }) => claims.some(({ claim }) => claim.holds && (kind === 'plan' || claim.how === 'ended-early')));
  const hasSpoken = new Set(fresh.filter(({ kind }) => kind === 'part').map(({ origin }) => origin.job));
  return [...(needs ?? [])].sort(([a], [b]) => compareTexts(a, b)).flatMap(([job, result]) => {
    if (result === 'success' || (result === 'skipped' && (isExplained || hasSpoken.has(job)))) return [];
    return [describeJobProblem(job, result)];
  });
}

function describePassedOver({ origin, reason, because }: PassedOver): string {
  return `${nameOrigin(origin)} ${reason} ${because}`;
}
