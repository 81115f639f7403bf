import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGithubApi } from '../../src/adapters/github/rest/open-github-api.js';
import { fetchArtifact } from '../../src/adapters/github/segments/find-segments.js';
import { encodeHeader } from '../../src/adapters/local/pack/pack-form.js';
import { openFolderResultPacks } from '../../src/adapters/local/result-pack/folder-result-packs.js';
import { digestOf } from '../../src/adapters/local/store/digest.js';
import { writeManifest } from '../../src/adapters/local/store/manifest.js';
import { locateStore } from '../../src/adapters/local/store/store-layout.js';
import { importRun } from '../../src/assembly/import-run.js';
import type { StoredFile, StoredResult } from '../../src/core/cache/stored-result.js';
import { sampleFacts } from '../rig/run-rig.js';
import { useEmulator } from '../rig/github-job.js';
import { makeZip } from '../rig/make-zip.js';
import { describeResult, keyOf } from '../rig/store-folder.js';
import { writeEpoch } from '../rig/write-epoch.js';

/**
 * What somebody else has put where ours should be: each checksum is right, and what it asks for is not done. The archives around are refused in
 * adapters/github/transfer/containment.test.ts; what stands here is inside of them, or comes by REST. Artifacts have theirs in
 * adapters/github/artifacts/open-github-artifacts.test.ts.
 */

const text = 'canary';
const fileAt = (path: string): StoredFile => ({ kind: 'file', path, executable: false, digest: digestOf(text), size: text.length });
const link = (path: string, target: string): StoredFile => ({ kind: 'link', path, target });

const members: readonly (readonly [string, readonly StoredFile[]])[] = [
  ['an absolute path', [fileAt('/tmp/tollgate-escaped')]],
  ['a way out', [fileAt('results/../../../escaped')]],
  ['a way out at once', [fileAt('../escaped')]],
  ['a link to write through', [link('results', '/tmp'), fileAt('results/1')]],
  ['a link that leads out', [link('blobs', '../../..')]],
  ['a path of another kind', [fileAt('escaped')]],
  ["git's own", [fileAt('.git/hooks/post-checkout')]],
  ['a path twice', [fileAt('results/1'), fileAt('results/1')]],
  ['a content under the name of another', [fileAt(`blobs/${keyOf('e')}`)]],
  ['a kind that there is not', [{ kind: 'device', path: 'results/1' } as unknown as StoredFile]],
  ['a hard link', [{ ...fileAt('results/1'), kind: 'hardlink', target: '../../canary' } as unknown as StoredFile]],
  ['more than there is, one byte for ten thousand', [{ ...fileAt('results/1'), size: 60_000 } as StoredFile]],
  ['less than nothing', [{ ...fileAt('results/1'), size: -6 } as StoredFile]],
];

const poisons: readonly (readonly [string, Partial<StoredResult>])[] = [
  ['a file out of the workspace', { files: [fileAt('../escaped')] }],
  ['an absolute file', { files: [fileAt('/tmp/tollgate-escaped')] }],
  ["a file of git's", { files: [fileAt('.git/hooks/post-checkout')] }],
  ['a link to write through', { files: [link('out', '/tmp'), fileAt('out/tollgate-escaped')] }],
  ['a folder above', { folders: ['..'] }],
];

