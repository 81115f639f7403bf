import fc from 'fast-check';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { StoredFile } from '../../../core/cache/stored-result.js';
import { digestOf } from '../store/digest.js';
import { gatherRun } from './gather-run.js';
import { openPack } from '../pack/open-pack.js';
import { encodeHeader } from '../pack/pack-form.js';
import { writePack } from '../pack/write-pack.js';
import { stateForm } from './state-file-form.js';

const scratch = mkdtempSync(join(tmpdir(), 'tollgate-state-file-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const header = { run: '20250115-083000-000-0001', workflow: 'ci', file: 'ci.yml', repository: null, exportedAt: 0 };

function createRun(files: Readonly<Record<string, string>>): string {
  const runPath = mkdtempSync(join(scratch, 'run-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(runPath, path)), { recursive: true });
    writeFileSync(join(runPath, path), text);
  }
  return runPath;
}

function write(runPath: string, overwrite = false): string {
  const path = join(mkdtempSync(join(scratch, 'file-')), 'run.tollgate');
  const { files } = gatherRun({ runPath, storeFolder: join(scratch, 'none'), results: [], extent: 'whole' });
  expect(writePack(path, { form: stateForm, header, files, tollgateVersion: '1.2.3', overwrite })).toEqual({ kind: 'written', bytes: statSync(path).size });
  return path;
}

/** What is there after unpacking, or why nothing is. */
function unpack(path: string): Readonly<Record<string, string>> | string {
  const opened = openPack(path, stateForm);
  if (opened.kind !== 'opened') return opened.kind === 'newer' ? `newer ${opened.tollgate}` : opened.reason;
  try {
    const folder = mkdtempSync(join(scratch, 'out-'));
    const fault = opened.unpack(folder);
    if (fault !== undefined) return fault;
    const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return Object.fromEntries(found.map((entry) => join(entry.parentPath, entry.name)).map((file) => [file.slice(folder.length + 1), readFileSync(file, 'utf8')]));
  } finally {
    opened.close();
  }
}

const run = { 'journal/000001.ndjson': 'one\n', 'journal/000002.ndjson': 'two\n', 'logs/build.log': 'said', 'workflow.yml': 'name: ci', 'artifacts/app/deep/x': '\0\u00e4', 'artifacts/.manifests/app.json': '{}', 'logs/empty.log': '' };

test('what goes in comes out, but for what is of this machine alone', () => {
  const path = write(createRun({ ...run, 'lease/1': 'x', 'run.json': '{}', 'steps/a.outputs': 'x', 'journal/000001.ndjson.damaged-1': 'x' }));
  expect(unpack(path)).toEqual(run);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('any bytes in any files come out as they went in', () => {
  const name = fc.stringMatching(/^[a-z0-9_-]{1,12}$/u);
  fc.assert(fc.property(fc.dictionary(name, fc.string({ unit: 'binary' }), { maxKeys: 5 }), (logs) => {
    const files = Object.fromEntries(Object.entries(logs).map(([log, text]) => [`logs/${log}.log`, Buffer.from(text).toString()]));
    expect(unpack(write(createRun(files)))).toEqual(files);
  }), { numRuns: 30 });
});

test('links and empty folders of artifacts come along; executables stay so', () => {
  const runPath = createRun({ 'artifacts/app/run.sh': '#!/bin/sh' });
  writeFileSync(join(runPath, 'artifacts/app/tool'), 'x', { mode: 0o755 });
  mkdirSync(join(runPath, 'artifacts/app/empty'));
  symlinkSync('run.sh', join(runPath, 'artifacts/app/latest'));
  const opened = openPack(write(runPath), stateForm);
  if (opened.kind !== 'opened') throw new Error(opened.kind);
  const folder = mkdtempSync(join(scratch, 'out-'));
  expect(opened.unpack(folder)).toBeUndefined();
  opened.close();
  expect(readdirSync(join(folder, 'artifacts/app')).sort()).toEqual(['empty', 'latest', 'run.sh', 'tool']);
  expect([statSync(join(folder, 'artifacts/app/tool')).mode & 0o777, statSync(join(folder, 'artifacts/app/run.sh')).mode & 0o777]).toEqual([0o700, 0o600]);
});

test('a file that was changed, wherever that is, is never unpacked as if it were whole', () => {
  const bytes = readFileSync(write(createRun(run)));
  fc.assert(fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
    const damaged = Buffer.from(bytes);
    damaged.writeUInt8(damaged.readUInt8(at) ^ change, at);
    const path = join(scratch, 'damaged.tollgate');
    writeFileSync(path, damaged);
    const version = /^tollgate-run 1 (\S+) /u.exec(damaged.toString('latin1'))?.[1];
    // Who wrote it is for people: nothing follows from it.
    if (version !== undefined && version !== '1.2.3') return;
    expect(typeof unpack(path)).toBe('string');
  }), { numRuns: 300 });
});

test('a file that was cut, or that something was added to, is refused', () => {
  const bytes = readFileSync(write(createRun(run)));
  fc.assert(fc.property(fc.nat(bytes.length - 1), (length) => {
    const path = join(scratch, 'cut.tollgate');
    writeFileSync(path, bytes.subarray(0, length));
    expect(typeof unpack(path)).toBe('string');
  }), { numRuns: 200 });
  writeFileSync(join(scratch, 'more.tollgate'), Buffer.concat([bytes, Buffer.from('x')]));
  expect(unpack(join(scratch, 'more.tollgate'))).toBe('something was added behind its end');
});

const content = (path: string, text: string): StoredFile => ({ kind: 'file', path, executable: false, digest: digestOf(text), size: text.length });
const hostile: readonly (readonly [string, readonly StoredFile[], RegExp])[] = [
  ['a way out', [content('artifacts/../../x', 'x')], /goes by/u],
  ['an absolute path', [content('/etc/x', 'x')], /absolute/u],
  ["git's own", [content('artifacts/.GIT/config', 'x')], /belongs to git/u],
  ['a part that a run does not have', [content('lease/1', 'x')], /no part of a run/u],
  ['a journal by another name', [content('journal/000001.ndjson/x', 'x')], /no part of a run/u],
  ['a folder above', [content('run.json', 'x')], /no part of a run/u],
  ['a link that leads out', [{ kind: 'link', path: 'artifacts/a', target: '../../../x' }], /leads out/u],
  ['a link elsewhere than among artifacts', [{ kind: 'link', path: 'logs/a.log', target: 'b' }], /no part of a run/u],
  ['a way through a link', [{ kind: 'link', path: 'artifacts/a', target: 'b' }, content('artifacts/a/x', 'x')], /no folder/u],
  ['one path twice', [content('logs/a.log', 'x'), content('logs/a.log', 'x')], /twice/u],
  ['two that differ in case alone', [content('logs/A.log', 'x'), content('logs/a.log', 'x')], /case/u],
  ['a content under a false name', [content(`blobs/${'0'.repeat(64)}`, 'x')], /another content than its name says/u],
];

test.each(hostile)('%s is refused, though all checksums are right', (_, files, reason) => {
  const path = join(mkdtempSync(join(scratch, 'hostile-')), 'run.tollgate');
  writeFileSync(path, `${encodeHeader('run', { ...header, files }, '1.2.3')}${files.map((file) => (file.kind === 'file' ? 'x' : '')).join('')}`);
  expect(unpack(path)).toMatch(reason);
});

test.each([
  ['', 'it is no file with a run'], ['hello\n', 'it is no file with a run'], ['tollgate-run 2 9.9.9 whatever comes\nx', 'newer 9.9.9'], ['tollgate-run 0 1.0.0\n', 'it is no file with a run'],
  [`tollgate-run 1 1.0.0 ${digestOf('{}\n')} 3\n{}\n`, 'it names no run'], [`tollgate-run 1 1.0.0 ${digestOf('[]\n')} 3\n[]\n`, 'its list of files is none'],
  [`tollgate-run 1 1.0.0 ${digestOf('')} 999999999\n`, 'it is cut off'], ['x'.repeat(600), 'it is no file with a run'],
])('text %# is refused', (text, reason) => {
  writeFileSync(join(scratch, 'odd.tollgate'), text);
  expect(unpack(join(scratch, 'odd.tollgate'))).toBe(reason);
});

test('nothing is overwritten unless that is asked for, and what fails leaves nothing', () => {
  const path = join(mkdtempSync(join(scratch, 'there-')), 'run.tollgate');
  writeFileSync(path, 'mine');
  const order = { form: stateForm, header, files: gatherRun({ runPath: createRun(run), storeFolder: '', results: [], extent: 'whole' }).files, tollgateVersion: '1.2.3' };
  expect(writePack(path, { ...order, overwrite: false })).toEqual({ kind: 'taken' });
  expect(readFileSync(path, 'utf8')).toBe('mine');
  expect(writePack(path, { ...order, overwrite: true })).toMatchObject({ kind: 'written' });
  const first = order.files.find(({ file }) => file.kind === 'file');
  const gone = { ...order, files: [{ ...first!, from: { path: join(scratch, 'gone') } }] };
  expect(writePack(join(dirname(path), 'other'), { ...gone, overwrite: false })).toEqual({ kind: 'failed', reason: 'there is no such file' });
  expect(readdirSync(dirname(path))).toEqual(['run.tollgate']);
});
