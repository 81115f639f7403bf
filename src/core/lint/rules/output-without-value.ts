import type { LintFinding, LintRule, LintSubject } from '../lint-rule.js';

/** Outputs of the workflow that are declared and never get a value. */
export const outputWithoutValue: LintRule = { name: 'output-without-value', codes: ['TG4012'], find: findOutputsWithoutValue };

function findOutputsWithoutValue({ outline }: LintSubject): readonly LintFinding[] {
  return (outline.workflow.outputs ?? []).flatMap(({ name, nameAt, value }): LintFinding[] => {
    if (value.value !== undefined) return [];
    const makers = outline.steps.filter(({ step }) => step.outputs?.some((output) => output.name === name) ?? false);
    const [only] = makers;
    const from = makers.length === 1 && only !== undefined ? `steps.${only.step.id.value}.outputs.${name}` : 'steps.….outputs.…';
    return [
      {
        code: 'TG4012',
        severity: 'warning',
        message: `the output '${name}' has no value: it is always null`,
        span: nameAt,
        hint: `say where it comes from: value: "{{ ${from} }}"`,
      },
    ];
  });
}
