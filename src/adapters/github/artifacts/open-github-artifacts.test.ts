import fc from 'fast-check';
import { existsSync, readdirSync } from 'node:fs';
import { describeNew } from '../../../../test/contracts/artifact-store-contract.js';
import type { FakeUpload } from '../../../../test/fakes/fake-remote-artifacts.js';
import { createGithubArtifacts, type GithubArtifactsRig } from '../../../../test/rig/github-artifacts.js';
import { localArtifactFiles } from '../../../assembly/on-github/local-artifact-files.js';
import type { Artifact } from '../../../core/artifact/artifact.js';
import { digestFiles } from '../../../core/cache/digest-files.js';
import type { Keeping, KeptFrom } from '../../../ports/artifact-store.js';
import { createSeal } from '../sealing/create-seal.js';
import { readRemoteName } from './remote-name.js';
import { manifestPath, sealedPath } from './upload-folder.js';
import { writeUploadManifest } from './upload-manifest.js';

/** What the contract does not say of artifacts: what may leave the job, and what becomes of what comes back changed. */

const out: KeptFrom = { paths: ['out'], holdsSecret: null };
const token = `gh${['p', 'aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5'].join('_')}`;

async function using(act: (rig: GithubArtifactsRig) => Promise<void>, isSealed = false): Promise<void> {
  const rig = createGithubArtifacts({ isSealed });
  try {
    await act(rig);
    // Whatever happened, nothing of it is left lying about.
    expect(existsSync(rig.scratch) ? readdirSync(rig.scratch) : []).toEqual([]);
  } finally {
    rig.dispose();
  }
}

function artifactOf(keeping: Keeping): Artifact {
  if (keeping.kind !== 'kept') throw new Error(`not kept: ${keeping.reason}`);
  return keeping.artifact;
}

const keep = async (rig: GithubArtifactsRig, given = {}, job = {}): Promise<Artifact> => artifactOf(await rig.openWith(job).keep(describeNew(given), out));

function only({ remote }: GithubArtifactsRig): FakeUpload {
  const [upload, another] = remote.uploads;
  if (upload === undefined || another !== undefined) throw new Error(`${remote.uploads.length} uploads`);
  return upload;
}

