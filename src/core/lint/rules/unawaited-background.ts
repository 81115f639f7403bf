import type { LintedStep } from '../linted-step.js';
import type { LintFinding, LintRule, LintSubject } from '../lint-rule.js';

/** Background steps that count as done the moment they start. */
export const unawaitedBackground: LintRule = { name: 'unawaited-background', codes: ['TG4016'], find: findUnawaited };

function findUnawaited({ steps, outline }: LintSubject): readonly LintFinding[] {
  return steps.flatMap((step, index): LintFinding[] => {
    const { background, id } = step.placed.step;
    if (background === undefined || !isUnready(background)) return [];
    const later = steps.slice(index + 1);
    const used = later.length > 0 || outline.phases.some(({ phase }) => phase.gate !== undefined);
    if (!used || later.some(waits)) return [];
    return [
      {
        code: 'TG4016',
        severity: 'warning',
        message: `'${id.value}' counts as ready as soon as it has started: what comes next may find nobody listening`,
        span: id.at,
        hint: 'say how to see that it is ready: background: { ready: { url: "http://localhost:3000" } }, or run: or log: in place of url:',
        step: step.placed,
      },
    ];
  });
}

function isUnready(background: NonNullable<LintedStep['placed']['step']['background']>): boolean {
  return 'kind' in background ? background.kind === 'written' && background.value : background.ready === undefined;
}

/** A step that waits for an answer of its own. */
function waits({ placed: { step }, command }: LintedStep): boolean {
  if (step.type === 'wait' && step.own['url'] !== undefined) return true;
  if (command === undefined) return false;
  const words = command.text.template.map((part) => (part.kind === 'text' ? part.text : '')).join('');
  return command.calls.some(({ program }) => /^(?:wait-on|wait-for|wait-for-it|dockerize|pg_isready)(?:\.sh)?$/u.test(program)) || /\b(?:until|while\s+!)\s|--retry-(?:connrefused|all-errors)/u.test(words);
}
