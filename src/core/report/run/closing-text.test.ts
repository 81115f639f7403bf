import fc from 'fast-check';
import { makeCellSummary, makeFailedRun, makeFailure, makePhaseSummary, makeRunSummary, makeStepSummary, makeSucceededRun } from '../../../../test/fakes/run-summary.js';
import { createPaint } from '../paint.js';
import type { RunSummary } from '../run-summary.js';
import { widthOf } from '../visible-text.js';
import { renderClosingTable } from './closing-table.js';
import { renderClosing } from './closing-text.js';

const look = { paint: createPaint(false), columns: 80, calledAs: 'tollgate' };
const render = (part: Partial<RunSummary> = {}): string => renderClosing(makeRunSummary(part), look);

test('a run that failed: what it said last, what is wrong, the table, and at the very end what to type', () => {
  expect(renderClosing(makeFailedRun(), look)).toBe(`✖ build/authorizer failed after 38.9 s and 3 attempts; its last lines:
  │ $ zip -r authorizer.zip dist
  │ zip error: Nothing to do! (try: zip -r authorizer.zip . -i dist)
  │  100%
  └ all of it: .tollgate/runs/20260301-101500-4f2a/logs/authorizer.log
[BLOCKING] build/authorizer: lambda zip not found at build/authorizer.zip (TG3102)
  at .github/tollgate/release.yml:41:7
  → Run: cd lambdas/authorizer && bash build.sh
  → Or: tollgate run release --skip build.authorizer

[WARNING] prepare/spelling: the command ended with exit code 2 (TG3101)
  at .github/tollgate/release.yml:22:7
  → Run: npm run spell

NO-GO  release failed after 42.3 s at build/authorizer
       1 of 7 steps cached · $0.31

✔ 1      prepare     GO                  3.1 s  $0.31
  ✔ 1.1  install     succeeded           84 ms  cached
  ✔ 1.2  review      succeeded           3.0 s  $0.31
  ✖ 1.3  spelling    failed, tolerated   3.0 s
✖ 2      build       NO-GO              39.0 s
  ✖ 2.1  authorizer  failed             38.9 s  3 attempts
  – 2.2  package     skipped                    authorizer did not succeed
– 3      deploy      skipped                    build is NO-GO · 1 step
✔        finally
  ✔      tidy        succeeded          210 ms

→ Run: tollgate run release --from authorizer
`);
});

test('a run that succeeded: the answer is the first line', () => {
  expect(renderClosing(makeSucceededRun(), look)).toBe(`GO  release succeeded in 42.3 s · 1 of 4 steps cached

✔ 1      prepare  GO          3.1 s
  ✔ 1.1  install  succeeded   84 ms  cached
  ✔ 1.2  lint     succeeded   3.0 s
✔ 2      test     GO         39.0 s
  ✔ 2.1  unit     succeeded  38.9 s  2 cells
  ✔ 2.2  flaky    succeeded   9.0 s  2 attempts

outputs
  version  1.4.2
  report   htmlcov/index.html
  counts   {"passed":412,"failed":0}

next steps
  Open the report with: python3 -m webbrowser htmlcov/index.html
  Then tag the release.
`);
});

test.each<[string, Partial<RunSummary>, string]>([
  ['a cancelled run', { status: 'cancelled', verdict: null, reason: null, nextCommand: 'tollgate run release' }, 'CANCELLED  release was cancelled after 42.3 s\n\n→ Run: tollgate run release\n'],
  ['a paused run', { status: 'paused', verdict: null, reason: 'rate_limit' }, 'PAUSED  release stopped after 42.3 s and can go on · rate limit\n'],
  ['a partial run', { verdict: null, partial: ['--only build'] }, 'PARTIAL  release succeeded in 42.3 s, as far as it was asked for\n         partial: --only build\n'],
  ['a run that ended early', { endedEarly: { step: 'changed', message: 'nothing to do' } }, 'GO  release ended early after 42.3 s: nothing to do (changed)\n'],
  ['a second attempt', { attempt: 2, durationMs: 192_000 }, 'GO  release succeeded in 3 min 12 s · attempt 2\n'],
  ['a run without a verdict that succeeded', { verdict: null }, 'SUCCEEDED  release succeeded in 42.3 s\n'],
  [
    'a failure of the run itself',
    { status: 'failed', verdict: null, failure: makeFailure({ code: 'TG3001', message: 'the run took longer than 6h', line: null, column: null, hints: [] }) },
    '[BLOCKING] release: the run took longer than 6h (TG3001)\n  at .github/tollgate/release.yml\n  → Run: tollgate errors TG3001\n\nFAILED  release failed after 42.3 s\n',
  ],
])('%s', (_name, part, expected) => {
  expect(render(part)).toBe(expected);
});

test('a message that several steps say stands there once, with their names', () => {
  const warning = makeFailure({ severity: 'warning', message: 'gh misses GH_TOKEN', hints: [] });
  const text = render({ phases: [makePhaseSummary(1, 'a', { steps: [makeStepSummary('1.1', 'x', { warnings: [warning] }), makeStepSummary('1.2', 'y', { warnings: [warning, warning] })] })] });
  expect(text.match(/WARNING/gu)).toHaveLength(1);
  expect(text).toContain('[WARNING] a/x, a/y: gh misses GH_TOKEN (TG3102)');
});