const root = mkdtempSync(join(tmpdir(), 'tollgate-foreign-'));
const scratch = join(root, 'place');
const workspace = join(scratch, 'workspace');
const stateFolder = join(workspace, '.tollgate');
beforeEach(() => {
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(workspace, { recursive: true });
  writeFileSync(join(workspace, 'ci.yml'), 'name: ci\n');
  writeFileSync(join(scratch, 'canary'), text);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const bodyOf = (files: readonly StoredFile[]): string => files.map((file) => (file.kind === 'file' || 'size' in file ? text : '')).join('');

function look(): readonly string[] {
  return readdirSync(scratch, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(scratch, path)).isFile()).sort();
}

/** Nothing that an archive asks for is anywhere, and what was there is as it was. */
function expectNothingWritten(): void {
  expect(readdirSync(root)).toEqual(['place']);
  expect(look().filter((path) => !/^workspace\/\.tollgate\/(?:\.gitignore|cache\/[^/]+)$/u.test(path))).toEqual(['canary', 'pack', 'workspace/ci.yml']);
  expect(readFileSync(join(scratch, 'canary'), 'utf8')).toBe(text);
}

function writePackFile(word: string, header: object, given: readonly { readonly file: StoredFile; readonly bytes: string }[]): string {
  // In the order in which they have to be, so that nothing else is wrong with them.
  const files = [...given].sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
  const path = join(scratch, 'pack');
  writeFileSync(path, `${encodeHeader(word, { ...header, files: files.map(({ file }) => file) }, '1.0.0')}${files.map(({ bytes }) => bytes).join('')}`);
  return path;
}

const asMembers = (files: readonly StoredFile[]) => files.map((file) => ({ file, bytes: bodyOf([file]) }));
const manifestMember = (result: Partial<StoredResult>) => {
  const bytes = writeManifest({ ...describeResult(), domain: 'default', files: [], ...result });
  return { file: { kind: 'file', path: 'results/0', executable: false, digest: digestOf(bytes), size: Buffer.byteLength(bytes) } as const, bytes };
};

describe('a pack of results', () => {
  const packs = () => openFolderResultPacks({ storeFolder: locateStore(stateFolder).folder, tollgateVersion: '1.0.0' });

  test.each(members)('with %s is damaged, and nothing of it is written', (_, files) => {
    expect(packs().takeIn(writePackFile('results', {}, asMembers(files)), () => 'default').kind).toBe('damaged');
    expectNothingWritten();
  });

  test.each(poisons)('with a result that has %s brings no result', (_, poison) => {
    const blob = { file: fileAt(`blobs/${digestOf(text)}`), bytes: text };
    expect(packs().takeIn(writePackFile('results', {}, [manifestMember(poison), blob]), () => 'default')).toEqual({ kind: 'taken', keys: [] });
    expectNothingWritten();
  });

  test('that is good brings its results: the same as above, without the poison', () => {
    const blob = { file: fileAt(`blobs/${digestOf(text)}`), bytes: text };
    expect(packs().takeIn(writePackFile('results', {}, [manifestMember({ files: [fileAt('out/a')] }), blob]), () => 'default')).toEqual({ kind: 'taken', keys: [keyOf('a')] });
  });
});

describe('a state of a run', () => {
  const run = '20260101-000000-000-abcd';
  const header = { run, workflow: 'ci', file: 'ci.yml', repository: 'o/r', exportedAt: 0 };
  const take = (path: string) => importRun({ file: path, stateFolder, workspace, repository: 'o/r', accepted: [], replaceOlder: true });
  const journal = (() => {
    const bytes = writeEpoch([{ kind: 'run-started', ...sampleFacts, runId: run, workflow: 'ci', file: 'ci.yml', at: 1 }], { run }).bytes.toString();
    return { file: { kind: 'file', path: 'journal/000001.ndjson', executable: false, digest: digestOf(bytes), size: Buffer.byteLength(bytes) } as const, bytes };
  })();

  test.each(members)('with %s is refused, and nothing of it is written', (_, files) => {
    expect(take(writePackFile('run', header, [journal, ...asMembers(files)])).kind).toBe('refused');
    expectNothingWritten();
  });

  test.each(['..', '../../escaped', '/tmp/tollgate-escaped', '.', ''])('of a run called %j is refused', (name) => {
    expect(take(writePackFile('run', { ...header, run: name }, [journal])).kind).toBe('refused');
    expectNothingWritten();
  });

  test.each(poisons)('with a result that has %s brings no result', (_, poison) => {
    const blob = { file: fileAt(`blobs/${digestOf(text)}`), bytes: text };
    expect(take(writePackFile('run', header, [journal, manifestMember(poison), blob]))).toMatchObject({ kind: 'imported', results: 0 });
    expect(look().filter((path) => !path.startsWith('workspace/.tollgate/'))).toEqual(['canary', 'pack', 'workspace/ci.yml']);
    expect(look().filter((path) => path.includes('escaped'))).toEqual([]);
  });
});

describe('an artifact of another run, by REST', () => {
  const scene = useEmulator();
  const canary = join('..', '..', 'escaped');

  test.each<[string, Buffer]>([
    ['an absolute name', makeZip([{ name: '/tmp/tollgate-escaped', content: text }])],
    ['a name that leads out', makeZip([{ name: canary, content: text }])],
    ['a symbolic link to write through', makeZip([{ name: 'state', content: '/tmp', mode: 0o120777 }, { name: 'state/tollgate-escaped', content: text }])],
    ['a device', makeZip([{ name: 'state', mode: 0o020666 }])],
    ['more than it can hold', makeZip([{ name: 'state', content: 'x', size: 2 ** 31 }])],
    ['more than it says', makeZip([{ name: 'state', content: Buffer.alloc(50_000_000), size: 1 }])],
    ['no zip file', Buffer.from('text')],
  ])('with %s is refused, and nothing of it is left', async (_, bytes) => {
    const { github } = scene;
    const env = github.env({ runId: 7 });
    const id = github.plantArtifact({ runId: 7, name: 'x', bytes });
    const folder = join(scratch, 'private', 'place');
    mkdirSync(folder, { recursive: true });
    const fetched = await fetchArtifact({ api: openGithubApi({ env, token: env['GITHUB_TOKEN'] ?? '' }), folder }, { id, name: 'x', size: bytes.length, createdAt: 0, expired: false, sha256: null }, 'state');
    expect(fetched).toEqual({ reason: expect.stringContaining('damaged') as string });
    expect(look()).toEqual(['canary', 'workspace/ci.yml']);
  });
});

afterAll(() => expect(readdirSync('/tmp').filter((name) => name === 'tollgate-escaped')).toEqual([]));
