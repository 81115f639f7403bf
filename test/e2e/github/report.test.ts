import { expect, test } from '@jest/globals';
import { useRepository } from './use-repository.js';

const world = useRepository({ visibility: 'public' });

const workflow = `name: ci
defaults: { shell: sh }
steps:
  - { id: one, command: "echo one >> ../ran; echo said by one; cat in.txt > made.txt", inputs: [in.txt], outputs: { file: made.txt }, cache: true }
  - { id: two, command: "echo two >> ../ran; test -f pass.txt", needs: [one] }
`;

function write(): void {
  world.repository.write('ci.yml', workflow);
  world.repository.write('in.txt', 'a');
}

const named = (name: string): readonly { readonly name: string; readonly id: number }[] => world.github.artifacts().filter((artifact) => artifact.name.startsWith(name));

test('a report is an artifact of its attempt, and on a public repository one line says who can read what is there', async () => {
  write();
  const failed = await world.repository.job({ runId: 1 }, { report: 'on' });
  expect([failed.main.exitCode, named('tollgate-report-')]).toEqual([1, [expect.objectContaining({ id: Number(failed.main.outputs['report-artifact-id']) })]]);
  const warnings = failed.main.commands.filter(({ name }) => name === 'warning').map(({ data }) => data);
  expect(warnings).toEqual([expect.stringMatching(/^This repository is public: .* can download the report and the state of the run, .*encryption-key/u)]);
  world.repository.write('pass.txt', '');
  const passed = await world.repository.job({ runId: 1, attempt: 2 }, { report: 'on' });
  expect([passed.main.exitCode, named('tollgate-report-').length]).toEqual([0, 2]);
});

test('with a key nothing leaves the job that anybody could read', async () => {
  write();
  const { main } = await world.repository.job({ runId: 1 }, { report: 'on', 'encryption-key': 'a passphrase of the repository' });
  expect([main.exitCode, main.outputs['report-artifact-id'], named('tollgate-report-')]).toEqual([1, '', []]);
  expect(main.output).toContain('The report is not uploaded');
  expect(main.commands.filter(({ name }) => name === 'warning')).toEqual([]);
});

test('a report that holds a token stays here', async () => {
  world.repository.write('ci.yml', workflow.replace('echo said by one', "echo gh''p_aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dF3hJ5"));
  world.repository.write('in.txt', 'a');
  world.repository.write('pass.txt', '');
  const { main } = await world.repository.job({ runId: 1 }, { report: 'on' });
  expect([main.exitCode, named('tollgate-report-')]).toEqual([0, []]);
  expect(main.output).toMatch(/The report is not uploaded: .*logs\/one\.log/u);
});

test('a dry run tells what would be done with each step, and runs nothing', async () => {
  write();
  const { main } = await world.repository.job({ runId: 1 }, { 'dry-run': 'true' });
  expect([main.exitCode, main.outputs['status'], world.repository.takeCounts()]).toEqual([0, 'planned', {}]);
  expect(main.output).toContain('Nothing was run.');
  expect(main.summary).toMatch(/^### What a run would do/u);
  world.repository.write('pass.txt', '');
  await world.repository.job({ runId: 2 });
  const second = await world.repository.job({ runId: 3 }, { 'dry-run': 'true' });
  expect(second.main.output).toMatch(/hit +one/u);
});
