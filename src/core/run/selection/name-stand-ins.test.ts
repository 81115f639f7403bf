import { expect, test } from '@jest/globals';
import { createRunPlan } from '../run-plan.js';
import { nameStandIns } from './name-stand-ins.js';
import { parseForTest } from '../../../../test/rig/parse-text.js';

const text = `
name: w
phases:
  - id: one
    needs: []
    steps:
      - { id: first, command: x, inputs: [a], outputs: { n: { written: true } }, cache: true }
      - { id: plain, command: x }
  - id: two
    needs: []
    steps:
      - { id: second, command: x, inputs: [a], cache: true }
  - id: both
    needs: [one]
    steps:
      - { id: gather, command: "echo {{ first.outputs.n }}" }
`;

function name(leftOut: readonly string[], earlier: readonly string[] | null = null): string {
  const { parsed } = parseForTest(text);
  const standIns = earlier === null ? null : { results: earlier.map((step) => ({ step, matrix: {}, key: '', attempts: 1, durationMs: 0, result: {} as never })) };
  return [...nameStandIns({ parsed: parsed!, plan: createRunPlan(parsed!), leftOut: new Map(leftOut.map((step) => [step, 'left out'])), standIns })].sort().join(' ');
}

test.each<[string, readonly string[], readonly string[] | null, string]>([
  ['nothing is left out', [], null, ''],
  ['what is kept and something goes on from it; not what nothing needs, nor what is not kept', ['first', 'plain', 'second'], null, 'first'],
  ['nothing that is run goes on from it', ['first', 'plain', 'second', 'gather'], null, ''],
  ['an earlier run has results of it', ['first', 'plain', 'second'], ['plain', 'second'], 'first plain second'],
])('%s', (_what, leftOut, earlier, named) => {
  expect(name(leftOut, earlier)).toBe(named);
});
