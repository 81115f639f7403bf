// This repository's own workflow, where GitHub's services cannot be reached: the action is as good without them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPages, runAct } from './act.mjs';

export async function* playOwnGate({ repository, scratch }) {
  const { status, log } = await runAct(repository, { event: 'pull_request', workflow: '.github/workflows/pr-gate.yml', scratch, args: ['--job', 'example'] });
  const missed = [];
  const check = (what, holds) => void (holds || missed.push(what));
  const said = (what, pattern) => check(what, typeof pattern === 'string' ? log.includes(pattern) : pattern.test(log));
  check(`act ends well (it ended with ${status})`, status === 0);
  said('the output status', '::set-output:: status=succeeded');
  said('the output verdict', '::set-output:: verdict=go');
  said("the workflow's outputs", '::set-output:: outputs={"report":"out/quickstart/report.md"}');
  said('outputs reach the next step', '| status=succeeded verdict=go outputs={"report":"out/quickstart/report.md"}');
  said('a run has a name', /::set-output:: run-id=\d{8}-\d{6}-\d{3}-[0-9a-f]{4}/u);
  said('a group for a step', '::group::1.1.1 words');
  said("a step's output stands in lines of its own", /\| words\s+│ \d+/u);
  said('the failure is a failure of the job step', '| outcome=failure failed=measure.long_enough next=npx tollgate run workflows-examples/quickstart.yml');
  const line = 1 + readFileSync(join(repository, 'workflows-examples', 'quickstart.yml'), 'utf8').split('\n').findIndex((each) => each.includes('condition: words.outputs.count'));
  said('an annotation at the line of the assert', new RegExp(`::error file=workflows-examples/quickstart\\.yml,line=${line},col=\\d+,title=measure/long_enough \\(TG3106\\)::README\\.md has \\d+ words`, 'u'));
  const pages = readPages(log);
  check('two pages for the job', pages.length === 2);
  check('the page of a success begins with its verdict', pages[0]?.startsWith('## ✅ GO — quickstart succeeded') === true);
  check('the page of a failure begins with its card', pages[1]?.startsWith('> [!CAUTION]') === true && pages[1].includes('## ❌ NO-GO — quickstart failed'));
  check('both pages have the table and the picture', pages.every((page) => page.includes('| Step | Result | Time | Cached | Cost |') && page.includes('```mermaid')));
  check('post runs for both', log.split('Success - Post ./').length === 3);
  yield { what: '.github/workflows/pr-gate.yml: outputs, annotations, groups, summary and post are as they should be', log, missed };
}
