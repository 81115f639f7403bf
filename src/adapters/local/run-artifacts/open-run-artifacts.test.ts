import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describeNew } from '../../../../test/contracts/artifact-store-contract.js';
import { useArtifactFolder } from '../../../../test/rig/artifact-folder.js';
import { listFolder } from '../../../../test/rig/store-folder.js';
import { eventOf } from '../../../../test/rig/write-epoch.js';
import type { Artifact } from '../../../core/artifact/artifact.js';
import { digestFiles } from '../../../core/cache/digest-files.js';
import type { StoredFile } from '../../../core/cache/stored-result.js';
import { openRunFolder } from '../run-folder/run-folder-store.js';
import { createTemporaryNames } from '../store/temporary-names.js';
import { writeArtifactManifest } from './artifact-manifest.js';

const theFolder = useArtifactFolder();

async function keep(given: Parameters<typeof describeNew>[0] = {}, paths: readonly string[] = ['out']): Promise<Artifact> {
  const kept = await theFolder().open().keep(describeNew(given), { paths, holdsSecret: null });
  if (kept.kind !== 'kept') throw new Error(kept.reason);
  return kept.artifact;
}

function writeManifest(artifact: Artifact): void {
  const layout = theFolder().layoutOf(artifact.run);
  mkdirSync(layout.manifests, { recursive: true });
  mkdirSync(layout.filesOf(artifact.name), { recursive: true });
  writeFileSync(layout.manifestOf(artifact.name), writeArtifactManifest(artifact));
}

const sampleText = 'some content, and a little more of it';

test('a list of files of which any byte is another is no artifact', async () => {
  theFolder().write('out/a', sampleText);
  const manifest = theFolder().layoutOf((await keep()).run).manifestOf('coverage');
  const whole = readFileSync(manifest);
  const { length } = whole;
  await fc.assert(fc.asyncProperty(fc.nat(length - 1), fc.integer({ min: 1, max: 255 }), fc.constantFrom('flip', 'cut', 'double'), async (at, mask, damage) => {
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ mask;
    writeFileSync(manifest, damage === 'flip' ? bytes : damage === 'cut' ? whole.subarray(0, at) : Buffer.concat([whole, whole.subarray(0, at + 1)]));
    expect(await theFolder().open().list()).toMatchObject({ found: [], damaged: [{ name: 'coverage' }] });
  }), { numRuns: 100 });
  writeFileSync(manifest, whole);
  expect((await theFolder().open().list()).found).toHaveLength(1);
});

const damages: Readonly<Record<string, (path: string) => void>> = {
  'a byte more': (path) => appendFileSync(path, 'x'),
  'a byte less': (path) => truncateSync(path, sampleText.length - 1),
  'another byte': (path) => writeFileSync(path, sampleText.replace('some', 'sime')),
  'nothing': (path) => rmSync(path),
  'a link to the same': (path) => {
    renameSync(path, `${path}.real`);
    symlinkSync(`${path}.real`, path);
  },
  'a folder': (path) => {
    rmSync(path);
    mkdirSync(path);
  },
  'a pipe': (path) => {
    rmSync(path);
    execFileSync('mkfifo', [path]);
  },
};

test.each(Object.keys(damages).flatMap((damage) => (['mirror', 'beside', 'over'] as const).map((manner) => [damage, manner] as const)))('with %s in place of a file nothing is brought (%s)', async (damage, manner) => {
  theFolder().write('out/a', sampleText);
  theFolder().write('out/b', 'fine');
  const artifact = await keep();
  damages[damage]?.(join(theFolder().layoutOf(artifact.run).filesOf('coverage'), 'out/a'));
  theFolder().writeThere('mine', 'mine');
  const brought = await theFolder().open().bring(artifact, { folder: theFolder().destination, manner });
  expect(brought).toMatchObject({ kind: 'damaged', reason: expect.stringContaining('out/a') as string });
  expect(listFolder(dirname(theFolder().destination))).toEqual({ deep: 'folder', 'deep/mine': 'file mine' });
});

