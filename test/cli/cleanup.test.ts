import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openRunLease } from '../../src/assembly/open-leases.js';
import { keepRun, step } from './kept-run.js';
import type { Place } from './memory-world.js';
import { createPlace, removePlaces } from './memory-world.js';

afterAll(removePlaces);

const workflow = `name: ci
defaults: { shell: sh }
inputs: { word: { type: string, default: nothing } }
steps:
  - { id: build, command: "mkdir -p out dist; echo {{ inputs.word }} > out/app.txt; echo x > out/undeclared.txt; echo a > dist/a; echo b > dist/b", outputs: { app: out/app.txt, all: dist, said: { value: out/undeclared.txt } } }
  - { id: each, command: "echo {{ matrix.n }} > m{{ matrix.n }}.txt", matrix: { n: [1, 2] }, outputs: { file: "m{{ matrix.n }}.txt" } }
  - { id: kept, command: "echo k > k.txt; echo k > extra.txt", outputs: { file: k.txt }, cache: { inputs: [in.txt], outputs: [extra.txt] } }
  - { id: fails, command: "test -z {{ env.FAIL }}", env: { FAIL: "{{ env('FAIL', '') }}" } }
cleanup:
  - { id: forget, command: "echo {{ build.outputs.app }} {{ build.outcome }} {{ inputs.word }} {{ join(each.outputs.file, '+') }} {{ phases.main.verdict }} > told.txt" }
  - { id: broken, command: "exit 3" }
  - { id: last, command: "echo last >> told.txt" }
`;
const world = { env: { PATH: process.env['PATH'] } };
const files = { 'ci.yml': workflow, 'in.txt': '1', 'mine.txt': 'x' };

const there = ({ folder }: Place): readonly string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).filter((path) => !path.startsWith('.tollgate')).sort();

test('the steps see what the last run has left; then what it declared goes, and nothing else', async () => {
  const place = createPlace(files);
  await place.call(['run', 'ci.yml', '--quiet', '--input', 'word=a b'], world);
  const before = there(place);
  const dry = await place.call(['cleanup', 'ci.yml', '--dry-run', '--json'], world);
  const wanted = ['dist/', 'dist/a', 'dist/b', 'extra.txt', 'k.txt', 'm1.txt', 'm2.txt', 'out/app.txt'];
  expect([dry.exitCode, JSON.parse(dry.out)]).toEqual([0, expect.objectContaining({ workflow: 'ci', dry_run: true, steps: [], removed: wanted, left: [] })]);
  expect(there(place)).toEqual(before);
  const { exitCode, out } = await place.call(['cleanup', 'ci.yml', '--json'], world);
  expect(exitCode).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ removed: wanted, left: [], steps: [{ id: 'forget', status: 'succeeded' }, { id: 'broken', status: 'failed', failure: { code: 'TG3101' } }, { id: 'last', status: 'succeeded' }] });
  expect(there(place)).toEqual(['ci.yml', 'in.txt', 'mine.txt', 'out/undeclared.txt', 'told.txt']);
  expect((await place.call(['cleanup', 'ci.yml', '--quiet'], world)).out).toMatch(/\[BLOCKING\] cleanup\/broken: the command ended with exit code 3 \(TG3101\)\n {2}at ci\.yml:\d+:\d+\n(?:.*\n)*Nothing to remove of run /u);
});

test('what cleanup does is no run', async () => {
  const place = createPlace(files);
  await place.call(['run', 'ci.yml', '--quiet'], world);
  const [id] = readdirSync(join(place.folder, '.tollgate', 'runs'));
  await place.call(['cleanup', 'ci.yml', '--quiet'], world);
  expect(readdirSync(join(place.folder, '.tollgate', 'runs'))).toEqual([id]);
  expect((await place.call(['resume', id ?? ''], world)).err).toContain('has succeeded');
});

test('the values are those of the last run', async () => {
  const place = createPlace(files);
  await place.call(['run', 'ci.yml', '--quiet', '--input', 'word=a b'], world);
  await place.call(['cleanup', 'ci.yml', '--quiet'], world);
  expect(read('told.txt', place)).toBe('out/app.txt succeeded a b m1.txt+m2.txt go\nlast\n');
});

function read(file: string, { folder }: Place): string {
  return readFileSync(join(folder, file), 'utf8');
}