describe('what leaves the job', () => {
  test('every file that may not is named with its rule, the value nowhere; and none is uploaded', () => using(async (rig) => {
    rig.write('out/.env', 'PASSWORD=hunter2');
    rig.write('out/deep/tls.key', 'k');
    rig.write('out/app.js', `const token = "${token}";`);
    rig.write('out/fine', 'f');
    const keeping = await rig.open().keep(describeNew(), out);
    expect(keeping.kind).toBe('refused');
    const reason = keeping.kind === 'refused' ? keeping.reason : '';
    expect(reason).toContain("out/.env (by its name variables of an environment, often secrets), out/app.js (it holds a token of GitHub), out/deep/tls.key (by its name a private key): leave each of them out with '!out/.env' under artifacts.paths");
    expect([reason.includes('hunter2'), reason.includes(token)]).toEqual([false, false]);
    expect([rig.remote.uploads, await rig.open().list()]).toEqual([[], { found: [], damaged: [] }]);
  }));

  test("the job's own tokens, and folders of its runner, stay in it", () => using(async (rig) => {
    rig.write('out/log', 'with AbCdEfGhIjKl in it');
    rig.write('out/tmp/x', 'x');
    expect(await rig.openWith({ tokens: ['AbCdEfGhIjKl'], runnerFolders: ['out/tmp'] }).keep(describeNew(), out)).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/out\/log \(it holds a token of this job\), out\/tmp\/x \(by its name the runner's own files/u) as string });
    expect((await rig.open().keep(describeNew(), out)).kind).toBe('kept');
  }));

  test('a token that a path is made of is not shown', () => using(async (rig) => {
    rig.write(`out/${token}`, '');
    rig.link('out/link', token);
    const keeping = await rig.open().keep(describeNew(), out);
    expect(keeping).toMatchObject({ kind: 'refused', reason: expect.stringContaining('(a name) (it holds a token of GitHub)') as string });
    expect(JSON.stringify(keeping)).not.toContain(token);
  }));

  test('what was refused is on this machine no more than on GitHub', () => using(async (rig) => {
    rig.write('out/.env', '');
    await rig.openWith({ isSameMachine: true }).keep(describeNew(), out);
    expect((await rig.local.open().list()).found).toEqual([]);
  }));

  test('it is kept as long as the artifact says, else as the job says, else as the repository has it', () => using(async (rig) => {
    rig.write('out/a', 'a');
    await keep(rig, { name: 'a', retentionDays: 7 }, { retentionDays: 3 });
    await keep(rig, { name: 'b' }, { retentionDays: 3 });
    await keep(rig, { name: 'c' });
    await keep(rig, { name: 'd', retentionDays: 0.5 });
    await keep(rig, { name: 'e', retentionDays: 100_000 });
    expect(rig.remote.uploads.map(({ retentionDays }) => retentionDays)).toEqual([7, 3, undefined, 1, 400]);
  }));

  test('people who download it find the files by their names', () => using(async (rig) => {
    rig.write('out/report.xml', 'xml');
    await keep(rig);
    const { name, files } = only(rig);
    expect(name).toMatch(/^measure-coverage-test-a1-s\d+-/u);
    expect([...files.keys()]).toEqual([manifestPath, 'out/report.xml']);
    expect(files.get('out/report.xml')?.toString()).toBe('xml');
  }));

  test('sealed, neither what it holds nor what it is called can be read', () => using(async (rig) => {
    rig.write('out/secret-plan.txt', 'attack at dawn');
    await keep(rig, { tags: ['nightly'] });
    const { files } = only(rig);
    expect([...files.keys()]).toEqual([sealedPath]);
    for (const word of ['attack', 'secret-plan', 'nightly', '"step"']) expect(files.get(sealedPath)?.includes(word)).toBe(false);
  }, true));
});

/** Names that GitHub refuses, and others that are only odd. */
const anOddName = fc.stringMatching(/^[a-z ":<>|*?\\\n\röü🔑~#%'.-]{1,12}$/u).map((name) => `n${name}`);

test.each([false, true])('whatever files are called, they come back as they were; sealed %s', async (isSealed) => {
  await fc.assert(fc.asyncProperty(fc.uniqueArray(fc.tuple(fc.array(anOddName, { maxLength: 2 }), anOddName, fc.string({ maxLength: 20 }), fc.boolean()), { selector: ([, name]) => name.normalize('NFC').toLowerCase(), minLength: 1, maxLength: 5 }), async (files) => {
    await using(async (rig) => {
      for (const [index, [folders, name, text, isProgram]] of files.entries()) rig.write(['out', String(index), ...folders, name].join('/'), text, isProgram);
      rig.link('out/links/odd', files[0]?.[1] ?? '');
      const artifact = await keep(rig);
      expect(await rig.open().bring(artifact, { folder: rig.destination, manner: 'mirror' })).toMatchObject({ kind: 'brought' });
      expect(rig.list('destination')).toEqual(rig.list('workspace'));
    }, isSealed);
  }), { numRuns: 12 });
});

describe('what comes back changed', () => {
  const refuses = async (rig: GithubArtifactsRig, artifact: Artifact, reason: string): Promise<void> => {
    rig.writeThere('mine', 'stays');
    const before = rig.list('destination');
    for (const manner of ['mirror', 'beside', 'over'] as const) expect(await rig.open().bring(artifact, { folder: rig.destination, manner })).toMatchObject({ kind: 'damaged', reason: expect.stringContaining(reason) as string });
    expect(rig.list('destination')).toEqual(before);
  };

  test.each([
    ['a file that is another', ({ files }: FakeUpload) => files.set('out/a', Buffer.from('otherx')), 'its out/a is another'],
    ['a file that is cut', ({ files }: FakeUpload) => files.set('out/a', Buffer.from('on')), 'its out/a is another'],
    ['a file that is gone', ({ files }: FakeUpload) => files.delete('out/a'), 'its out/a is gone'],
    ['a file too many', ({ files }: FakeUpload) => files.set('out/more', Buffer.from('x')), 'its out/more is not in its manifest'],
    ['no manifest', ({ files }: FakeUpload) => files.delete(manifestPath), 'it holds no manifest'],
    ['a manifest that is cut', ({ files }: FakeUpload) => files.set(manifestPath, files.get(manifestPath)?.subarray(0, -1) ?? Buffer.alloc(0)), 'the checksum of its manifest is wrong'],
  ])('%s: damaged, with its reason, and nothing is placed', (_, tamper, reason) => using(async (rig) => {
    rig.write('out/a', 'one');
    rig.write('out/b', 'two');
    const artifact = await keep(rig);
    tamper(only(rig));
    await refuses(rig, artifact, reason);
  }));

  test.each([false, true])('whichever byte is flipped, nothing wrong is ever placed; sealed %s', async (isSealed) => {
    await using(async (rig) => {
      rig.write('out/a', 'one');
      rig.write('out/b', 'twoandmore', true);
      const artifact = await keep(rig);
      const upload = only(rig);
      const whole = new Map(upload.files);
      await fc.assert(fc.asyncProperty(fc.constantFrom(...whole.keys()), fc.nat(), fc.nat({ max: 7 }), async (path, at, bit) => {
        const bytes = Buffer.from(whole.get(path) ?? Buffer.alloc(0));
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << bit);
        upload.files.set(path, bytes);
        const brought = await rig.open().bring(artifact, { folder: rig.destination, manner: 'over' });
        expect([brought.kind, rig.list('destination')]).toEqual(['damaged', {}]);
        upload.files.set(path, whole.get(path) ?? Buffer.alloc(0));
      }), { numRuns: isSealed ? 12 : 60 });
      expect(await rig.open().bring(artifact, { folder: rig.destination, manner: 'over' })).toMatchObject({ kind: 'brought', written: 2 });
    }, isSealed);
  });

  test('one artifact under the name of another is found out', () => using(async (rig) => {
    rig.write('out/a', 'one');
    const artifact = await keep(rig);
    await keep(rig, { name: 'other' });
    const [one, other] = rig.remote.uploads;
    for (const [path, bytes] of other?.files ?? []) one?.files.set(path, bytes);
    await refuses(rig, artifact, 'its manifest is that of another artifact');
    expect((await rig.open().list()).damaged).toEqual([{ run: 'of GitHub', name: one?.name, reason: 'its manifest is that of another artifact' }]);
  }));

  test.each([
    [{ files: [{ kind: 'file', path: '../out', executable: false, digest: 'a'.repeat(64), size: 0 }] }, 'its list of files cannot be'],
    [{ files: [{ kind: 'file', path: '.git/hooks/post-checkout', executable: true, digest: 'a'.repeat(64), size: 0 }] }, 'its list of files cannot be'],
    [{ files: [{ kind: 'link', path: 'a', target: '/etc' }] }, 'its list of files cannot be'],
    [{ run: '../../elsewhere' }, 'its list of files names no run'],
    [{ name: '../elsewhere' }, 'it is the artifact of another place'],
  ] as const)('a manifest that somebody has made leads nowhere: %j', (given, reason) => using(async (rig) => {
    rig.write('out/a', 'one');
    const real = await keep(rig);
    const upload = only(rig);
    const forged = { ...real, ...given } as unknown as Artifact;
    const artifact = { ...forged, version: digestFiles(forged.files) };
    const { writeManifest } = localArtifactFiles(rig.local.state, rig.local.workspace);
    upload.files.set(manifestPath, writeUploadManifest({ name: upload.name, job: 'test', attempt: 1, sequence: readRemoteName(upload.name)?.sequence ?? 0 }, writeManifest(artifact)));
    const { found, damaged } = await rig.open().list();
    expect([found, damaged.map((each) => each.reason)]).toEqual([[], [expect.stringContaining(reason)]]);
    await refuses(rig, real, reason);
  }));

  test('of two uploads of one content the whole one is taken', () => using(async (rig) => {
    rig.write('out/a', 'one');
    await keep(rig);
    const artifact = await keep(rig, {}, { attempt: 2 });
    rig.remote.uploads[1]?.files.delete('out/a');
    expect((await rig.open().bring(artifact, { folder: rig.destination, manner: 'mirror' })).kind).toBe('brought');
  }));

  test('what another key has sealed, or none, cannot be read, and it says so', () => using(async (rig) => {
    rig.write('out/a', 'one');
    const artifact = await keep(rig);
    const bring = async (seal: ReturnType<typeof createSeal> | null) => await rig.openWith({ seal }).bring(artifact, { folder: rig.destination, manner: 'mirror' });
    const other = createSeal('another passphrase, long enough');
    expect(await bring(other)).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('it cannot be opened with this encryption-key: another one has sealed it') as string });
    expect(await bring(null)).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('it is encrypted: give the encryption-key') as string });
    rig.remote.uploads.length = 0;
    await keep(rig, {}, { seal: null });
    expect(await bring(other)).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('it is not encrypted, and an encryption-key is given') as string });
    expect((await rig.openWith({ seal: other }).list()).damaged).toHaveLength(1);
    expect((await bring(null)).kind).toBe('brought');
  }, true));
});

