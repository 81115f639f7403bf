import { expect, test } from '@jest/globals';
import { useRepository } from './use-repository.js';

const scene = useRepository();

const workflow = `name: ci
defaults: { shell: sh }
phases:
  - id: one
    needs: []
    steps:
      - { id: first, command: "echo first >> ../ran; echo n=1", inputs: [in.txt], outputs: { n: { regex: "n=([0-9]+)" } }, cache: true }
  - id: two
    needs: []
    steps:
      - { id: second, command: "echo second >> ../ran; echo 2 > two.txt", inputs: [in.txt], outputs: { file: two.txt }, cache: true }
  - id: both
    needs: [one, two]
    steps:
      - { id: gather, command: "echo gather >> ../ran; echo {{ first.outputs.n }} $(cat {{ second.outputs.file }})" }
`;

test('a job goes on with results that plan has found and nobody has made in this run', async () => {
  scene.repository.write('ci.yml', workflow);
  scene.repository.write('in.txt', 'a');
  for (const phases of ['one', 'two']) expect((await scene.repository.job({ runId: 1, job: 'work', label: `1 ${phases}` }, { phases, 'matrix-values': JSON.stringify({ name: phases, phases, only: '' }) })).main.exitCode).toBe(0);
  expect(scene.repository.takeCounts()).toEqual({ first: 1, second: 1 });
  const plan = await scene.repository.stage('plan', { runId: 2, job: 'plan' }, { phases: 'one,two' });
  expect([plan.exitCode, plan.outputs['run']]).toEqual([0, 'false']);
  const both = await scene.repository.job({ runId: 2, job: 'publish' }, { phases: 'both' });
  expect(both.main.output).toContain('1 2');
  expect([both.main.exitCode, scene.repository.takeCounts()]).toEqual([0, { gather: 1 }]);
  const verdict = await scene.repository.stage('verdict', { runId: 2, job: 'verdict' }, { needs: JSON.stringify({ plan: { result: 'success' }, work: { result: 'skipped' }, publish: { result: 'success' } }) });
  expect([verdict.exitCode, verdict.outputs['verdict']]).toEqual([0, 'go']);
}, 60_000);
