import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from './memory-world.js';
import { createPlace, removePlaces } from './memory-world.js';

afterAll(removePlaces);

const workflow = `name: ci
defaults: { shell: sh }
steps:
  - { id: kept, command: "echo kept says 1", inputs: [in.txt], cache: true }
  - { id: cells, command: "echo cell {{ matrix.n }}", matrix: { n: [1, 2] } }
  - { id: silent, command: "true" }
`;
const world = { env: { PATH: process.env['PATH'] } };

async function createRuns(): Promise<Place & { readonly ids: readonly string[]; readonly logs: (...argv: readonly string[]) => ReturnType<Place['call']> }> {
  const place = createPlace({ 'ci.yml': workflow, 'in.txt': 'x' });
  const ids: string[] = [];
  for (let count = 0; count < 2; count++) ids.push((JSON.parse((await place.call(['run', 'ci.yml', '--json'], world)).out) as { readonly run_id: string }).run_id);
  return { ...place, ids, logs: (...argv) => place.call(['logs', ...argv], world) };
}

test('of a step whose result was used again it shows what was said then, and says when', async () => {
  const { logs, ids: [first = '', second = ''] } = await createRuns();
  expect(await logs('kept', '--run', first)).toEqual({ exitCode: 0, out: 'kept says 1\n', err: '' });
  expect(await logs('kept')).toEqual({ exitCode: 0, out: 'kept says 1\n', err: expect.stringMatching(/^kept: from \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, \d+ s ago: its result was used again\n$/u) as unknown });
  expect((await logs()).out).toMatch(/^cells\.1 +7 bytes\ncells\.2 +7 bytes\nkept +12 bytes {2}from /u);
  const json = JSON.parse((await logs('--json')).out) as { readonly run_id: string; readonly logs: readonly { readonly step: string; readonly made_at: string | null; readonly path: string | null }[] };
  expect([json.run_id, json.logs.map((log) => [log.step, log.made_at === null, log.path === null])]).toEqual([second, [['cells.1', true, false], ['cells.2', true, false], ['kept', false, true]]]);
});

test('a step is named as everywhere, a cell by its number', async () => {
  const { logs } = await createRuns();
  for (const name of ['cells', 'CELLS', 'main/cells']) expect((await logs(name)).out).toBe('cell 1\ncell 2\n');
  expect((await logs('cells.2')).out).toBe('cell 2\n');
});

test('what is not there is told apart from what said nothing', async () => {
  const { logs, ids: [first = ''] } = await createRuns();
  expect(await logs('silent')).toMatchObject({ exitCode: 2, err: expect.stringContaining('error: silent said nothing in run ') as unknown });
  expect(await logs('kpet', '--run', first)).toMatchObject({ exitCode: 2, err: `error: run ${first} has no log of 'kpet'; did you mean 'kept'?\n\n  tollgate logs --run ${first}  the steps that said something\n` });
  expect(await logs('--run', 'zz')).toMatchObject({ exitCode: 2, err: expect.stringContaining("there is no run 'zz'") as unknown });
});

test('a kept log that is gone or damaged is not shown', async () => {
  const { logs, folder } = await createRuns();
  const manifest = JSON.parse((await logs('--json')).out) as { readonly logs: readonly unknown[] };
  expect(manifest.logs).toHaveLength(3);
  rmSync(join(folder, '.tollgate', 'store', 'blobs'), { recursive: true });
  expect(await logs('kept')).toMatchObject({ exitCode: 0, out: '', err: expect.stringContaining('kept: what it said is not kept any more\n') as unknown });
});