test('run --cleanup cleans up after the run, however it went; not after one that was stopped', async () => {
  const place = createPlace(files);
  const { exitCode, out, err } = await place.call(['run', 'ci.yml', '--quiet', '--cleanup', '--json'], world);
  // The broken step of cleanup counts.
  expect([exitCode, (JSON.parse(out) as { readonly status: string }).status]).toEqual([1, 'succeeded']);
  expect(err).toContain('Removed 7 files that run ');
  expect(there(place)).toEqual(['ci.yml', 'in.txt', 'mine.txt', 'out/undeclared.txt', 'told.txt']);
  await place.call(['run', 'ci.yml', '--quiet', '--cleanup'], { env: { ...world.env, FAIL: 'x' } });
  expect(there(place)).toEqual(['ci.yml', 'in.txt', 'mine.txt', 'out/undeclared.txt', 'told.txt']);
});

test('without a run only the steps are done, with the inputs of the call', async () => {
  const place = createPlace({ 'w.yml': 'name: w\ndefaults: { shell: sh }\ninputs: { a: { type: string, required: true } }\nsteps: [{ id: s, command: "true" }]\ncleanup: [{ id: c, command: "echo {{ inputs.a }} > said.txt" }]\n' });
  expect((await place.call(['cleanup', 'w.yml'], world)).exitCode).toBe(2);
  expect(await place.call(['cleanup', 'w.yml', '--quiet', '--input', 'a=b'], world)).toMatchObject({ exitCode: 0, out: 'Nothing to remove: there is no run of w here.\n' });
  expect(read('said.txt', place)).toBe('b\n');
});

test('of a step that the workflow has no more nobody knows which outputs are paths', async () => {
  const place = createPlace({ 'ci.yml': 'name: ci\nsteps: [{ id: other, command: "true" }]\n', 'mine.txt': 'x' });
  keepRun(place.folder, { events: [step.opened('gone'), step.started('gone'), step.succeeded('gone', { file: 'mine.txt' }), { kind: 'run-ended', status: 'succeeded', verdict: 'go', outputs: {} }] });
  expect((await place.call(['cleanup', 'ci.yml'], world)).out).toContain('Left as it is\n  the outputs of gone: the workflow has no such step any more\n');
  expect(existsSync(join(place.folder, 'mine.txt'))).toBe(true);
});

test('what somebody changed since the run stays', async () => {
  const place = createPlace({ 'ci.yml': 'name: ci\nsteps: [{ id: a, command: "true", outputs: { f: made.txt } }]\n', 'made.txt': 'x' });
  keepRun(place.folder, { events: [step.opened('a'), step.started('a'), step.succeeded('a', { f: 'made.txt' }), { kind: 'run-ended', status: 'succeeded', verdict: 'go', outputs: {} }] });
  writeFileSync(join(place.folder, 'made.txt'), 'mine now');
  expect((await place.call(['cleanup', 'ci.yml'], world)).out).toContain('  made.txt: it was touched after the run\n');
});

test('nothing is taken away from a run that is at work', async () => {
  const place = createPlace(files);
  const { id } = keepRun(place.folder, { events: [step.opened('build'), step.started('build')] });
  const claim = openRunLease(join(place.folder, '.tollgate'), id).claim('run', { note: 'run', takeOver: false });
  expect(await place.call(['cleanup', 'ci.yml'], world)).toMatchObject({ exitCode: 2, err: expect.stringContaining(`error: run ${id} is at work: cleaning up would take away what it needs (TG3407)\n`) as unknown });
  if (claim.kind === 'held') claim.lease.release();
});

test('after a run that paused nothing is cleaned up: it can be gone on with', async () => {
  const place = createPlace({ 'p.yml': 'name: p\ndefaults: { shell: sh }\nsteps:\n  - { id: a, command: "echo x > a.txt", outputs: { f: a.txt } }\n  - { id: b, command: "exec sleep 30", effects: once, timeout: 200ms }\ncleanup: [{ id: c, command: "touch c.txt" }]\n' });
  const { exitCode, err } = await place.call(['run', 'p.yml', '--quiet', '--cleanup'], world);
  expect([exitCode, err]).toEqual([4, expect.stringContaining('The run was paused: nothing was cleaned up. When it is not gone on with: tollgate cleanup p\n')]);
  expect(there(place)).toEqual(['a.txt', 'p.yml']);
});
