import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openScenario } from './scenario.js';
import { scratchFolder, tollgate } from './tollgate.js';

const steps = ['baseline', 'below_target', 'generate_tests', 'verify', 'target_reached', 'all_tests_pass', 'style'] as const;
const once = { baseline: 1, generate_tests: 1, verify: 1, all_tests_pass: 1, style: 1 };

test('killed after each of its steps and gone on with, a run calls its agent once and repeats nothing', () => {
  using scenario = openScenario('increase-test-coverage');
  for (const [index, step] of steps.entries()) {
    const { code, out } = scenario.killAfter(`${step} succeeded in `, ...(index === 0 ? ['run', 'workflow.yml'] : ['resume']));
    const newOnes = [...out.matchAll(/^✔ \S+ (\S+) succeeded in [^:\n]*$/gmu)].map(([, id]) => id);
    // Those before are kept, and say so.
    expect([code, newOnes]).toEqual([null, [step]]);
  }
  const { code, out } = scenario.run('resume', '--json');
  const result = JSON.parse(out) as { readonly verdict: string; readonly attempt: number; readonly outputs: unknown; readonly steps: readonly { readonly id: string; readonly status: string; readonly attempts: number }[] };
  expect([code, result.verdict, result.attempt, result.outputs]).toEqual([0, 'go', 8, { coverage_report: 'coverage-after.info' }]);
  expect(result.steps.map(({ id, status }) => [id, status])).toEqual([...steps, 'clean'].map((id) => [id, 'succeeded']));
  expect(scenario.executions()).toEqual(once);
  expect(scenario.run('resume').err).toContain('there is no unfinished run to go on with');
}, 60_000);

test('what a person mends is done again with all that depends on it, and nothing else', () => {
  using scenario = openScenario('increase-test-coverage');
  const at = (name: string): string => join(scenario.folder, name);
  writeFileSync(at('prompt.md'), 'Add tests for the file.\n');
  const tooFew = scenario.run('run', 'workflow.yml');
  expect([tooFew.code, tooFew.out]).toEqual([1, expect.stringContaining('[BLOCKING] criteria/target_reached: ')]);
  expect(scenario.executions()).toEqual({ baseline: 1, generate_tests: 1, verify: 1 });

  // The agent is told more: what it made, and what was said of that, is done again.
  writeFileSync(at('prompt.md'), 'Add tests for the file.\nCover every branch.\n');
  writeFileSync(at('style.json'), '{ "longest_line": 20 }\n');
  expect(scenario.run('resume').code).toBe(1);
  expect(scenario.executions()).toEqual({ generate_tests: 1, verify: 1, all_tests_pass: 1, style: 1 });

  // The rules of one criterion alone.
  writeFileSync(at('style.json'), '{ "longest_line": 100 }\n');
  const { code, out } = scenario.run('resume');
  expect([code, out]).toEqual([0, expect.stringContaining('GO  increase-test-coverage succeeded')]);
  expect(scenario.executions()).toEqual({ style: 1 });
  expect(readFileSync(at('tests/generated.test.mjs'), 'utf8')).toContain('case 3');
}, 60_000);

const cells = Array.from({ length: 100 }, (_, index) => index + 1);
const matrix = `name: hundred
defaults: { shell: sh }
steps:
  - id: part
    matrix:
      n: [${cells.join(', ')}]
    command: echo part-{{ matrix.n }} >> ../ran.log && test ! -e broken-{{ matrix.n }}
  - { id: after, command: echo after >> ../ran.log }
`;

test('of a hundred cells the two that failed are done again, and what follows', () => {
  using scenario = openScenario({ 'workflow.yml': matrix, 'broken-4': '', 'broken-77': '' });
  const first = scenario.run('run', 'workflow.yml', '--max-parallel', '8');
  expect(first.code).toBe(1);
  expect(scenario.executions()).toEqual(Object.fromEntries(cells.map((n) => [`part-${n}`, 1])));
  for (const n of [4, 77]) rmSync(join(scenario.folder, `broken-${n}`));
  expect(scenario.run('resume').code).toBe(0);
  expect(scenario.executions()).toEqual({ 'part-4': 1, 'part-77': 1, after: 1 });
}, 120_000);

test('a step that cleans the state away ends its run, which says so', () => {
  using folder = scratchFolder({ 'flow.yml': 'name: flow\nsteps:\n  - { id: clean, command: rm -rf .tollgate, shell: sh }\n  - { id: after, command: touch after, shell: sh }\n' });
  const { code, out, err } = tollgate(['run', 'flow.yml'], { folder: folder.path });
  expect(code).toBe(1);
  expect(`${out}${err}`).toMatch(/cannot be written down any more[^\n]*somebody has removed it while the run went on \(TG3411\)/u);
  expect(`${out}${err}`).not.toContain('fault in tollgate');
  expect(existsSync(join(folder.path, 'after'))).toBe(false);
});