describe('several uploads', () => {
  test('the newest is what its uploader says, whatever the ids are', async () => {
    await fc.assert(fc.asyncProperty(fc.shuffledSubarray([1, 2, 3, 4], { minLength: 4, maxLength: 4 }), fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4, maxLength: 4 }), async (ids, places) => {
      await using(async (rig) => {
        const waiting = [...ids];
        rig.remote.nextId = () => waiting.shift() ?? 99;
        for (const [text, attempt] of [['a', 1], ['b', 1], ['c', 2], ['d', 2]] as const) {
          rig.write('out/a', text);
          await keep(rig, {}, { attempt });
        }
        const uploads = [...rig.remote.uploads];
        rig.remote.uploads.splice(0, 4, ...places.flatMap((place) => uploads[place] ?? []));
        const { found } = await rig.open().list();
        expect(found).toHaveLength(1);
        const [listed] = found;
        if (listed !== undefined) await rig.open().bring(listed.artifact, { folder: rig.destination, manner: 'mirror' });
        expect(rig.list('destination')['out/a']).toBe('file d');
      });
    }), { numRuns: 10 });
  });

  test('an older attempt whose clock was ahead is still older', () => using(async (rig) => {
    rig.write('out/a', 'new');
    await keep(rig, {}, { attempt: 2 });
    rig.write('out/a', 'old');
    const old = await keep(rig, {}, { attempt: 1 });
    const { found } = await rig.open().list();
    expect(found.map(({ artifact }) => artifact.version === old.version)).toEqual([false]);
  }));

  test('all attempts of it are removed, and nothing of others', () => using(async (rig) => {
    rig.write('out/a', 'one');
    const artifact = await keep(rig);
    await keep(rig, {}, { attempt: 2 });
    await keep(rig, { name: 'other' });
    rig.remote.uploads.push({ id: 1, name: 'somebody-elses', createdAt: 1, retentionDays: undefined, files: new Map() });
    expect(await rig.open().remove(artifact)).toBeUndefined();
    expect(rig.remote.uploads.map(({ name }) => name.slice(0, 14))).toEqual(['measure-other-', 'somebody-elses']);
  }));

  test('what others upload, and what was never finished, is none of ours', () => using(async (rig) => {
    rig.remote.uploads.push({ id: 1, name: 'coverage', createdAt: 1, retentionDays: undefined, files: new Map([['a', Buffer.from('a')]]) });
    rig.remote.unfinished.add('measure-coverage-test-a1-s1-0');
    expect(await rig.open().list()).toEqual({ found: [], damaged: [] });
    expect(rig.remote.calls).toEqual(['list']);
  }));
});

