import fc from 'fast-check';
import { makeCellSummary, makePhaseSummary, makeRunSummary, makeStepSummary } from '../../../../test/fakes/run-summary.js';
import { createPaint } from '../paint.js';
import type { PartStatus, RunSummary } from '../run-summary.js';
import { widthOf } from '../visible-text.js';
import { renderLiveView } from './live-view.js';

const began = Date.UTC(2026, 2, 1, 10, 15);
const look = { paint: createPaint(false), columns: 60, rows: 24, now: began + 12_300 };

const going: RunSummary = makeRunSummary({
  status: 'running',
  verdict: null,
  endedAt: null,
  costUsd: 0.5,
  phases: [
    makePhaseSummary(1, 'prepare', { steps: [makeStepSummary('1.1', 'install'), makeStepSummary('1.2', 'lint')] }),
    makePhaseSummary(2, 'test', {
      status: 'running',
      verdict: null,
      steps: [
        makeStepSummary('2.1', 'fast', { cached: true, durationMs: 40 }),
        makeStepSummary('2.2', 'unit', { status: 'running', startedAt: began + 4_000, attempts: 2, cells: [makeCellSummary('a'), makeCellSummary('b', { status: 'running' })] }),
        makeStepSummary('2.3', 'e2e', { status: 'running', startedAt: began + 12_000 }),
        makeStepSummary('2.4', 'report', { status: 'pending', startedAt: null }),
      ],
    }),
    makePhaseSummary(3, 'skipped', { status: 'skipped', because: 'inputs.deploy is false' }),
    makePhaseSummary(4, 'deploy', { status: 'pending', verdict: null, steps: [makeStepSummary('4.1', 'push', { status: 'pending', startedAt: null })] }),
  ],
  finally: [makeStepSummary('finally.1', 'tidy', { status: 'pending' })],
});

test('phases that are settled or to come take a line, the one that runs shows its steps', () => {
  expect(renderLiveView(going, look)).toEqual([
    'release · 12.3 s · 3 of 8 steps · $0.50',
    '✔ 1 prepare  GO · 3.1 s',
    '● 2 test  12.3 s',
    '  ✔ 2.1 fast  40 ms · cached',
    '  ● 2.2 unit  8.3 s · attempt 2 · 1 of 2 cells ended',
    '  ● 2.3 e2e  300 ms',
    '  · 2.4 report',
    '– 3 skipped  skipped · inputs.deploy is false',
    '· 4 deploy  1 step',
  ]);
});

test('what failed is seen as long as the run goes on', () => {
  const failed = makePhaseSummary(1, 'lint', { status: 'failed', verdict: 'no-go', steps: [makeStepSummary('1.1', 'types', { status: 'failed' }), makeStepSummary('1.2', 'style')] });
  const closing = [makeStepSummary('finally.1', 'tidy', { status: 'running', startedAt: began + 12_000 })];
  expect(renderLiveView({ ...going, phases: [failed], finally: closing }, look)).toEqual([
    'release · 12.3 s · 2 of 3 steps · $0.50 · 1 failed',
    '✖ 1 lint  NO-GO · 3.1 s',
    '  ✖ 1.1 types  failed · 3.0 s',
    '● finally',
    '  ● finally.1 tidy  300 ms',
  ]);
});

test.each<[number, readonly string[]]>([
  [0, []],
  [1, ['… and 2 more running']],
  [2, ['  ● 2.2 unit  8.3 s · attempt 2 · 1 of 2 cells ended', '  ● 2.3 e2e  300 ms']],
  [4, ['release · 12.3 s · 3 of 8 steps · $0.50', '● 2 test  12.3 s', '  ● 2.2 unit  8.3 s · attempt 2 · 1 of 2 cells ended', '  ● 2.3 e2e  300 ms']],
])('in %d rows what runs comes first', (rows, expected) => {
  expect(renderLiveView(going, { ...look, rows })).toEqual(expected);
});

const status = fc.constantFrom<PartStatus[]>('pending', 'running', 'succeeded', 'failed', 'skipped', 'cancelled', 'indeterminate');
const text = fc.string({ unit: fc.constantFrom('a', '語', '😀', '\u001b', '\n', ' '), maxLength: 30 });

test('never more rows nor columns than there are, and what runs is there as far as there are rows', () => {
  const phase = fc.record({ status, id: text, steps: fc.array(fc.record({ status, id: text, attempts: fc.nat(3), startedAt: fc.option(fc.nat()) }), { maxLength: 12 }) });
  fc.assert(
    fc.property(fc.array(phase, { maxLength: 8 }), fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 90 }), (phases, rows, columns) => {
      const summary = makeRunSummary({ phases: phases.map(({ steps, ...part }, index) => makePhaseSummary(index + 1, part.id, { ...part, steps: steps.map((step, at) => makeStepSummary(`${index + 1}.${at + 1}`, step.id, step)) })) });
      const lines = renderLiveView(summary, { ...look, rows, columns });
      expect(lines.length).toBeLessThanOrEqual(rows);
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
      const running = phases.flatMap(({ steps }) => steps).filter((step) => step.status === 'running').length;
      const shown = lines.filter((line) => line.startsWith('  ●')).length;
      if (columns > 3 && rows > 0) expect(shown).toBe(running <= rows ? running : rows - 1);
    }),
  );
});
