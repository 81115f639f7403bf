import type { RunProgress } from '../run-event.js';
import type { EarlierRun } from './earlier-run.js';

/** What a person says of steps of which nobody knows whether they had their effect. */
export interface SaidOfSteps {
  readonly markDone: readonly string[];
  readonly rerun: readonly string[];
  readonly reason: string | undefined;
  readonly by: string | null;
}

export type Decisions =
  | { readonly kind: 'decided'; readonly decisions: readonly RunProgress[] }
  /** Nothing has to be decided of this step. */
  | { readonly kind: 'not-asked'; readonly said: 'mark-done' | 'rerun'; readonly step: string; readonly asked: readonly string[] }
  | { readonly kind: 'no-reason'; readonly step: string };

export function readDecisions({ undecided }: EarlierRun, { markDone, rerun, reason, by }: SaidOfSteps): Decisions {
  const asked = [...new Set(undecided.map(({ step }) => step))];
  const said = [...markDone.map((step) => ({ step, decision: 'mark-done' as const })), ...rerun.map((step) => ({ step, decision: 'rerun' as const }))];
  const stray = said.find(({ step }) => !asked.includes(step));
  if (stray !== undefined) return { kind: 'not-asked', said: stray.decision, step: stray.step, asked };
  const [unfounded] = reason === undefined ? markDone : [];
  if (unfounded !== undefined) return { kind: 'no-reason', step: unfounded };
  return { kind: 'decided', decisions: said.map(({ step, decision }) => ({ kind: 'step-decided', step, decision, reason: reason ?? null, by })) };
}
