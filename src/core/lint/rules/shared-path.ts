import type { LintFinding, LintRule, LintSubject } from '../lint-rule.js';

/** Ordered writers of one path: what lies there depends on which of them was a hit. */
export const sharedPath: LintRule = { name: 'shared-path', codes: ['TG4008'], find: findSharedPathWriters };

function findSharedPathWriters({ sharedPaths }: LintSubject): readonly LintFinding[] {
  return sharedPaths.flatMap(({ path, first, second, ordered }): LintFinding[] => {
    if (!ordered) return [];
    const [a, b] = [first.step.step.id.value, second.step.step.id.value];
    return [
      {
        code: 'TG4008',
        severity: 'warning',
        message: `'${b}' writes ${path}, which '${a}' has written before`,
        span: second.path.at,
        hint: `a command finds there what was written last, and a result of '${a}' is not put back once '${b}' has run: write to another path`,
        related: [{ message: `'${a}' writes it here`, span: first.path.at }],
        step: second.step,
      },
    ];
  });
}