test('a copy of which any file is another, gone or too many is made anew', async () => {
  const names = ['a', 'b', 'c/d', 'c/e', 'f', 'g'];
  for (const name of names) theFolder().write(`out/${name}`, sampleText);
  const artifact = await keep();
  const bring = async () => await theFolder().open().bring(artifact, { folder: theFolder().destination, manner: 'mirror' });
  await bring();
  const whole = theFolder().list('destination');
  for (const name of names) {
    for (const damage of [...Object.values(damages), (path: string) => writeFileSync(`${path}.more`, ''), (path: string) => chmodSync(path, 0o755)]) {
      damage(join(theFolder().destination, 'out', name));
      expect((await bring()).kind).toBe('brought');
      expect(theFolder().list('destination')).toEqual(whole);
    }
  }
  expect(await bring()).toEqual({ kind: 'brought', written: 0 });
});

const file = (path: string): StoredFile => ({ kind: 'file', path, executable: false, digest: 'a'.repeat(64), size: 1 });
const hostile: readonly (readonly StoredFile[])[] = [
  [file('../x')], [file('/etc/x')], [file('a/../../x')], [file('')], [file('a//b')], [file('.git/config')], [file('a/.GIT/config')], [file('.tollgate/x')], [file('a\0b')],
  [{ kind: 'link', path: 'a', target: '/etc' }, file('a/passwd')], [{ kind: 'link', path: 'a', target: '../..' }], [{ kind: 'link', path: 'a', target: 'b/../../..' }],
  [file('A'), file('a')], [file('b'), file('a')], [file('a'), file('a')], [file('a'), file('a/b')],
];

test.each(hostile.map((files) => [JSON.stringify(files.map(({ path }) => path)), files] as const))('a list that is signed and names %s is no artifact', async (_, files) => {
  const artifact: Artifact = { ...describeNew(), files, size: files.length, version: digestFiles(files) };
  writeManifest(artifact);
  expect(await theFolder().open().list()).toMatchObject({ found: [], damaged: [{ reason: expect.stringContaining('cannot be') as string }] });
});

test('what is signed for another place, name or content is not believed', async () => {
  const files = [file('a')];
  const artifact: Artifact = { ...describeNew(), files, size: 1, version: digestFiles(files) };
  const { manifestOf } = theFolder().layoutOf(artifact.run);
  writeManifest(artifact);
  const texts = [{ ...artifact, run: '20260109-000000-000-cccc' }, { ...artifact, name: '../coverage' }, { ...artifact, version: 'b'.repeat(64) }, { ...artifact, tags: [1] }, { ...artifact, format: 2 }].map((each) => writeArtifactManifest(each as Artifact));
  for (const text of texts) {
    writeFileSync(manifestOf('coverage'), text);
    expect(await theFolder().open().list()).toMatchObject({ found: [], damaged: [{ name: 'coverage' }] });
  }
  expect(texts).toHaveLength(5);
});

test('whatever lies among the lists is looked at without harm', async () => {
  theFolder().write('out/a', sampleText);
  const artifact = await keep();
  const { manifests, manifestOf, filesOf } = theFolder().layoutOf(artifact.run);
  writeFileSync(join(manifests, 'readme.txt'), 'no list');
  mkdirSync(manifestOf('folder'));
  symlinkSync('/etc/hostname', manifestOf('link'));
  execFileSync('mkfifo', [manifestOf('pipe')]);
  writeFileSync(manifestOf('empty'), '');
  rmSync(filesOf('coverage'), { recursive: true });
  const { found, damaged } = await theFolder().open().list();
  expect([found, damaged.map(({ name }) => name).sort()]).toEqual([[], ['coverage', 'empty', 'folder', 'link', 'pipe']]);
});

