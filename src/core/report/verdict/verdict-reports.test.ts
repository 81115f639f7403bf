import fc from 'fast-check';
import type { Judgement, JudgedPhase, Origin, VerdictProblem } from '../../verdict/judgement.js';
import { createPaint } from '../paint.js';
import { byteLength } from '../run/utf8.js';
import { toVerdictJson } from './verdict-json.js';
import { makePullMarker } from '../pull/pull-marker.js';
import { renderVerdictComment } from './verdict-comment.js';
import { renderVerdictPage } from './verdict-page.js';
import { renderVerdict } from './verdict-text.js';

/** The verdict for people and programs. */

const at: Origin = { job: 'test', cell: 'os=linux', attempt: 2, url: 'https://github.com/o/r/actions/runs/1?pr=2&x=3' };
const go = (id: string, number: number): JudgedPhase => ({ id, number, verdict: 'go', reason: 'ran', because: 'every step ended well', from: [{ job: 'build', cell: null, attempt: 1, url: null }], problem: null });
const sample: Judgement = {
  verdict: 'no-go', workflow: 'release', commit: '1a2b3c4d5e6f7a8b9c0d',
  runs: [{ runId: 'r', label: null, verdict: 'no-go', phases: [go('build', 1), {
    id: 'test', number: 2, verdict: 'no-go', reason: 'failed', because: 'e2e failed: exit code 1', from: [at],
    problem: { about: 'test', reason: 'failed', what: 'phase test is NO-GO: e2e failed: exit code 1', why: 'It is not shown to hold.', next: 'Start it with `resume: <run id>` once more.', at },
  }] }],
  jobs: [{ about: 'scan', reason: 'job-skipped', what: 'job scan was skipped', why: 'To GitHub that is a success.', next: 'Look at its `if:`.', at: null }],
  passedOver: [{ origin: { job: 'old', cell: null, attempt: 1, url: null }, reason: 'stale', because: 'it is of commit dddddddddddd' }],
};

test('as text', () => {
  expect(renderVerdict(sample, { paint: createPaint(false) })).toBe(`[BLOCKING] phase test is NO-GO: e2e failed: exit code 1
  at job test (os=linux), attempt 2: https://github.com/o/r/actions/runs/1?pr=2&x=3
  It is not shown to hold.
  → Start it with \`resume: <run id>\` once more.

[BLOCKING] job scan was skipped
  To GitHub that is a success.
  → Look at its \`if:\`.

  1  build  GO     every step ended well  job build, attempt 1
  2  test   NO-GO  e2e failed: exit code 1  job test (os=linux), attempt 2

not counted: job old, attempt 1: it is of commit dddddddddddd

NO-GO  release at commit 1a2b3c4d5e6f: 1 of 2 phases does not hold, 1 job did not succeed
`);
});

test('as a page', () => {
  expect(renderVerdictPage(sample)).toBe(`## ❌ NO-GO — release at commit 1a2b3c4d5e6f: 1 of 2 phases does not hold, 1 job did not succeed

> [!CAUTION]
> **&#91;BLOCKING&#93;** phase test is NO-GO: e2e failed: exit code 1<br>
> at <a href="https://github.com/o/r/actions/runs/1?pr=2&amp;x=3">job test (os=linux), attempt 2</a><br>
> It is not shown to hold.<br>
> → Start it with <code>resume: &#60;run id&#62;</code> once more.

> [!CAUTION]
> **&#91;BLOCKING&#93;** job scan was skipped<br>
> To GitHub that is a success.<br>
> → Look at its <code>if:</code>.

| | Phase | Verdict | Why | Shown by |
|---|---|---|---|---|
| ✅ | 1 build | GO | every step ended well | job build, attempt 1 |
| ❌ | 2 test | NO-GO | e2e failed: exit code 1 | <a href="https://github.com/o/r/actions/runs/1?pr=2&amp;x=3">job test (os=linux), attempt 2</a> |

Not counted:

- job old, attempt 1: it is of commit dddddddddddd
`);
});

test('as JSON', () => {
  const json = toVerdictJson(sample);
  expect(JSON.parse(JSON.stringify(json))).toEqual({
    schema_version: 1, verdict: 'no-go', workflow: 'release', commit: '1a2b3c4d5e6f7a8b9c0d',
    runs: [{ run_id: 'r', label: null, verdict: 'no-go', phases: [
      { id: 'build', number: 1, verdict: 'go', reason: 'ran', because: 'every step ended well', from: [{ job: 'build', cell: null, attempt: 1, url: null }] },
      { id: 'test', number: 2, verdict: 'no-go', reason: 'failed', because: 'e2e failed: exit code 1', from: [at] },
    ] }],
    problems: [
      { about: 'test', reason: 'failed', what: 'phase test is NO-GO: e2e failed: exit code 1', why: 'It is not shown to hold.', next: 'Start it with `resume: <run id>` once more.', at },
      { about: 'scan', reason: 'job-skipped', what: 'job scan was skipped', why: 'To GitHub that is a success.', next: 'Look at its `if:`.', at: null },
    ],
    passed_over: [{ job: 'old', cell: null, attempt: 1, url: null, reason: 'stale', because: 'it is of commit dddddddddddd' }],
  });
});

