import type { JudgedPhase, Judgement, VerdictProblem } from '../../verdict/judgement.js';
import type { Paint } from '../paint.js';
import { oneLine } from '../run/run-words.js';
import { escapeHidden, widthOf } from '../visible-text.js';
import { describeJudgement, describeOrigin, describeOrigins, labelVerdict, listVerdictProblems } from './verdict-words.js';

/** The verdict for a log or a terminal: what is wrong first, then each phase, last the answer. */
export function renderVerdict(judgement: Judgement, { paint }: { readonly paint: Paint }): string {
  const problems = listVerdictProblems(judgement).map((problem) => renderProblem(problem, paint).join('\n'));
  const runs = judgement.runs.map(({ label, phases }) => [...(label === null ? [] : [paint.strong(escapeHidden(label))]), ...renderPhases(phases, paint)].join('\n'));
  const passedOver = judgement.passedOver.map(({ origin, because }) => paint.faint(`not counted: ${escapeHidden(oneLine(`${describeOrigin(origin)}: ${because}`))}`)).join('\n');
  const tone = judgement.verdict === 'go' ? paint.good : paint.blocking;
  const answer = `${tone(paint.strong(labelVerdict(judgement)))}  ${escapeHidden(describeJudgement(judgement))}`;
  return `${[...problems, ...runs, ...(passedOver === '' ? [] : [passedOver]), answer].join('\n\n')}\n`;
}

function renderProblem({ what, why, next, at }: VerdictProblem, paint: Paint): readonly string[] {
  const show = (text: string): string => escapeHidden(oneLine(text));
  const place = at === null ? [] : [`  at ${show(describeOrigin(at))}${at.url === null ? '' : `: ${show(at.url)}`}`];
  return [`${paint.blocking(paint.strong('[BLOCKING]'))} ${show(what)}`, ...place, `  ${show(why)}`, `  ${paint.good('→')} ${show(next)}`];
}

function renderPhases(phases: readonly JudgedPhase[], paint: Paint): readonly string[] {
  const width = Math.max(0, ...phases.map(({ id }) => widthOf(id)));
  return phases.map((phase) => {
    const tone = phase.verdict === 'go' ? paint.good : paint.blocking;
    const from = phase.from.length === 0 ? '' : `  ${paint.faint(escapeHidden(describeOrigins(phase.from)))}`;
    return `${String(phase.number).padStart(3)}  ${phase.id.padEnd(width)}  ${tone(labelVerdict(phase).padEnd(5))}  ${escapeHidden(oneLine(phase.because))}${from}`;
  });
}
