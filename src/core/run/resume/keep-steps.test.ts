import { expect, test } from '@jest/globals';
import { collectEarlier } from './earlier-run.js';
import { keepSteps } from './keep-steps.js';
import type { AttemptResult, RunEvent, StepTerms } from '../run-event.js';

const done: AttemptResult = { outcome: 'succeeded', failure: null, exitCode: 0, stdout: '', outputs: {}, costUsd: 0, tokens: 0, endsRun: null, tail: [], warnings: [] };
const terms: StepTerms = { cells: [{}], isMatrix: false, attempts: 1, retryOn: [], delayMs: 0, factor: 1, maxDelayMs: 0, locks: [], maxParallel: null, failFast: false, tolerated: false, background: null };
const facts = { runId: 'r', workflow: 'w', workflowVersion: null, file: 'w.yml', attempt: 1, tollgateVersion: '0', trigger: 'cli', actor: null, commit: null, inputs: {}, partial: [], os: 'linux', arch: 'x64', node: '20' };

test('only what was named counts as done, and what the run was stays known', () => {
  const events: readonly RunEvent[] = [
    { kind: 'run-started', at: 1, ...facts },
    ...['build', 'publish'].flatMap((step): readonly RunEvent[] => [
      { kind: 'step-opened', at: 2, step, ...terms },
      { kind: 'attempt-started', at: 3, step, cell: 0, attempt: 1 },
      { kind: 'attempt-ended', at: 4, step, cell: 0, attempt: 1, durationMs: 1, result: done, key: step },
    ]),
  ];
  const earlier = collectEarlier(events);
  if (earlier === undefined) throw new Error('the run has a beginning');
  const kept = keepSteps(earlier, ['publish', 'nowhere']);
  expect(earlier.results.map(({ step }) => step)).toEqual(['build', 'publish']);
  expect(kept.results.map(({ step }) => step)).toEqual(['publish']);
  expect([kept.find('build', undefined), kept.find('publish', undefined)?.key]).toEqual([undefined, 'publish']);
  expect(kept.facts).toEqual(earlier.facts);
});
