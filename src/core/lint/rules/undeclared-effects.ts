import type { Fix } from '../../diagnostic/diagnostic.js';
import { addStepField } from '../add-step-field.js';
import type { LintedStep } from '../linted-step.js';
import type { LintFinding, LintRule, LintSubject } from '../lint-rule.js';
import type { EffectiveCall } from './effective-call.js';
import { findEffectiveCall } from './effective-call.js';
import { countAttempts } from './retried-effects.js';

/** Steps that change the world and do not say how. */
export const undeclaredEffects: LintRule = { name: 'undeclared-effects', codes: ['TG4002'], find: findUndeclaredEffects };

function findUndeclaredEffects(subject: LintSubject): readonly LintFinding[] {
  return subject.steps.flatMap((step): LintFinding[] => {
    if (step.placed.step.effects !== undefined) return [];
    const call = findEffectiveCall(step);
    if (call === undefined || (call.nature === 'once' && countAttempts(step, subject) > 1)) return [];
    const fix = proposeEffects(step, call, subject);
    return [
      {
        code: 'TG4002',
        severity: 'warning',
        message: step.cached
          ? `'${step.id}' is cached and calls ${call.by}: on a hit it would not happen`
          : `'${step.id}' calls ${call.by} and does not say what it does to the world`,
        span: call.span,
        hint: describeWay(step, call),
        step: step.placed,
        ...(fix === undefined ? {} : { fix }),
      },
    ];
  });
}

function describeWay(step: LintedStep, call: EffectiveCall): string {
  if (step.cached) return 'leave out the cache; only where a hit may stand for it, say so with effects: idempotent';
  return call.nature === 'once'
    ? 'write effects: once, so that a resumed run never does it twice; effects: idempotent if doing it again changes nothing'
    : 'write effects: idempotent if doing it again changes nothing, as it is taken to be; effects: once if it must not be repeated';
}

/** `idempotent` is what an uncached step has anyway: writing it down changes nothing. */
function proposeEffects(step: LintedStep, call: EffectiveCall, { source }: LintSubject): Fix | undefined {
  if (step.cached) return undefined;
  const field = `effects: ${call.nature}`;
  const edit = addStepField(source, step.placed.step, field);
  return edit && { title: `Add ${field} to '${step.id}'`, safe: call.nature === 'idempotent', edits: [edit] };
}