test('what can be no part of an artifact is refused by name, and leaves nothing behind', async () => {
  theFolder().write('real/a', 'a');
  theFolder().link('linked', 'real');
  theFolder().link('out/far', '/etc/passwd');
  execFileSync('mkfifo', [join(theFolder().workspace, 'pipe')]);
  const refusals = await Promise.all([['linked/a'], ['out'], ['pipe'], ['../x'], ['.git/x'], ['missing']].map(async (paths) => await theFolder().open().keep(describeNew(), { paths, holdsSecret: null })));
  expect(refusals.map((each) => each.kind)).toEqual(refusals.map(() => 'refused'));
  expect(refusals.map((each) => (each.kind === 'kept' ? '' : each.reason))).toEqual([
    'linked/a cannot be kept: linked is a link', 'out/far: the link leads to an absolute path', 'pipe is a named pipe, which cannot be kept', '../x cannot be kept: the path goes by “..”', '.git/x cannot be kept: the path belongs to git', 'missing is not there, or its name is not UTF-8',
  ]);
  expect(listFolder(join(theFolder().state, 'runs', describeNew().run, 'artifacts'))).toEqual({ '.manifests': 'folder' });
});

test('through a link in the destination nothing is written', async () => {
  theFolder().write('out/a', sampleText);
  const artifact = await keep();
  mkdirSync(join(theFolder().root, 'elsewhere'));
  mkdirSync(theFolder().destination, { recursive: true });
  symlinkSync('../../elsewhere', join(theFolder().destination, 'out'));
  for (const manner of ['beside', 'over'] as const) expect(await theFolder().open().bring(artifact, { folder: theFolder().destination, manner })).toEqual({ kind: 'conflict', reason: 'out is a link' });
  expect(listFolder(join(theFolder().root, 'elsewhere'))).toEqual({});
});

test('where nothing can be written it says where, and the workspace is as it was', async () => {
  theFolder().write('out/a', sampleText);
  mkdirSync(theFolder().state);
  writeFileSync(join(theFolder().state, 'runs'), 'a file in its way');
  expect(await theFolder().open().keep(describeNew(), { paths: ['out'], holdsSecret: null })).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining(join(theFolder().state, 'runs')) as string });
  expect(theFolder().list('workspace')).toEqual({ out: 'folder', 'out/a': `file ${sampleText}` });
});

test('a large file is kept and brought as it is, and one that changes meanwhile is refused', async () => {
  const large = 'x'.repeat(3 * 1024 * 1024);
  theFolder().write('out/large', large, true);
  const artifact = await keep();
  expect(artifact.size).toBe(large.length);
  expect((await theFolder().open().bring(artifact, { folder: theFolder().destination, manner: 'mirror' })).kind).toBe('brought');
  expect(readFileSync(join(theFolder().destination, 'out/large'), 'utf8') === large).toBe(true);
  expect(theFolder().list('destination')['out/large']).toMatch(/^program /u);
  expect(listFolder(theFolder().layoutOf(artifact.run).filesOf('coverage'))['out/large']).toMatch(/^program /u);
  const keeping = theFolder().open().keep(describeNew(), { paths: ['out'], holdsSecret: () => {
    appendFileSync(join(theFolder().workspace, 'out/large'), 'y');
    return Promise.resolve(false);
  } });
  expect(await keeping).toEqual({ kind: 'refused', reason: 'out/large changed while it was read: what is still writing it?' });
  expect((await theFolder().open().list()).found.map(({ artifact: each }) => each)).toEqual([artifact]);
});

