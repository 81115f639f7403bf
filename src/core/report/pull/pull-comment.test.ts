import fc from 'fast-check';
import { makeFailedRun, makeFailure, makePhaseSummary, makeRunSummary, makeStepSummary, makeSucceededRun } from '../../../../test/fakes/run-summary.js';
import { anyRunSummary, hostileRun, hostileText } from '../../../../test/fakes/any-run-summary.js';
import type { RunSummary } from '../run-summary.js';
import type { PullCommentOptions } from './pull-comment.js';
import { renderPullComment } from './pull-comment.js';

const options: PullCommentOptions = {
  place: { githubWorkflow: 'octo-org/example/.github/workflows/ci.yml', job: 'build', part: '', file: 'release.yml' },
  stamp: { runId: 7, attempt: 2 },
  runUrl: 'https://github.com/octo-org/example/actions/runs/7',
};
const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');

test('a run that failed: the verdict, what failed, what to type, the phases; the rest is folded in', () => {
  expect(renderPullComment(makeFailedRun(), options)).toBe(`<!-- tollgate:baa5e6e2bb1ffd8ea51e9b1380f0a3f6 -->
<!-- tollgate run 7.2 -->
## ❌ NO-GO — release failed after 42.3 s at build/authorizer

> [!CAUTION]
> **&#91;BLOCKING&#93;** build/authorizer: lambda zip not found at build/authorizer.zip (TG3102)<br>
> at <code>.github/tollgate/release.yml:41:7</code><br>
> → Run: <code>cd lambdas/authorizer &#38;&#38; bash build.sh</code><br>
> → Or: <code>tollgate run release --skip build.authorizer</code>

The last lines of build/authorizer (all of it: <code>.tollgate/runs/20260301-101500-4f2a/logs/authorizer.log</code>):

\`\`\`text
$ zip -r authorizer.zip dist
zip error: Nothing to do! (try: zip -r authorizer.zip . -i dist)
 100%
\`\`\`

**Run next:**

\`\`\`sh
tollgate run release --from authorizer
\`\`\`

| | Phase | Result | Time | Cached | Cost |
|---|---|---|--:|---|--:|
| ✅ | 1 prepare | GO (3 steps, 1 failed and tolerated) | 3.1 s | 1 of 3 | $0.31 |
| ❌ | 2 build | NO-GO (2 steps, 1 failed) | 39.0 s |  |  |
| – | 3 deploy | skipped: build is NO-GO (1 step) |  |  |  |
|  | finally | 1 step |  |  |  |

<details><summary>7 steps, 1 cached</summary>

### ✅ 1 prepare — GO, 3.1 s, $0.31

| | Step | Result | Time | Cached | Cost |
|---|---|---|--:|---|--:|
| ✅ | 1.1 install | succeeded | 84 ms | yes |  |
| ✅ | 1.2 review | succeeded | 3.0 s |  | $0.31 |
| ⚠️ | 1.3 spelling | failed, tolerated | 3.0 s |  |  |

### ❌ 2 build — NO-GO, 39.0 s

| | Step | Result | Time | Cached | Cost |
|---|---|---|--:|---|--:|
| ❌ | 2.1 authorizer | failed (3 attempts) | 38.9 s |  |  |
| – | 2.2 package | skipped: authorizer did not succeed |  |  |  |

### – 3 deploy — skipped: build is NO-GO

1 step, none of them started.

### finally

| | Step | Result | Time | Cached | Cost |
|---|---|---|--:|---|--:|
| ✅ | tidy | succeeded | 210 ms |  |  |

</details>

<details><summary>1 warning or note</summary>

- **&#91;WARNING&#93;** prepare/spelling: the command ended with exit code 2 (TG3101)<br>
  at <code>.github/tollgate/release.yml:22:7</code><br>
  → Run: <code>npm run spell</code>

</details>

Run <code>20260301-101500-4f2a</code> · 1 of 7 steps cached · <span>$</span>0.31 · commit <code>0123456789ab</code> · by mona · <a href="https://github.com/octo-org/example/actions/runs/7">The job summary</a> has all of it.
`);
});

