import type { JudgedPhase, JudgedRun, Judgement, Origin, VerdictProblem } from '../../verdict/judgement.js';
import { escapeMarkdown, toCode } from '../run/escape-markdown.js';
import { byteLength, cutToBytes } from '../run/utf8.js';
import { describeJudgement, describeOrigin, labelVerdict, listVerdictProblems } from './verdict-words.js';

export interface VerdictPageOptions {
  /** Over GitHub's 1 MiB the whole summary is lost. */
  readonly limitBytes?: number;
}

/** What is given up, one after the other, until the rest has room: problems and phases shown. */
const limits: readonly { readonly problems: number; readonly phases: number }[] = [{ problems: 50, phases: 1000 }, { problems: 10, phases: 100 }, { problems: 3, phases: 10 }, { problems: 1, phases: 0 }];

/** The verdict as the page of its job: the answer, what keeps it from being GO, and what each phase rests on. */
export function renderVerdictPage(judgement: Judgement, { limitBytes = 1_048_574 }: VerdictPageOptions = {}): string {
  for (const most of limits) {
    const page = `${renderPage(judgement, most).join('\n\n')}\n`;
    if (byteLength(page) <= limitBytes) return page;
  }
  return cutToBytes(`${renderHeading(judgement)}\n`, limitBytes);
}

function renderHeading(judgement: Judgement): string {
  return `## ${iconOf(judgement)} ${labelVerdict(judgement)} — ${escapeMarkdown(describeJudgement(judgement))}`;
}

function renderPage(judgement: Judgement, most: { readonly problems: number; readonly phases: number }): readonly string[] {
  const problems = listVerdictProblems(judgement);
  const hidden = problems.length - most.problems;
  const { passedOver } = judgement;
  return [
    renderHeading(judgement),
    ...problems.slice(0, most.problems).map(renderProblem),
    ...(hidden > 0 ? [`… and ${hidden} more.`] : []),
    ...judgement.runs.flatMap((run) => renderRun(run, most.phases)),
    ...(passedOver.length === 0 || most.phases === 0 ? [] : [['Not counted:', '', ...passedOver.slice(0, most.phases).map(({ origin, because }) => `- ${link(origin)}: ${escapeMarkdown(because)}`)].join('\n')]),
  ];
}

function renderProblem({ what, why, next, at }: VerdictProblem): string {
  const lines = [`**&#91;BLOCKING&#93;** ${escapeMarkdown(what)}`, ...(at === null ? [] : [`at ${link(at)}`]), escapeMarkdown(why), `→ ${renderAdvice(next)}`];
  return ['> [!CAUTION]', ...lines.map((line, index) => `> ${line}${index === lines.length - 1 ? '' : '<br>'}`)].join('\n');
}

/** What stands between backticks is there to be copied. */
function renderAdvice(next: string): string {
  return next.split('`').map((part, index) => (index % 2 === 1 ? toCode(part) : part.trim() === '' ? part : keepSpaces(part))).join('');
}

function keepSpaces(part: string): string {
  const [, before = '', text = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(part) ?? [];
  return `${before}${escapeMarkdown(text)}${after}`;
}

function renderRun({ label, phases }: JudgedRun, most: number): readonly string[] {
  // What is wrong is seen first where not all can be.
  const shown = phases.length <= most ? phases : [...phases].sort((a, b) => Number(a.verdict === 'go') - Number(b.verdict === 'go')).slice(0, most);
  if (shown.length === 0) return [];
  const hidden = phases.length - shown.length;
  const table = ['| | Phase | Verdict | Why | Shown by |', '|---|---|---|---|---|', ...shown.map(renderRow)].join('\n');
  return [...(label === null ? [] : [`### ${escapeMarkdown(label)}`]), table, ...(hidden > 0 ? [`… and ${hidden} more phases.`] : [])];
}

const mostOrigins = 5;

function renderRow({ id, number, verdict, because, from }: JudgedPhase): string {
  const rest = from.length - mostOrigins;
  const origins = `${from.slice(0, mostOrigins).map(link).join('<br>')}${rest > 0 ? `<br>and ${rest} more` : ''}`;
  return `| ${iconOf({ verdict })} | ${number} ${escapeMarkdown(id)} | ${labelVerdict({ verdict })} | ${escapeMarkdown(because, 300)} | ${origins} |`;
}

function iconOf({ verdict }: Pick<Judgement, 'verdict'>): string {
  return verdict === 'go' ? '✅' : '❌';
}

/** A link only to an address that cannot be taken for anything else. */
function link(origin: Origin): string {
  const text = escapeMarkdown(describeOrigin(origin));
  return origin.url !== null && /^https:\/\/[A-Za-z0-9._~:/?#=&%-]+$/u.test(origin.url) ? `<a href="${origin.url.replaceAll('&', '&amp;')}">${text}</a>` : text;
}
