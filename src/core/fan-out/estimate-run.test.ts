import fc from 'fast-check';
import { playPart, workflowForTest } from '../../../test/rig/play-part.js';
import { estimateRun, measureSteps } from './estimate-run.js';

const measures = fc.array(fc.record({ step: fc.constantFrom('a', 'b', 'c'), durationMs: fc.nat(10_000_000), costUsd: fc.nat(100) }));

test('the median of each step is added up, and what is not known is named', () => {
  const history = [{ step: 'a', durationMs: 60_000, costUsd: 1 }, { step: 'a', durationMs: 3_600_000, costUsd: 50 }, { step: 'a', durationMs: 120_000, costUsd: 2 }, { step: 'b', durationMs: 30_000, costUsd: 0 }, { step: 'b', durationMs: 90_000, costUsd: 1 }, { step: 'z', durationMs: 1, costUsd: 1 }];
  expect(estimateRun(['a', 'b', 'c'], history)).toEqual({ minutes: 3, usd: 2.5, unknown: ['c'] });
});

test('where nothing is known nothing is said', () => {
  expect(estimateRun(['a'], [])).toEqual({ minutes: null, usd: null, unknown: ['a'] });
  expect(estimateRun([], [{ step: 'a', durationMs: 1, costUsd: 1 }])).toEqual({ minutes: null, usd: null, unknown: [] });
});

test('an estimate lies between the least and the most that was seen, in whatever order', () => {
  fc.assert(
    fc.property(measures, (history) => {
      const { minutes } = estimateRun(['a'], history);
      const seen = history.filter(({ step }) => step === 'a').map(({ durationMs }) => durationMs / 60_000);
      expect(minutes === null).toBe(seen.length === 0);
      if (minutes === null) return;
      expect(minutes).toBeGreaterThanOrEqual(Math.min(...seen) - 0.01);
      expect(minutes).toBeLessThanOrEqual(Math.max(...seen) + 0.01);
      expect(estimateRun(['a'], [...history].reverse()).minutes).toBe(minutes);
    }),
  );
});

test('of an earlier run steps count that were done and succeeded, every attempt and cell with them', () => {
  const w = workflowForTest(`
name: w
phases:
  - id: p
    steps:
      - { id: plain, command: x, needs: [] }
      - { id: cells, command: x, needs: [], matrix: { n: [1, 2, 3] } }
      - { id: broken, command: x, needs: [], retry: { attempts: 3 } }
      - { id: there, command: x, needs: [] }
      - { id: left, command: x, needs: [], when: "false" }
`);
  expect(measureSteps(playPart(w, { ends: { broken: 'failed', there: 'hit' } }))).toEqual([{ step: 'plain', durationMs: 1, costUsd: 0 }, { step: 'cells', durationMs: 3, costUsd: 0 }]);
  const retried = playPart(w, { ends: { broken: 'failed' } }).map((event) => (event.kind === 'attempt-ended' && event.step === 'broken' && event.attempt === 3 ? { ...event, result: { ...event.result, outcome: 'succeeded' as const, failure: null, costUsd: 2 } } : event));
  expect(measureSteps(retried).filter(({ step }) => step === 'broken')).toEqual([{ step: 'broken', durationMs: 3, costUsd: 2 }]);
});
