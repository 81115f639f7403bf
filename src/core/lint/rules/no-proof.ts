import type { LintFinding, LintRule, LintSubject } from '../lint-rule.js';

/** A workflow in which nothing has to be true. */
export const noProof: LintRule = { name: 'no-proof', codes: ['TG4001'], find: findNoProof };

function findNoProof({ outline }: LintSubject): readonly LintFinding[] {
  const asserts = outline.steps.some(({ step }) => step.type === 'assert');
  if (asserts || outline.phases.some(({ phase }) => phase.gate !== undefined)) return [];
  return [
    {
      code: 'TG4001',
      severity: 'warning',
      message: 'nothing in this workflow has to be true: it has neither an assert nor a gate',
      span: outline.workflow.name.at,
      hint: 'say what proves the result: a gate with criteria at the end of a phase, or a step of type assert',
    },
  ];
}
