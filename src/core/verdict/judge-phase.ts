import type { PlacedPhase } from '../definition/check/outline.js';
import type { PhasePlace } from '../run/run-plan.js';
import type { Claim, Claims, CountedClaim } from './claim.js';
import { chooseClaim, gateKey, nameOrigin } from './claim.js';
import { describePhaseProblem } from './describe-problem.js';
import type { BadReason, GoReason, JudgedPhase, NoGoReason, Origin } from './judgement.js';

export interface PhaseAsked {
  readonly placed: PlacedPhase;
  readonly place: PhasePlace;
  readonly claims: Claims;
  /** Commits whose results speak for the phase, though not for the commit that is judged. */
  readonly staleCommits: readonly string[];
  readonly commit: string;
  /** Jobs that GitHub skipped. */
  readonly skippedJobs: readonly string[];
}

/** GO when every step, and the gate where there is one, is shown to have ended well or to have had no need to run. */
export function judgePhase(asked: PhaseAsked): JudgedPhase {
  const { placed: { phase, number }, place, claims } = asked;
  const id = phase.id.value;
  const keys = [...place.steps, ...(phase.gate === undefined ? [] : [gateKey(id)])];
  const found = keys.map((key) => ({ key, chosen: chooseClaim(claims.get(key) ?? []) }));
  const said = found.flatMap(({ chosen }) => chosen ?? []);
  const bad = said.filter(isBad).sort((a, b) => order.indexOf(a.counts.how) - order.indexOf(b.counts.how));
  const lacking = found.flatMap(({ key, chosen }) => (chosen === undefined ? [key] : []));
  const [worst] = bad;
  const phaseOf = { id, number };
  if (worst !== undefined) return noGo(asked, { reason: worst.counts.how, because: worst.counts.because, from: originsOf(bad), at: worst.counts.origin });
  if (lacking.length === 0 && said.length > 0) return { ...phaseOf, verdict: 'go', ...describeGo(said.map(({ counts }) => counts)), from: originsOf(said), problem: null };
  if (said.length > 0) return noGo(asked, lacking.every((key) => key === gateKey(id)) ? { reason: 'gate', because: `the gate of ${id} did not run`, from: originsOf(said), at: null } : { reason: 'partial', because: `no part has run ${nameSteps(lacking)}`, from: originsOf(said), at: null });
  const [stale] = asked.staleCommits;
  if (stale !== undefined) return noGo(asked, { reason: 'stale', because: `its results are of commit ${shorten(stale)}, and this is ${shorten(asked.commit)}`, from: [], at: null });
  return noGo(asked, { reason: 'absent', because: 'nothing written down says how it ended', from: [], at: null });
}

/** What is told where several things are wrong: the more it says of the cause, the sooner. */
const order: readonly BadReason[] = ['failed', 'gate', 'undecided', 'contradiction', 'given', 'cancelled', 'cut-off', 'damaged', 'unreadable', 'newer', 'missing', 'left-out'];

type BadClaim = CountedClaim & { readonly counts: Claim & { readonly holds: false } };

function isBad(claim: CountedClaim): claim is BadClaim {
  return !claim.counts.holds;
}

function noGo(asked: PhaseAsked, { reason, because, from, at }: { readonly reason: NoGoReason; readonly because: string; readonly from: readonly Origin[]; readonly at: Origin | null }): JudgedPhase {
  const { placed: { phase, number }, skippedJobs } = asked;
  const id = phase.id.value;
  return { id, number, verdict: 'no-go', reason, because, from, problem: describePhaseProblem({ phase: id, reason, because, at, skippedJobs }) };
}

/** What is common to all steps has a name; where some ran, the phase ran. */
function describeGo(claims: readonly Claim[]): { readonly reason: GoReason; readonly because: string } {
  const isAll = (how: Claim['how']): boolean => claims.every((claim) => claim.how === how);
  const because = claims.find((claim) => claim.because !== '')?.because ?? '';
  if (isAll('hit')) return { reason: 'hits', because: 'every result was there before' };
  if (isAll('when')) return { reason: 'when', because };
  if (isAll('ended-early')) return { reason: 'ended-early', because };
  const some = claims.find(({ how }) => how === 'ended-early');
  return { reason: 'ran', because: some === undefined ? 'every step ended well' : some.because };
}

function originsOf(claims: readonly CountedClaim[]): readonly Origin[] {
  const found = new Map<string, Origin>();
  for (const { origins } of claims) for (const origin of origins) found.set(nameOrigin(origin), origin);
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, origin]) => origin);
}

const shown = 5;

function nameSteps(keys: readonly string[]): string {
  const names = keys.map((key) => (key.startsWith('gate ') ? 'its gate' : key));
  const rest = names.length - shown;
  return `${names.slice(0, shown).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function shorten(commit: string): string {
  return commit.slice(0, 12);
}
