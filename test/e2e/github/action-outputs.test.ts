import { describe, expect, test } from '@jest/globals';
import { actionOutputs } from '../../../src/action/outputs.js';
import { useRepository } from './use-repository.js';

const world = useRepository();

describe('outputs of the action', () => {
  test('are all set, typed as they are described', async () => {
    const { repository } = world;
    repository.write('ci.yml', `name: ci
defaults: { shell: sh }
outputs: { id: { value: "{{ steps.one.outputs.id }}" }, text: { value: "two\\nlines <<EOF" } }
phases:
  - id: make
    steps:
      - { id: one, command: "echo id=7", outputs: { id: { regex: "id=(.)" } }, inputs: [ci.yml], cache: true }
      - { id: two, command: "test -f pass.txt" }
`);
    const first = await repository.job({ runId: 1 });
    expect(Object.keys(first.main.outputs).sort()).toEqual([...actionOutputs].sort());
    expect(first.main.outputs).toMatchObject({ status: 'failed', verdict: 'no-go', 'failed-step': 'make.two', 'cache-hits': '0', 'cache-misses': '1', gates: '[]', 'cost-usd': '0', tokens: '0', matrix: '[]', 'report-artifact-id': '' });
    expect(first.main.outputs['next-command']).toMatch(/^npx tollgate /u);
    expect(first.main.outputs['run-id']).toMatch(/^\d{8}-\d{6}-\d{3}-[0-9a-f]{4}$/u);
    repository.write('pass.txt', '');
    const second = await repository.job({ runId: 2 });
    expect(second.main.outputs).toMatchObject({ status: 'succeeded', verdict: 'go', 'failed-step': '', 'cache-hits': '1', 'next-command': '' });
    expect(JSON.parse(second.main.outputs['outputs'] ?? '')).toEqual({ id: '7', text: 'two\nlines <<EOF' });
  });

  test.each([['hunter2-hunter2', 'is masked'], ['abc', 'is too short to be masked']])('a value that holds the secret %s is named in a warning, and not shown', async (secret) => {
    const { repository } = world;
    repository.write('ci.yml', `name: ci
defaults: { shell: sh }
secrets: [PASSWORD]
outputs: { word: { value: "{{ steps.one.outputs.word }}" } }
steps:
  - { id: one, secrets: [PASSWORD], command: "echo word=$PASSWORD", outputs: { word: { regex: "word=(.*)" } } }
`);
    repository.setEnv({ PASSWORD: secret });
    const { main } = await repository.job({ runId: 1 });
    const warnings = main.commands.filter(({ name }) => name === 'warning').map(({ data }) => data);
    expect(warnings.filter((line) => line.includes("the output 'outputs' holds"))).toHaveLength(1);
    if (secret.length > 4) expect([main.outputs['outputs']?.includes(secret), main.summary.includes(secret)]).toEqual([false, false]);
    else expect(warnings.join()).toContain('PASSWORD');
  });
});
