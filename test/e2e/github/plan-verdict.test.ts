import { expect, test } from '@jest/globals';
import type { ActionEnd } from '../action.js';
import { useRepository } from './use-repository.js';

const scene = useRepository();

const workflow = `name: ci
defaults: { shell: sh }
phases:
  - id: make
    steps:
      - parallel:
          - { id: one, command: echo one >> ../ran; echo 1 > one.txt, inputs: [in.txt], outputs: { file: one.txt }, cache: true }
          - { id: two, command: echo two >> ../ran; test -f pass.txt, inputs: [in.txt, pass.txt], cache: true }
  - id: tell
    steps:
      - { id: check, type: assert, condition: "1 == 1" }
`;

interface Entry {
  readonly name: string;
  readonly phases: string;
  readonly only: string;
}

const entriesOf = ({ outputs }: ActionEnd): readonly Entry[] => (JSON.parse(outputs['matrix'] ?? '') as { readonly include: readonly Entry[] }).include;

/** Plan, its jobs side by side, and the verdict of one run. */
async function play(runId: number): Promise<{ readonly plan: ActionEnd; readonly jobs: readonly (number | null)[]; readonly verdict: ActionEnd }> {
  const plan = await scene.repository.stage('plan', { runId, job: 'plan' });
  const entries = plan.outputs['run'] === 'true' ? entriesOf(plan) : [];
  const ends = await Promise.all(entries.map(async ({ name, phases, only }) => await scene.repository.job({ runId, job: 'run', label: `run ${name}` }, { phases, only, 'matrix-values': JSON.stringify({ name, phases, only }) })));
  const jobs = ends.map(({ main }) => main.exitCode);
  const result = entries.length === 0 ? 'skipped' : jobs.every((code) => code === 0) ? 'success' : 'failure';
  const needs = JSON.stringify({ plan: { result: 'success', outputs: {} }, run: { result, outputs: {} } });
  return { plan, jobs, verdict: await scene.repository.stage('verdict', { runId, job: 'verdict' }, { needs }) };
}

test('a plan spreads what has to run over jobs, and the verdict is GO on what they have left', async () => {
  scene.repository.write('ci.yml', workflow);
  scene.repository.write('in.txt', 'a');
  scene.repository.write('pass.txt', 'x');
  const first = await play(1);
  expect([first.plan.exitCode, first.jobs, first.verdict.exitCode, first.verdict.outputs['verdict']]).toEqual([0, [0, 0], 0, 'go']);
  expect(scene.repository.takeCounts()).toEqual({ one: 1, two: 1 });
  const second = await play(2);
  expect([second.plan.outputs['run'], second.jobs, second.verdict.exitCode]).toEqual(['false', [], 0]);
});

test('what failed, what was never run and what is of another commit is NO-GO, and what was done again in a later attempt counts', async () => {
  scene.repository.write('ci.yml', workflow);
  scene.repository.write('in.txt', 'a');
  const failed = await play(1);
  expect([failed.jobs.includes(1), failed.verdict.exitCode, failed.verdict.outputs['verdict']]).toEqual([true, 1, 'no-go']);
  expect(failed.verdict.output).toContain('NO-GO');
  expect(failed.verdict.summary).toContain('NO-GO');

  const nothing = await scene.repository.stage('verdict', { runId: 2, job: 'verdict' }, { needs: '{}' });
  expect([nothing.exitCode, nothing.outputs['verdict']]).toEqual([1, 'no-go']);
  const elsewhere = await scene.repository.stage('verdict', { runId: 1, job: 'verdict', sha: 'f'.repeat(40) }, { needs: '{}' });
  expect([elsewhere.exitCode, elsewhere.outputs['verdict']]).toEqual([1, 'no-go']);
  const blind = await scene.repository.stage('verdict', { runId: 1, job: 'verdict', permissions: { contents: 'read' } }, { needs: '{}' });
  expect(blind.exitCode).toBe(1);
  expect(blind.output).toContain('actions: read');

  scene.repository.write('pass.txt', 'x');
  const two = { name: 'make.two', phases: 'make', only: 'make.two' };
  const again = await scene.repository.job({ runId: 1, attempt: 2, job: 'run', label: 'again' }, { phases: two.phases, only: two.only, 'matrix-values': JSON.stringify(two) });
  expect(again.main.exitCode).toBe(0);
  const mended = await scene.repository.stage('verdict', { runId: 1, attempt: 2, job: 'verdict' }, { needs: JSON.stringify({ run: { result: 'success', outputs: {} } }) });
  expect([mended.exitCode, mended.outputs['verdict']]).toEqual([0, 'go']);
}, 60_000);