test('the failed cells of a matrix speak for themselves', () => {
  const failed = makeCellSummary('node=20', { status: 'failed', failure: makeFailure({ message: 'exit code 1', hints: [] }), tail: ['boom'] });
  const step = makeStepSummary('1.1', 'unit', { status: 'failed', failure: makeFailure({ message: '1 of 2 cells failed' }), cells: [failed, makeCellSummary('node=24')] });
  const text = render({ status: 'failed', verdict: 'no-go', phases: [makePhaseSummary(1, 'test', { status: 'failed', verdict: 'no-go', steps: [step] })] });
  expect(text).toContain('✖ test/unit[node=20] failed after 1.0 s; its last lines:\n  │ boom\n[BLOCKING] test/unit[node=20]: exit code 1 (TG3102)\n');
  expect(text).toContain('    ✖    [node=20]  failed  1.0 s\n');
  expect(text.match(/BLOCKING/gu)).toHaveLength(1);
});

test('of many steps only the phases and what needs a look have rows', () => {
  const steps = Array.from({ length: 60 }, (_, index) => makeStepSummary(`1.${index + 1}`, `s${index + 1}`, index === 7 ? { status: 'failed', failure: makeFailure({ tolerated: true }) } : index === 9 ? { attempts: 2 } : {}));
  const table = renderClosingTable(makeRunSummary({ phases: [makePhaseSummary(1, 'all', { steps })] }), look);
  expect(table).toEqual([
    '✔ 1       all  GO                 3.1 s  59 of 60 steps succeeded, 1 failed',
    '  ✖ 1.8   s8   failed, tolerated  3.0 s',
    '  ✔ 1.10  s10  succeeded          3.0 s  2 attempts',
  ]);
});

test('in a narrow terminal long names give way to how the steps ended', () => {
  const steps = [makeStepSummary('1.1', 'a-rather-long-name-of-a-step', { cached: true }), makeStepSummary('1.2', 'b', { status: 'skipped', because: 'inputs.deploy is false' })];
  expect(renderClosingTable(makeRunSummary({ phases: [makePhaseSummary(1, 'all', { steps })] }), { ...look, columns: 48 })).toEqual([
    '✔ 1      all       GO         3.1 s',
    '  ✔ 1.1  a-rathe…  succeeded  3.0 s  cached',
    '  – 1.2  b         skipped           inputs.dep…',
  ]);
});

test('of thousands that failed the first have rows', () => {
  const steps = Array.from({ length: 10_000 }, (_, index) => makeStepSummary(`1.${index + 1}`, `s${index + 1}`, { status: index % 2 === 0 ? 'failed' : 'skipped', failure: index % 2 === 0 ? makeFailure({ message: `m${index}` }) : null }));
  const lines = render({ status: 'failed', verdict: 'no-go', phases: [makePhaseSummary(1, 'all', { status: 'failed', verdict: 'no-go', steps })] }).split('\n');
  expect(lines.length).toBeLessThan(100);
  expect(lines).toContain('… and 4995 failures more, in the table below');
});

test('of artifacts it says what they hold and where they lie', () => {
  const artifact = (name: string, path: string | null) => ({ name, reference: `w/${name}@r`, version: 'a'.repeat(64), files: 2, size: 12_345, path });
  const steps = [makeStepSummary('1.1', 'build', { artifacts: [artifact('app', '.tollgate/runs/r/artifacts/app')] }), makeStepSummary('1.2', 'test', { artifacts: Array.from({ length: 40 }, (_, index) => artifact(`report-${index}`, null)) })];
  const lines = render({ phases: [makePhaseSummary(1, 'all', { steps })] }).split('\n');
  expect(lines).toEqual(expect.arrayContaining(['artifacts', '  app        2 files, 12.1 KiB  .tollgate/runs/r/artifacts/app', '  report-0   2 files, 12.1 KiB  w/report-0@r', '  … and 11 artifacts more; artifacts ls has them all']));
});

test('what a program printed cannot steer the terminal', () => {
  const hostile = '\u001b]0;title\u0007\u001b[2Jwiped\u009b31m\u202e\u0000\r\nnext';
  const text = renderClosing(
    makeFailedRun({ workflow: hostile, outputs: { [hostile]: hostile }, nextSteps: hostile, nextCommand: hostile, phases: [makePhaseSummary(1, hostile, { because: hostile, name: hostile, steps: [makeStepSummary('1.1', hostile, { status: 'failed', because: hostile, tail: [hostile], log: hostile, artifacts: [{ name: hostile, reference: hostile, version: hostile, files: 1, size: 1, path: hostile }], failure: makeFailure({ message: hostile, file: hostile, hints: [hostile] }) })] })] }),
    look,
  );
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/u);
});

test('the table is never wider than the terminal, whatever the names', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '語', '😀', '\u0301', '\u001b', ' ', '\n'), maxLength: 60 });
  const step = fc.record({ id: text, because: fc.option(text), attempts: fc.nat(3), durationMs: fc.nat(1e9) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50 }), text, fc.integer({ min: 1, max: 120 }), (steps, id, columns) => {
      const phases = [makePhaseSummary(1, id, { because: id, steps: steps.map((part, index) => makeStepSummary(`1.${index + 1}`, part.id, part)) })];
      for (const line of renderClosingTable(makeRunSummary({ phases }), { paint: look.paint, columns })) expect(widthOf(line)).toBeLessThanOrEqual(columns);
    }),
  );
});

test('colours change nothing but colours', () => {
  const painted = renderClosing(makeFailedRun(), { ...look, paint: createPaint(true) });
  expect(painted).toContain('\u001b[31m\u001b[1mNO-GO\u001b[22m\u001b[39m');
  expect(painted.replace(/\u001b\[\d+m/gu, '').replace(/ +$/gmu, '')).toBe(renderClosing(makeFailedRun(), look));
});
