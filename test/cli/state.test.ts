import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredResult } from '../../src/core/cache/stored-result.js';
import { gatherRun } from '../../src/adapters/local/state-file/gather-run.js';
import { writePack } from '../../src/adapters/local/pack/write-pack.js';
import type { StateHeader } from '../../src/adapters/local/state-file/state-file-form.js';
import { stateForm } from '../../src/adapters/local/state-file/state-file-form.js';
import { stateWords } from '../../src/cli/commands/state.js';
import { findCommand } from '../../src/cli/commands.js';
import { openRunLease } from '../../src/assembly/open-leases.js';
import type { RunJson } from '../../src/core/report/run/run-json.js';
import { keepRun, step } from './kept-run.js';
import type { Place } from './memory-world.js';
import { createPlace, removePlaces } from './memory-world.js';

afterAll(removePlaces);

const workflow = `name: ci
defaults: { shell: sh }
steps:
  - { id: build, command: "echo built >> times.txt; mkdir -p out; echo app > out/app.txt", inputs: [in.txt], outputs: { app: out/app.txt }, cache: true }
  - { id: deploy, command: "echo deployed >> times.txt", effects: once }
  - { id: check, command: "echo checking; test -f ok.txt" }
`;
const files = { 'ci.yml': workflow, 'in.txt': '1' };
const world = { env: { PATH: process.env['PATH'] } };

/** A run that failed at its last step, in a file; and its name. */
async function createExport(more: Readonly<Record<string, string>> = {}): Promise<{ readonly file: string; readonly id: string; readonly from: Place }> {
  const from = createPlace({ ...files, ...more });
  const { run_id: id } = JSON.parse((await from.call(['run', 'ci.yml', '--json'], world)).out) as RunJson;
  const { exitCode, out } = await from.call(['state', 'export', id ?? '', 'run.tollgate'], world);
  expect([exitCode, out]).toEqual([0, expect.stringMatching(new RegExp(`^Run ${id ?? ''} of ci: \\d+ files and 1 result, \\d+\\.\\d KiB, in run\\.tollgate\\n$`, 'u'))]);
  return { file: join(from.folder, 'run.tollgate'), id: id ?? '', from };
}

test('a run is gone on with on another machine: what is done stays done, and what it made is there', async () => {
  const { file, id } = await createExport();
  const there = createPlace({ ...files, 'ok.txt': '' });
  const { exitCode, out, err } = await there.call(['state', 'import', file], world);
  expect({ exitCode, out, err }).toEqual({ exitCode: 0, out: `Run ${id} of ci is here, with 1 result.\n`, err: `  → How far it came: tollgate status ${id}\n  → Go on with it:   tollgate resume ${id}\n` });
  expect((await there.call(['status'], world)).out).toContain('failed');
  expect(await there.call(['logs', 'check'], world)).toMatchObject({ exitCode: 0, out: 'checking\n' });
  const resumed = JSON.parse((await there.call(['resume', '--json'], world)).out) as RunJson;
  expect([resumed.run_id, resumed.status, resumed.attempt]).toEqual([id, 'succeeded', 2]);
  expect(readFileSync(join(there.folder, 'out/app.txt'), 'utf8')).toBe('app\n');
  expect(existsSync(join(there.folder, 'times.txt'))).toBe(false);
  expect(readdirSync(join(there.folder, '.tollgate', 'runs'))).toEqual([id]);
});

test('the same run is taken in once', async () => {
  const { file, id } = await createExport();
  const there = createPlace(files);
  await there.call(['state', 'import', file, '--json'], world);
  expect(await there.call(['state', 'import', file], world)).toMatchObject({ exitCode: 2, err: `error: run ${id} is here already\n\n  tollgate status ${id}  how far it came\n` });
});

test('a file that is not whole leaves nothing behind', async () => {
  const { file } = await createExport();
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 3) ^ 1, bytes.length - 3);
  const there = createPlace(files);
  there.write('bad.tollgate', '');
  writeFileSync(join(there.folder, 'bad.tollgate'), bytes);
  const { exitCode, err } = await there.call(['state', 'import', 'bad.tollgate'], world);
  expect([exitCode, err]).toEqual([2, expect.stringMatching(/^error: bad\.tollgate cannot be taken in: the content of .* is damaged \(TG3415\)\n/u)]);
  expect(readdirSync(join(there.folder, '.tollgate', 'runs'))).toEqual([]);
  there.write('newer.tollgate', 'tollgate-run 7 9.0.0 anything\n');
  expect((await there.call(['state', 'import', 'newer.tollgate'], world)).err).toContain('install it: npm install --global tollgate@9.0.0');
});

const git = (repository: string): Readonly<Record<string, string>> => ({ '.git/HEAD': 'ref: refs/heads/main\n', '.git/config': `[remote "origin"]\n\turl = https://github.com/${repository}.git\n` });

test('a run of another repository is taken in when it is named', async () => {
  const { file } = await createExport(git('acme/api'));
  const there = createPlace({ ...files, ...git('acme/web') });
  const refused = await there.call(['state', 'import', file], world);
  expect(refused).toMatchObject({ exitCode: 2, err: `error: ${file} holds a run of repository acme/api, and this workspace is acme/web (TG3416)\n       when it is meant all the same: --accept acme/api\n` });
  expect((await there.call(['state', 'import', file, '--accept', 'acme/api'], world)).exitCode).toBe(0);
});

