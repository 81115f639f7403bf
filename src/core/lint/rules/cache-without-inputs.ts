import type { LintedStep } from '../linted-step.js';
import type { LintFinding, LintRule, LintSubject } from '../lint-rule.js';
import { addStepField } from '../add-step-field.js';
import { proposeInputs } from './propose-inputs.js';

/** `cache` with neither inputs nor a key: every file of the workspace counts. */
export const cacheWithoutInputs: LintRule = { name: 'cache-without-inputs', codes: ['TG4006'], find: findCacheWithoutInputs };

function findCacheWithoutInputs(subject: LintSubject): readonly LintFinding[] {
  return subject.steps.flatMap((step): LintFinding[] => {
    if (!step.cached || limitsKey(step)) return [];
    const proposed = proposeInputs(step, subject);
    const field = `inputs: [${proposed.map((path) => JSON.stringify(path)).join(', ')}]`;
    const edit = proposed.length === 0 ? undefined : addStepField(subject.source, step.placed.step, field);
    return [
      {
        code: 'TG4006',
        severity: 'warning',
        message: `'${step.id}' is cached without inputs: a change to any file of the workspace makes it run`,
        span: step.placed.step.id.at,
        hint: proposed.length === 0 ? 'list what it depends on: inputs: ["src/**"]' : `list what it depends on; its command names ${proposed.join(', ')}: ${field}`,
        step: step.placed,
        ...(edit === undefined ? {} : { fix: { title: `Add ${field} to '${step.id}'`, safe: false, edits: [edit] } }),
      },
    ];
  });
}

function limitsKey({ placed: { step } }: LintedStep): boolean {
  const settings = step.cache !== undefined && !('kind' in step.cache) ? step.cache : undefined;
  return step.inputs !== undefined || step.cache_key !== undefined || settings?.inputs !== undefined || settings?.key !== undefined;
}