test('what nobody is promised any more is swept, and so are copies that nobody uses', async () => {
  theFolder().write('out/a', sampleText);
  const day = 86_400_000;
  await keep({ name: 'short', retentionDays: 1, createdAt: 10 * day });
  await keep({ name: 'usual', createdAt: 10 * day });
  await keep({ name: 'long', retentionDays: 90, createdAt: 10 * day });
  const names = async (): Promise<readonly string[]> => (await theFolder().open().list()).found.map(({ artifact }) => artifact.name).sort();
  theFolder().open().sweep(11 * day - 1);
  expect(await names()).toEqual(['long', 'short', 'usual']);
  theFolder().open().sweep(11 * day);
  expect(await names()).toEqual(['long', 'usual']);
  theFolder().open().sweep(40 * day);
  expect(await names()).toEqual(['long']);
  expect(listFolder(theFolder().layoutOf(describeNew().run).manifests)).toMatchObject({ 'long.json': expect.any(String) as string });
  const copy = join(theFolder().workspace, '.tollgate/artifacts', 'ab12');
  mkdirSync(copy, { recursive: true });
  theFolder().open().sweep(Date.now() + 29 * day);
  expect(listFolder(dirname(copy))).toEqual({ ab12: 'folder' });
  theFolder().open().sweep(Date.now() + 31 * day);
  expect(listFolder(dirname(copy))).toEqual({});
});

test('a copy that is used is not old', async () => {
  theFolder().write('out/a', sampleText);
  const artifact = await keep();
  const bring = async () => await theFolder().open().bring(artifact, { folder: theFolder().destination, manner: 'mirror' });
  await bring();
  utimesSync(theFolder().destination, 1, 1);
  await bring();
  expect(statSync(theFolder().destination).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
});

test('what a process that is gone has left unfinished goes with the next artifact of the run', async () => {
  theFolder().write('out/a', sampleText);
  const { run } = await keep();
  const { folder } = theFolder().layoutOf(run);
  const names = createTemporaryNames();
  const own = names.next();
  const gone = own.replace(/-\d+-/u, '-4194305-');
  for (const name of [own, gone]) mkdirSync(join(folder, name, 'out'), { recursive: true });
  await keep({ name: 'next' });
  expect(Object.keys(listFolder(folder)).filter((path) => !path.includes('/')).sort()).toEqual(['.manifests', own, 'coverage', 'next'].sort());
});

test('of a run that was killed before it could say how it ended, its journal says it', async () => {
  theFolder().write('out/a', sampleText);
  await keep();
  const outcomeOf = async () => (await theFolder().open().list()).found[0]?.outcome;
  const journal = openRunFolder(theFolder().state, describeNew().run, { tollgateVersion: '1' });
  journal.append(eventOf(1));
  expect(await outcomeOf()).toEqual({ status: 'unfinished', verdict: null });
  journal.append({ kind: 'run-ended', status: 'succeeded', verdict: 'go', outputs: {}, at: 2 });
  expect(await outcomeOf()).toEqual({ status: 'succeeded', verdict: 'go' });
  theFolder().endRun(describeNew().run, { status: 'failed', verdict: 'no-go' });
  expect(await outcomeOf()).toEqual({ status: 'failed', verdict: 'no-go' });
});

test('several at once, who bring the same to one folder or keep under one name, leave one whole of it', async () => {
  for (const name of ['a', 'b', 'c']) theFolder().write(`out/${name}`, sampleText);
  const kept = await Promise.all([1, 2, 3].map(async () => await theFolder().open().keep(describeNew(), { paths: ['out'], holdsSecret: null })));
  expect(kept.map(({ kind }) => kind)).toEqual(['kept', 'kept', 'kept']);
  const [listed] = (await theFolder().open().list()).found;
  if (listed === undefined) throw new Error('nothing was kept');
  const brought = await Promise.all([1, 2, 3, 4].map(async () => await theFolder().open().bring(listed.artifact, { folder: theFolder().destination, manner: 'mirror' })));
  expect(brought.map(({ kind }) => kind)).toEqual(['brought', 'brought', 'brought', 'brought']);
  expect(theFolder().list('destination')).toEqual(theFolder().list('workspace'));
  expect(Object.keys(listFolder(dirname(theFolder().destination))).filter((path) => !path.includes('/'))).toEqual(['deep']);
});