test('a run of a workflow that is not here is taken in when it is named', async () => {
  const { file } = await createExport();
  const there = createPlace();
  expect((await there.call(['state', 'import', file], world)).err).toContain('holds a run of workflow ci, and there is no such workflow here, nor ci.yml (TG3416)');
  expect((await there.call(['state', 'import', file, '--accept', 'ci'], world)).exitCode).toBe(0);
});

test('a run that somebody is at is not written out, nor is a file overwritten', async () => {
  const place = createPlace(files);
  const { id } = keepRun(place.folder, { events: [step.opened('build'), step.started('build')] });
  const claim = openRunLease(join(place.folder, '.tollgate'), id).claim('run', { note: 'run', takeOver: false });
  expect(await place.call(['state', 'export', id], world)).toMatchObject({ exitCode: 2, err: expect.stringContaining(`run ${id} is at work`) as unknown });
  if (claim.kind === 'held') claim.lease.release();
  expect((await place.call(['state', 'export', '0001'], world)).exitCode).toBe(0);
  expect(existsSync(join(place.folder, `${id}.tollgate`))).toBe(true);
  expect(await place.call(['state', 'export', '0001'], world)).toMatchObject({ exitCode: 2, err: `error: ${id}.tollgate is there already\n       name another file, or --force\n` });
  expect((await place.call(['state', 'export', '0001', '--force'], world)).exitCode).toBe(0);
});

test.each([
  [['state', 'exprot'], "error: 'exprot' is none of export, import, prune; did you mean 'export'?"],
  [['state', 'export'], 'error: which run? state export <run> [file]'],
  [['state', 'import'], 'error: which file? state import <file>'],
  [['state', 'import', 'no.tollgate'], 'error: no.tollgate cannot be taken in: there is no such file (TG3415)'],
])('%j is refused with what would do', async (argv, message) => {
  const { exitCode, err } = await createPlace().call(argv);
  expect([exitCode, err.split('\n')[0]]).toEqual([2, message]);
});

test('the words of the command are those of the table', () => {
  expect(findCommand('state')?.argument?.words).toEqual(stateWords);
});

/** A file as nobody's export writes it: about a run, with results of somebody's choosing. */
function forge(place: Place, header: Partial<Omit<StateHeader, 'files'>>, results: readonly StoredResult[]): string {
  const run = keepRun(place.folder, { events: [step.opened('build'), step.started('build'), { ...step.succeeded('build'), ...{ key: 'a'.repeat(64) } }] });
  const file = join(place.folder, 'forged.tollgate');
  const { files: parts } = gatherRun({ runPath: run.path, storeFolder: '', results, extent: 'whole' });
  writePack(file, { form: stateForm, header: { run: run.id, workflow: 'ci', file: 'ci.yml', repository: null, exportedAt: 0, ...header }, files: parts, tollgateVersion: '1.0.0', overwrite: true });
  return file;
}

const made: Omit<StoredResult, 'key' | 'step'> = { domain: 'default', workflow: 'ci', definition: 'b'.repeat(64), tollgateVersion: '1.0.0', createdAt: 0, durationMs: 1, exitCode: 0, stdout: '', outputs: {}, costUsd: 0, tokens: 0, files: [], folders: [], log: null };

test('only results that the run itself speaks of are taken in, and into a domain of their own', async () => {
  const file = forge(createPlace(), {}, [{ ...made, step: 'build', key: 'a'.repeat(64) }, { ...made, step: 'build', key: 'c'.repeat(64) }, { ...made, step: 'other', key: 'a'.repeat(64) }]);
  const there = createPlace(files);
  expect((await there.call(['state', 'import', file], world)).out).toContain('is here, with 1 result.');
  const { results } = JSON.parse((await there.call(['cache', 'ls', '--json'], world)).out) as { readonly results: readonly { readonly key: string; readonly step: string; readonly domain: string }[] };
  expect(results.map(({ key, step: name, domain }) => [key[0], name, domain])).toEqual([['a', 'build', 'imported']]);
});

test.each([
  [{ run: '20250115-083000-000-0009' }, /its first line is not|of run/u],
  [{ workflow: 'release' }, /its journal is of run .* of ci \(TG3415\)/u],
])('a file that says of its run what its journal does not is refused: %j', async (header, reason) => {
  const file = forge(createPlace(), header, []);
  const there = createPlace({ ...files, 'release.yml': workflow.replace('name: ci', 'name: release') });
  const { exitCode, err } = await there.call(['state', 'import', file, '--accept', 'release'], world);
  expect([exitCode, err]).toEqual([2, expect.stringMatching(reason)]);
  expect(readdirSync(join(there.folder, '.tollgate', 'runs'))).toEqual([]);
});

test('a result that would lead out of the workspace is not taken in', async () => {
  const file = forge(createPlace(), {}, [{ ...made, step: 'build', key: 'a'.repeat(64), files: [{ kind: 'link', path: 'out', target: '../../etc' }] }]);
  const there = createPlace(files);
  expect((await there.call(['state', 'import', file], world)).out).toContain('is here, with 0 results.');
});