describe('what is asked of GitHub', () => {
  test('a name that is taken is drawn anew, three times at most', () => using(async (rig) => {
    rig.write('out/a', 'one');
    rig.remote.taken = 2;
    await keep(rig);
    expect(rig.remote.calls.filter((call) => call === 'upload')).toHaveLength(3);
    rig.remote.taken = 3;
    expect(await rig.open().keep(describeNew({ name: 'other' }), out)).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('GitHub says of 3 new names') as string });
  }));

  test('what was uploaded here is not downloaded to be listed, what was uploaded elsewhere once, and what is of another run never', () => using(async (rig) => {
    rig.write('out/a', 'one');
    const store = rig.open();
    await store.keep(describeNew(), out);
    await store.list();
    await keep(rig, { run: '20260102-000000-000-bbbb', name: 'other' });
    rig.remote.calls.length = 0;
    await store.list({ run: describeNew().run });
    expect(rig.remote.calls).toEqual(['list']);
    expect(await Promise.all([store.list(), store.list()])).toMatchObject([{ found: [{}, {}] }, { found: [{}, {}] }]);
    expect(rig.remote.calls.filter((call) => call === 'download')).toHaveLength(1);
  }));

  test('what is in place, or on this machine, is not downloaded', () => using(async (rig) => {
    rig.write('out/a', 'one');
    const artifact = artifactOf(await rig.openWith({ isSameMachine: true }).keep(describeNew(), out));
    rig.remote.calls.length = 0;
    expect((await rig.openWith({ isSameMachine: true }).bring(artifact, { folder: rig.destination, manner: 'mirror' })).kind).toBe('brought');
    expect((await rig.open().bring(artifact, { folder: rig.destination, manner: 'mirror' })).kind).toBe('brought');
    expect(rig.remote.calls).toEqual([]);
  }));

  test('where GitHub does not answer, what is kept stays on this machine, and each call says why it could not be done', () => using(async (rig) => {
    rig.write('out/a', 'one');
    const artifact = await keep(rig);
    const break_ = (...calls: readonly string[]): void => void (rig.remote.isBroken = (call) => (calls.includes(call) ? 'it is down' : undefined));
    break_('upload', 'list');
    expect(await rig.openWith({ isSameMachine: true }).keep(describeNew({ name: 'other' }), out)).toEqual({ kind: 'unavailable', reason: 'it is on this machine alone, and could not be uploaded: it is down' });
    expect((await rig.local.open().list()).found).toHaveLength(1);
    expect(await rig.open().list()).toEqual({ found: [], damaged: [] });
    const bring = async () => await rig.open().bring(artifact, { folder: rig.destination, manner: 'mirror' });
    expect(await bring()).toEqual({ kind: 'unavailable', reason: 'GitHub does not say what artifacts there are: it is down' });
    expect(await rig.open().remove(artifact)).toBe('GitHub does not say what artifacts there are: it is down');
    break_('download', 'remove');
    expect(await bring()).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('cannot be downloaded: it is down') as string });
    expect(await rig.open().remove(artifact)).toContain('is still there: it is down');
    const store = rig.open();
    expect(await store.list()).toEqual({ found: [], damaged: [] });
    break_();
    expect((await store.list()).found).toHaveLength(1);
  }));
});
