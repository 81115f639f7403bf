import { askGitForCommit } from '../adapters/github/exec-git-repository.js';
import { gatherEvidence } from '../assembly/on-github/gather-evidence.js';
import { createPaint } from '../core/report/paint.js';
import { toVerdictJson } from '../core/report/verdict/verdict-json.js';
import { renderVerdictPage } from '../core/report/verdict/verdict-page.js';
import { renderVerdict } from '../core/report/verdict/verdict-text.js';
import { listVerdictProblems } from '../core/report/verdict/verdict-words.js';
import { toWorkflowCommand } from '../core/report/workflow-command.js';
import { createRunPlan } from '../core/run/run-plan.js';
import { judgeRun } from '../core/verdict/judge-run.js';
import { readNeeds } from '../core/verdict/read-needs.js';
import type { JobHost } from '../ports/job-host.js';
import { findWorkflow } from './find-workflow.js';
import { openJobLog } from './job-log.js';
import type { JobPlace } from './job-place.js';
import { makeRoom } from './job-place.js';
import { openOnGithub, tellWarnings } from './on-github.js';
import type { ActionWish } from './read-wish.js';
import { readWish } from './read-wish.js';
import { renderRefusalPage } from './refusal-page.js';
import { showVerdict } from './show-verdict.js';

/** Every output of verdict/action.yml, in its order; a test compares the two. */
export const verdictOutputs = ['verdict', 'phases'] as const;

/** The one check to require: 0 GO · 1 NO-GO · 2 the step's inputs are wrong. */
export async function runVerdict(host: JobHost, place: JobPlace): Promise<0 | 1 | 2> {
  const log = openJobLog(host);
  const { wish, problems } = readWish(host);
  const needs = host.input('needs') === '' ? null : readNeeds(host.input('needs'));
  const wrong = problems.map(({ input, message }) => `input '${input}': ${message}`);
  if (needs?.kind === 'refused') wrong.push(`input 'needs': ${needs.because}; write \${{ toJSON(needs) }}`);
  if (place.unwritable !== undefined) wrong.push(`${place.unwritable} → ${makeRoom}`);
  const found = wrong.length > 0 ? undefined : findWorkflow(wish.workflow, place.workspace);
  if (found?.kind === 'problem') wrong.push(found.message);
  const workflow = found?.kind === 'loaded' ? found.workflow : undefined;
  if (workflow !== undefined && workflow.parsed === undefined) wrong.push(`the workflow ${workflow.source.file} has errors: run tollgate validate on it`);
  const parsed = workflow?.parsed;
  const github = parsed === undefined ? undefined : await openOnGithub(place, { wish, workflow: parsed.outline.workflow.name.value });
  if (parsed !== undefined && github === undefined) wrong.push('GITHUB_RUN_ID is not set: a verdict is given on the jobs of a run of GitHub\'s');
  if (parsed === undefined || github === undefined || wrong.length > 0) {
    for (const message of wrong) log.refuse('no verdict', message);
    return await refuse(host, wish, wrong);
  }
  try {
    const { evidence, problem } = await gatherEvidence({ services: github.services, identity: github.identity, workflow: parsed.outline.workflow.name.value, workspace: place.workspace });
    if (problem !== undefined) log.say(`Not all that the jobs have left can be seen: ${problem}`);
    const commit = (await askGitForCommit(place.workspace)) ?? place.env['GITHUB_SHA'] ?? '';
    const judgement = judgeRun({ evidence, needs: needs?.kind === 'read' ? needs.needs : null }, { parsed, plan: createRunPlan(parsed), commit });
    log.say(renderVerdict(judgement, { paint: createPaint(false) }));
    for (const { what, why, next } of listVerdictProblems(judgement).slice(0, 10)) log.command(toWorkflowCommand('error', [what, why, `→ ${next}`].join('\n'), { title: 'NO-GO', file: workflow?.source.file ?? '' }));
    if (problem !== undefined) log.command(toWorkflowCommand('warning', problem, { title: 'verdict' }));
    host.setOutput('verdict', judgement.verdict);
    host.setOutput('phases', JSON.stringify(toVerdictJson(judgement).runs));
    if (wish.summary) await host.appendSummary(renderVerdictPage(judgement));
    await showVerdict(judgement, { github, place, wish, file: workflow?.source.file ?? '', say: log.say });
    return judgement.verdict === 'go' ? 0 : 1;
  } finally {
    await github.services.transfers.close();
    tellWarnings(github, log);
  }
}

async function refuse(host: JobHost, { summary }: ActionWish, reasons: readonly string[]): Promise<2> {
  host.setOutput('verdict', 'no-go');
  host.setOutput('phases', '[]');
  if (summary) await host.appendSummary(renderRefusalPage(reasons));
  return 2;
}