test('a run that succeeded is short: a verdict and a table to be seen', () => {
  const text = renderPullComment(makeSucceededRun(), options);
  expect(text.slice(0, text.indexOf('<details>'))).toMatch(/\n## ✅ GO — release succeeded in 42.3 s\n\n\| \| Phase .*\n.*\n\| ✅ \| 1 prepare \| GO \(2 steps\) \| 3\.1 s \| 1 of 2 \| {2}\|\n\| ✅ \| 2 test \| GO \(2 steps\) \| 39\.0 s \| {2}\| {2}\|\n\n$/u);
});

test('the marker is that of the place, whatever the run', () => {
  const markerOf = (run: RunSummary, part: Partial<PullCommentOptions['place']> = {}): string => renderPullComment(run, { ...options, stamp: { runId: 99, attempt: 1 }, place: { ...options.place, ...part } }).split('\n')[0] ?? '';
  const own = markerOf(makeFailedRun());
  expect(markerOf(makeSucceededRun())).toBe(own);
  const others = [markerOf(makeFailedRun(), { job: 'test' }), markerOf(makeFailedRun(), { part: 'node=20' }), markerOf(makeFailedRun(), { file: 'b.yml' }), markerOf(makeFailedRun(), { githubWorkflow: 'x' })];
  expect(new Set([own, ...others]).size).toBe(5);
  expect(own).toMatch(/^<!-- tollgate:[0-9a-f]{32} -->$/u);
});

test('nothing from outside is markdown, HTML, or the name of somebody who would be told', () => {
  const text = renderPullComment(hostileRun(), { ...options, place: { ...options.place, job: hostileText, part: hostileText } });
  expect(text.match(/<!--/gu)).toHaveLength(2 + (outsideOfFences(text).fenced.match(/<!--/gu) ?? []).length);
  const outside = outsideOfFences(text).outside.split('\n').slice(2).join('\n')
    .replace(/<\/?code>|<br>|<span>\$<\/span>|<details><summary>[\w ,]+<\/summary>|<\/details>|<a href="https:\/\/[\w./-]+">|<\/a>/gu, '').replace(/^> /gmu, '').replaceAll('[!CAUTION]', '').replaceAll('**', '');
  expect(outside).not.toMatch(/[<>`@[\]~_*]|\\|https?:\/\/|www\./u);
  expect(outside.replace(/&#\d+;|^#{2,3} /gmu, '')).not.toContain('#');
  for (const line of outside.split('\n')) if (line.startsWith('|')) expect(line.split('|')).toHaveLength(8);
});

/** The lines that stand in no fence, and those that do; that every fence is closed is asserted on the way. */
function outsideOfFences(text: string): { readonly outside: string; readonly fenced: string } {
  let fence: string | undefined;
  const [outside, fenced]: [string[], string[]] = [[], []];
  for (const line of text.split('\n')) {
    const mark = /^(`{3,})[a-z]*$/u.exec(line)?.[1];
    if (fence === undefined && mark !== undefined) fence = mark;
    else if (fence === undefined) outside.push(line);
    else if (mark === line && line.length >= fence.length) fence = undefined;
    else fenced.push(line);
  }
  expect(fence).toBeUndefined();
  return { outside: outside.join('\n'), fenced: fenced.join('\n') };
}

test.each(['javascript:alert(1)', 'https://x/"onmouseover="a', 'https://x/<b>', 'https://x y', 'data:text/html,x'])('an address that is none leads nowhere: %s', (runUrl) => {
  const text = renderPullComment(makeSucceededRun(), { ...options, runUrl });
  expect(text).toContain(' · The job summary has all of it.\n');
  expect(text).not.toContain('<a');
});

test('10,000 steps, each with the worst of names, stay within the limit, and those that failed are seen first', () => {
  const part = { name: hostileText, because: hostileText, status: 'failed', failure: makeFailure({ message: hostileText, hints: [hostileText] }), tail: [hostileText] } as const;
  const phases = Array.from({ length: 100 }, (_, phase) => makePhaseSummary(phase + 1, `p${phase}`, phase === 97 ? { status: 'failed', verdict: 'no-go', steps: Array.from({ length: 100 }, (__, index) => makeStepSummary(`98.${index + 1}`, hostileText, part)) } : { steps: Array.from({ length: 100 }, (__, index) => makeStepSummary(`${phase}.${index}`, `s${index}`)) }));
  const text = renderPullComment(makeRunSummary({ status: 'failed', verdict: 'no-go', phases }), options);
  expect(bytes(text)).toBeLessThanOrEqual(65_536);
  expect(text).toContain('| ❌ | 98 p97 | NO-GO (100 steps, 100 failed) |');
  expect(text).toContain('… and 97 failures more.');
  outsideOfFences(text);
});

test('whatever the run and the limit: within it to the byte, marker and verdict first, every fold closed', () => {
  fc.assert(
    fc.property(anyRunSummary, fc.constantFrom(2_000, 8_000, 65_536), (run, limitBytes) => {
      const text = renderPullComment(run, { ...options, limitBytes });
      expect(bytes(text)).toBeLessThanOrEqual(limitBytes);
      expect(text).toMatch(/^<!-- tollgate:[0-9a-f]{32} -->\n<!-- tollgate run 7\.2 -->\n## (?:✅|❌|🟡|⏳) [A-Z-]+ — /u);
      const { outside } = outsideOfFences(text);
      expect(outside.split('<details>')).toHaveLength(outside.split('</details>').length);
    }),
    { numRuns: 60 },
  );
});
