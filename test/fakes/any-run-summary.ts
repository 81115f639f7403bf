import fc from 'fast-check';
import type { PartStatus, RunSummary, StepSummary } from '../../src/core/report/run-summary.js';
import { makeCellSummary, makeFailedRun, makeFailure, makePhaseSummary, makeRunSummary, makeStepSummary } from './run-summary.js';

/** Text that tries everything to be more than text. */
export const hostileText = '</code></details><img src=x onerror=alert(1)>\n\n# heading\n```\n|a|b|\n@team @org/team #12 [x](javascript:y) <!-- --> <details> `tick` http://evil.com www.evil.com a@b.c \u202e\u001b[31m\u0000';

/** A run in which every text is one. */
export function hostileRun(): RunSummary {
  const text = hostileText;
  const failure = makeFailure({ message: text, file: text, hints: [text, `Run: ${text}`], code: text });
  const cell = makeCellSummary(text, { status: 'failed', failure, tail: [text] });
  const steps = [
    makeStepSummary('1.1', text, { name: text, status: 'failed', failure, tail: text.split('\n'), because: text, log: text, recovery: [text], warnings: [{ ...failure, severity: 'warning' }] }),
    makeStepSummary('1.2', text, { status: 'failed', cells: [cell] }),
  ];
  return makeFailedRun({ workflow: text, runId: text, actor: text, commit: text, partial: [text], outputs: { [text]: text }, nextSteps: text, nextCommand: text, file: text, phases: [makePhaseSummary(1, text, { name: text, because: text, status: 'failed', steps, failure })], messages: [failure] });
}

const status = fc.constantFrom<PartStatus[]>('pending', 'running', 'succeeded', 'failed', 'skipped', 'cancelled', 'indeterminate');
const text = fc.oneof(fc.string({ unit: fc.constantFrom('`', '```', '\n', '|', '<', '@', '~~~', 'é', '😀', '\ud800', '<!--', '<details>', 'a', ' ', '  '), maxLength: 80 }), fc.constant(hostileText));
const failure = fc.option(fc.record({ message: text, code: text, hints: fc.array(text, { maxLength: 2 }), tolerated: fc.boolean(), file: fc.option(text), line: fc.option(fc.nat(50)), column: fc.option(fc.nat(50)) }).map((part) => makeFailure(part)));
const step = fc.record({ id: text, status, name: fc.option(text), because: fc.option(text), failure, tail: fc.array(text, { maxLength: 3 }), attempts: fc.nat(3), recovery: fc.array(text, { maxLength: 1 }) });
const facts = fc.record({ workflow: text, status: fc.constantFrom<RunSummary['status'][]>('succeeded', 'failed', 'cancelled', 'paused', 'running'), verdict: fc.constantFrom<RunSummary['verdict'][]>('go', 'no-go', null), partial: fc.array(text, { maxLength: 2 }), failure, nextCommand: fc.option(text), file: fc.oneof(fc.constant('.github/tollgate/release.yml'), text) });
/** The steps over and over: large runs are described in few words. */
const size = fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 5 }), times: fc.constantFrom(1, 1, 3, 50, 300), phases: fc.constantFrom(1, 1, 2, 60), tail: fc.constantFrom(0, 0, 2_000_000) });

/** Runs of every kind, whatever their texts hold. */
export const anyRunSummary: fc.Arbitrary<RunSummary> = fc.tuple(facts, size).map(([part, { steps, times, phases, tail }]) => {
  const all = Array.from({ length: times }, () => steps).flat();
  const make = (each: Partial<StepSummary>, index: number): StepSummary => makeStepSummary(`1.${index + 1}`, each.id ?? '', index === 0 && tail > 0 ? { ...each, tail: ['`'.repeat(tail)] } : each);
  return makeRunSummary({ ...part, phases: Array.from({ length: phases }, (_, phase) => makePhaseSummary(phase + 1, `p${phase}`, { steps: phase === 0 ? all.map(make) : [] })) });
});
