import type { Criterion } from '../../definition/language/gate-shape.js';
import type { ShellText } from '../../definition/shape/setting.js';
import type { LintFinding, LintRule, LintSubject } from '../lint-rule.js';

/** Gates and criteria that say GO whatever happened. */
export const openGate: LintRule = { name: 'open-gate', codes: ['TG4018'], find: findOpenGates };

function findOpenGates({ outline }: LintSubject): readonly LintFinding[] {
  return outline.phases.flatMap(({ phase }): readonly LintFinding[] => {
    const { gate } = phase;
    if (gate === undefined) return [];
    const never = gate.criteria.filter(cannotFail).map(describeCriterion);
    if (gate.approve !== undefined || !gate.criteria.every(isAdvisory)) return never;
    return [
      {
        code: 'TG4018',
        severity: 'warning',
        message: `the gate of '${phase.id.value}' has only advisory criteria: it says GO whatever they find`,
        span: gate.criteria[0]?.id.at ?? gate.at,
        hint: 'take advisory from at least one of them, or add an approve',
      },
      ...never,
    ];
  });
}

function isAdvisory({ advisory }: Criterion): boolean {
  return advisory?.kind === 'written' && advisory.value;
}

/** `pytest || true`: the exit code says nothing any more. */
function cannotFail({ run, check }: Criterion): boolean {
  return run !== undefined && check === undefined && /(?:\|\||;|\n)\s*(?:true|:|exit\s+0)\s*;?\s*$/u.test(textOf(run));
}

function describeCriterion({ id, run }: Criterion): LintFinding {
  return {
    code: 'TG4018',
    severity: 'warning',
    message: `criterion '${id.value}' holds whatever its command finds: it always ends with exit code 0`,
    span: run?.at ?? id.at,
    hint: 'let the exit code stand; advisory: true shows a criterion without needing it',
  };
}

function textOf({ template }: ShellText): string {
  return template.map((part) => (part.kind === 'text' ? part.text : 'x')).join('');
}
