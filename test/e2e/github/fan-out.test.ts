import { expect, test } from '@jest/globals';
import { useRepository } from './use-repository.js';

const scene = useRepository();

const workflow = `name: ci
defaults: { shell: sh }
phases:
  - id: one
    needs: []
    steps:
      - { id: first, command: "echo first >> ../ran; echo 1 > one.txt", inputs: [in.txt], outputs: { file: one.txt }, cache: true }
  - id: two
    needs: []
    steps:
      - { id: second, command: "echo second >> ../ran; echo 2 > two.txt", inputs: [in.txt], outputs: { file: two.txt }, cache: true }
  - id: both
    needs: [one, two]
    steps:
      - { id: gather, command: "echo gather >> ../ran; echo $(cat {{ first.outputs.file }} {{ second.outputs.file }})" }
`;

/** Side by side: none of them sees what another keeps. */
async function playParts(runId: number): Promise<void> {
  const jobs = await Promise.all(['one', 'two'].map(async (phases) => await scene.repository.job({ runId, job: 'work', label: `${runId} ${phases}` }, { phases, 'matrix-values': JSON.stringify({ name: phases, phases, only: '' }) })));
  expect(jobs.map(({ main }) => main.exitCode)).toEqual([0, 0]);
  expect(scene.repository.takeCounts()).toEqual({ first: 1, second: 1 });
}

test('a job goes on with what several others of its run have made side by side', async () => {
  scene.repository.write('ci.yml', workflow);
  scene.repository.write('in.txt', 'a');
  await playParts(1);
  const both = await scene.repository.job({ runId: 1, job: 'publish' }, { phases: 'both' });
  expect(both.main.output).toContain('1 2');
  expect([both.main.exitCode, scene.repository.takeCounts()]).toEqual([0, { gather: 1 }]);
}, 60_000);

test('a job goes on with results that plan has found and nobody has made in this run', async () => {
  scene.repository.write('ci.yml', workflow);
  scene.repository.write('in.txt', 'a');
  await playParts(1);
  const plan = await scene.repository.stage('plan', { runId: 2, job: 'plan' }, { phases: 'one,two' });
  expect([plan.exitCode, plan.outputs['run']]).toEqual([0, 'false']);
  const both = await scene.repository.job({ runId: 2, job: 'publish' }, { phases: 'both' });
  expect(both.main.output).toContain('1 2');
  expect([both.main.exitCode, scene.repository.takeCounts()]).toEqual([0, { gather: 1 }]);
  const verdict = await scene.repository.stage('verdict', { runId: 2, job: 'verdict' }, { needs: JSON.stringify({ plan: { result: 'success' }, work: { result: 'skipped' }, publish: { result: 'success' } }) });
  expect([verdict.exitCode, verdict.outputs['verdict']]).toEqual([0, 'go']);
}, 60_000);

test('what needs several parts waits for them in a job of its own, where that is asked for', async () => {
  scene.repository.write('ci.yml', workflow);
  scene.repository.write('in.txt', 'a');
  const inside = await scene.repository.stage('plan', { runId: 1, job: 'plan' });
  expect([inside.exitCode, inside.outputs['rest'], readEntries(inside.outputs['matrix']).length]).toEqual([0, 'null', 1]);
  const plan = await scene.repository.stage('plan', { runId: 2, job: 'plan' }, { join: 'after' });
  const entries = readEntries(plan.outputs['matrix']);
  const rest = JSON.parse(plan.outputs['rest'] ?? '') as Entry;
  expect([plan.exitCode, entries.map(({ phases }) => phases), rest.phases]).toEqual([0, ['one', 'two'], 'both']);
  const jobs = await Promise.all(entries.map(async (entry) => await scene.repository.job({ runId: 2, job: 'work', label: `2 ${entry.name}` }, { phases: entry.phases, only: entry.only, 'matrix-values': JSON.stringify(entry) })));
  const last = await scene.repository.job({ runId: 2, job: 'rest' }, { phases: rest.phases, only: rest.only, 'matrix-values': JSON.stringify(rest) });
  expect([...jobs, last].map(({ main }) => main.exitCode)).toEqual([0, 0, 0]);
  expect(scene.repository.takeCounts()).toEqual({ first: 1, second: 1, gather: 1 });
  const success = { result: 'success' };
  const verdict = await scene.repository.stage('verdict', { runId: 2, job: 'verdict' }, { needs: JSON.stringify({ plan: success, work: success, rest: success }) });
  expect([verdict.exitCode, verdict.outputs['verdict']]).toEqual([0, 'go']);
  const wrong = await scene.repository.stage('plan', { runId: 3, job: 'plan' }, { join: 'beside' });
  expect([wrong.exitCode, wrong.output]).toEqual([2, expect.stringContaining("input 'join': write inside or after")]);
}, 60_000);

interface Entry {
  readonly name: string;
  readonly phases: string;
  readonly only: string;
}

function readEntries(matrix: string | undefined): readonly Entry[] {
  return (JSON.parse(matrix ?? '') as { readonly include: readonly Entry[] }).include;
}
