import { addStepField } from '../add-step-field.js';
import type { LintedStep } from '../linted-step.js';
import type { LintFinding, LintRule, LintSubject } from '../lint-rule.js';
import { findEffectiveCall } from './effective-call.js';

/** Steps that are tried again though what they do happens again with each attempt. */
export const retriedEffects: LintRule = { name: 'retried-effects', codes: ['TG4015'], find: findRetriedEffects };

function findRetriedEffects(subject: LintSubject): readonly LintFinding[] {
  return subject.steps.flatMap((step): LintFinding[] => {
    const attempts = countAttempts(step, subject);
    if (attempts <= 1 || step.placed.step.effects !== undefined) return [];
    const call = findEffectiveCall(step);
    if (call?.nature !== 'once') return [];
    const own = step.placed.step.retry !== undefined;
    const edit = own ? undefined : addStepField(subject.source, step.placed.step, 'effects: once');
    return [
      {
        code: 'TG4015',
        severity: 'warning',
        message: `'${step.id}' is tried up to ${attempts} times${own ? '' : ' (by defaults)'} and calls ${call.by}, which happens again each time`,
        span: call.span,
        hint: own
          ? 'remove the retry and write effects: once; or effects: idempotent if doing it again changes nothing'
          : 'write effects: once, to which the retry of defaults does not apply; or effects: idempotent if doing it again changes nothing',
        step: step.placed,
        ...(edit === undefined || step.cached ? {} : { fix: { title: `Add effects: once to '${step.id}'`, safe: false, edits: [edit] } }),
      },
    ];
  });
}

export function countAttempts(step: LintedStep, { outline }: LintSubject): number {
  const attempts = (step.placed.step.retry ?? outline.workflow.defaults?.retry)?.attempts;
  return attempts?.kind === 'written' ? attempts.value : 1;
}