test('a GO says so in one line, with its phases; several runs have their labels', () => {
  const [run] = sample.runs;
  const phases = [go('build', 1)];
  const judged: Judgement = { ...sample, verdict: 'go', jobs: [], passedOver: [], runs: [{ ...run!, verdict: 'go', label: 'os=linux', phases }, { ...run!, verdict: 'go', label: 'os=macos', phases }] };
  expect(renderVerdict(judged, { paint: createPaint(false) })).toBe('os=linux\n  1  build  GO     every step ended well  job build, attempt 1\n\nos=macos\n  1  build  GO     every step ended well  job build, attempt 1\n\nGO  release at commit 1a2b3c4d5e6f: all 2 phases are shown to hold\n');
  expect(renderVerdictPage(judged)).toContain('### os=linux\n\n| | Phase');
  expect(renderVerdict({ ...judged, runs: [{ ...run!, phases }] }, { paint: createPaint(false) })).toContain('its phase is shown to hold');
});

test('of several runs each problem names its own', () => {
  const judged: Judgement = { ...sample, jobs: [], runs: sample.runs.map((run) => ({ ...run, label: 'os=linux' })) };
  expect(toVerdictJson(judged).problems.map(({ what }) => what)).toEqual(['os=linux: phase test is NO-GO: e2e failed: exit code 1']);
});

test('a job that failed by a step is told of with its phase alone', () => {
  const failed = (about: string): VerdictProblem => ({ about, reason: 'job-failed', what: `job ${about} failed`, why: '', next: '', at: null });
  expect(toVerdictJson({ ...sample, jobs: [failed('test'), failed('lint')] }).problems.map(({ what }) => what)).toEqual(['phase test is NO-GO: e2e failed: exit code 1', 'job lint failed']);
});

test.each(['http://example.org/', 'javascript:alert(1)', 'https://example.org/"onclick="x', 'https://example.org/a b', 'https://example.org/|'])('no link to %s', (url) => {
  expect(renderVerdictPage({ ...sample, passedOver: [{ ...sample.passedOver[0]!, origin: { ...at, url } }] }).split('Not counted:')[1]).not.toContain('<a ');
});

const texts = fc.string({ unit: fc.constantFrom('a', '\n', '\u001b', '|', '<', '`', '[', ']', '(', ')', '@', '#', '*', ':', '/', '\r', '\u202e', ' ') });

test('no text from outside breaks the form of either', () => {
  fc.assert(
    fc.property(texts, texts, (because, url) => {
      const hostile = (phase: JudgedPhase): JudgedPhase => ({ ...phase, because, from: phase.from.map((origin) => ({ ...origin, job: because, cell: because, url })), problem: phase.problem === null ? null : { ...phase.problem, what: because, at: { job: because, cell: because, attempt: 1, url } } });
      const judged: Judgement = { ...sample, runs: sample.runs.map((run) => ({ ...run, phases: run.phases.map(hostile) })) };
      const page = renderVerdictPage(judged);
      expect(page.split('\n')).toHaveLength(renderVerdictPage(sample).split('\n').length);
      expect(page.split('\n').filter((line) => line.startsWith('| ')).every((line) => line.split('|').length === 7)).toBe(true);
      const text = renderVerdict(judged, { paint: createPaint(false) });
      expect(text.split('\n')).toHaveLength(renderVerdict(sample, { paint: createPaint(false) }).split('\n').length);
      expect(text).not.toMatch(/[\u001b\u202e]/u);
    }),
  );
});

test('a page is never larger than it may be, and always says the verdict', () => {
  const phases = Array.from({ length: 3000 }, (_, at2): JudgedPhase => ({ ...sample.runs[0]!.phases[1]!, id: `phase-${at2}`, because: 'x'.repeat(500) }));
  const large: Judgement = { ...sample, runs: [{ ...sample.runs[0]!, phases }] };
  for (const limitBytes of [1_048_574, 20_000, 3_000, 200]) {
    const page = renderVerdictPage(large, { limitBytes });
    expect(byteLength(page)).toBeLessThanOrEqual(limitBytes);
    expect(page.startsWith('## ❌ NO-GO')).toBe(true);
  }
});

test('as a comment: found again by its first line, and never more than GitHub takes', () => {
  const place = { githubWorkflow: 'ci.yml', job: 'verdict', part: 'verdict', file: 'ci.yml' };
  const told = (judged: Judgement, runUrl: string | null = 'https://github.com/o/r/actions/runs/1'): string => renderVerdictComment(judged, { place, stamp: { runId: 7, attempt: 2 }, runUrl });
  expect(told(sample).split('\n').slice(0, 3)).toEqual([makePullMarker(place), '<!-- tollgate run 7.2 -->', '## ❌ NO-GO — release at commit 1a2b3c4d5e6f: 1 of 2 phases does not hold, 1 job did not succeed']);
  expect(told(sample)).toMatch(/\n\n\[The run with the pages of its jobs\]\(https:\/\/github\.com\/o\/r\/actions\/runs\/1\)\n$/u);
  expect(told(sample, 'javascript:alert(1)')).not.toContain('alert');
  const [run] = sample.runs;
  const large = { ...sample, runs: [{ ...run!, phases: Array.from({ length: 900 }, (_, at) => ({ ...go(`phase${at}`, at + 1), because: 'x'.repeat(200) })) }] };
  expect(Buffer.byteLength(told(large))).toBeLessThanOrEqual(65_536);
});
