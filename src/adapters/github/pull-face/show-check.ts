import { toCheckRun } from '../../../core/report/pull/check-run.js';
import { oneLine } from '../../../core/report/run/run-words.js';
import { escapeHidden } from '../../../core/report/visible-text.js';
import type { FaceEnd } from './face.js';
import { explainNotDone } from './face.js';
import type { RunShowing } from './run-showing.js';

/** The check of this job's attempt at a commit; told a second time, it is brought up to date. */
export async function showCheck({ api, context, summary, findings = [], calledAs }: RunShowing, headSha: string): Promise<FaceEnd> {
  const { runId, attempt, job, part, label, runUrl } = context;
  const wish = {
    ...toCheckRun(summary, { findings, ...(calledAs === undefined ? {} : { calledAs }) }),
    name: nameCheck(summary, label),
    headSha,
    externalId: JSON.stringify(['tollgate', runId, attempt, job, part, summary.file]),
    ...(runUrl === null ? {} : { detailsUrl: runUrl }),
  };
  const known = await api.findCheck(wish);
  if (known.kind !== 'done') return explainNotDone(known, `commit ${headSha.slice(0, 12)} is not in this repository`);
  const answer = known.value === undefined ? await api.createCheck(wish) : await api.updateCheck(known.value.id, wish);
  if (answer.kind !== 'done') return explainNotDone(answer, `commit ${headSha.slice(0, 12)} is not in this repository`);
  return answer.value.left === 0 ? { kind: 'shown' } : { kind: 'shown', note: `GitHub took the check run without ${answer.value.left} of its annotations; the job summary has them all.` };
}

/** It can be required by its name, which stays the same from run to run. A run of some of the steps never stands under the name of the whole: GitHub lets a neutral check pass. */
function nameCheck({ workflow, partial }: RunShowing['summary'], label: string): string {
  const told = [...(label === '' ? [] : [label]), ...partial.map((words) => words.replace(/^--/u, ''))];
  return escapeHidden(oneLine(`tollgate: ${workflow}${told.length === 0 ? '' : ` (${told.join(', ')})`}`));
}
