import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunJson } from '../../src/core/report/run/run-json.js';
import { keepRun } from './kept-run.js';
import type { Place } from './memory-world.js';
import { createPlace, removePlaces } from './memory-world.js';

afterAll(removePlaces);

const workflow = `name: ci
defaults: { shell: sh }
inputs:
  name: { type: string, default: nobody }
  count: { type: number, default: 1 }
steps:
  - { id: a, command: "echo {{ inputs.name }} {{ inputs.count }} >> said.txt" }
  - { id: b, command: "true" }
`;
const world = { env: { PATH: process.env['PATH'] } };

async function json({ call }: Place, ...argv: readonly string[]): Promise<RunJson> {
  const { exitCode, out } = await call([...argv, '--json'], world);
  expect([exitCode, argv]).toEqual([0, argv]);
  return JSON.parse(out) as RunJson;
}

test('a run is done again with its inputs and its part of the workflow, as a new run', async () => {
  const place = createPlace({ 'ci.yml': workflow });
  const first = await json(place, 'run', 'ci.yml', '--input', 'name=ada b', '--input', 'count=3', '--only', 'a');
  const second = await json(place, 'rerun');
  expect(second.run_id).not.toBe(first.run_id);
  expect([second.inputs, second.partial, second.attempt]).toEqual([{ name: 'ada b', count: 3 }, ['--only a'], 1]);
  const third = await json(place, 'rerun', first.run_id ?? '', '--input', 'count=4');
  expect(third.inputs).toEqual({ name: 'ada b', count: 4 });
  expect(readFileSync(join(place.folder, 'said.txt'), 'utf8')).toBe('ada b 3\nada b 3\nada b 4\n');
  expect((await json(place, 'history') as unknown as { readonly runs: readonly unknown[] }).runs).toHaveLength(3);
});

test('an input that held a secret has to be given anew', async () => {
  const place = createPlace({ 'ci.yml': workflow });
  const { id } = keepRun(place.folder, { facts: { inputs: { name: 'https://***@host' } } });
  const { exitCode, err } = await place.call(['rerun'], world);
  expect(exitCode).toBe(2);
  expect(err).toContain(`error: the input 'name' of run ${id} held a secret, and is written down only as https://***@host\n       give it anew: --input name=…\n`);
  expect((await json(place, 'rerun', '--input', 'name=mine')).inputs).toMatchObject({ name: 'mine' });
});

test('what the workflow does not take any more is named', async () => {
  const place = createPlace({ 'ci.yml': workflow });
  const { id } = keepRun(place.folder, { facts: { inputs: { names: 'x' } } });
  const { exitCode, err } = await place.call(['rerun'], world);
  expect(exitCode).toBe(2);
  expect(err).toContain(`'names'`);
  expect(err).toContain(`  at run ${id}\n`);
});

test('without its workflow a run cannot be done again', async () => {
  const place = createPlace();
  const { id } = keepRun(place.folder);
  expect((await place.call(['rerun'], world)).err).toContain(`error: the workflow of run ${id} is not at ci.yml any more\n`);
});

test('what held a secret is written down nowhere, and has to be given anew', async () => {
  const place = createPlace({ 'ci.yml': `secrets: [TOK]\n${workflow}  - { id: c, command: "echo {{ b.outputs.x }}" }\n`.replace('id: b, command: "true"', 'id: b, command: "true", outputs: { x: { value: y } }') });
  const secret = 'a-secret-that-nobody-knows-7f3';
  const given = { env: { ...world.env, TOK: secret } };
  expect((await place.call(['run', 'ci.yml', '--quiet', '--input', `name=x${secret}`, '--only', 'a,c', '--set', `b.outputs.x=${secret}`], given)).exitCode).toBe(0);
  const texts = readdirSync(join(place.folder, '.tollgate'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
  expect(texts.filter((text) => text.includes(secret))).toEqual([]);
  expect((await place.call(['rerun'], given)).err).toContain("the input 'name' of run");
  expect((await place.call(['rerun', '--input', 'name=y'], given)).err).toContain('for b.outputs.x held a secret, and is written down only as ***');
});
