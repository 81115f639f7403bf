import fc from 'fast-check';
import type { Artifact, RunOutcome } from '../../src/core/artifact/artifact.js';
import { refTo } from '../../src/core/artifact/artifact.js';
import type { ArtifactStore, Keeping, KeptFrom, NewArtifact } from '../../src/ports/artifact-store.js';

/** A store over a workspace, and hands to change that workspace with. */
export interface ArtifactSubject {
  /** As another process has it. */
  readonly open: () => ArtifactStore;
  readonly write: (path: string, text: string, executable?: boolean) => void;
  readonly link: (path: string, target: string) => void;
  readonly makeFolder: (path: string) => void;
  readonly endRun: (run: string, outcome: RunOutcome) => void;
  /** A folder that is not there yet. */
  readonly destination: string;
  readonly writeThere: (path: string, text: string) => void;
  /** Path → what lies there: `file a`, `program a`, `link a`, `folder`. */
  readonly list: (where: 'workspace' | 'destination') => Readonly<Record<string, string>>;
  readonly dispose: () => void;
}

const runs = ['20260101-000000-000-aaaa', '20260102-000000-000-bbbb'] as const;

export function describeNew(given: Partial<NewArtifact> = {}): NewArtifact {
  return { workflow: 'measure', name: 'coverage', run: runs[0], step: 'test', cell: '', createdAt: 1_000, tags: [], retentionDays: null, tollgateVersion: '1', ...given };
}

const from = (...paths: readonly string[]): KeptFrom => ({ paths, holdsSecret: null });

function artifactOf(keeping: Keeping): Artifact {
  if (keeping.kind !== 'kept') throw new Error(`not kept: ${keeping.reason}`);
  return keeping.artifact;
}

const holds = (word: string) => async (bytes: AsyncIterable<Uint8Array>): Promise<boolean> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces).includes(word);
};

/** Names that no two file systems take for one another. */
export const aTree = fc.uniqueArray(fc.record({ path: fc.stringMatching(/^(?:[a-c]\/){0,2}f[0-9]$/u), text: fc.string({ maxLength: 50 }), executable: fc.boolean() }), { selector: ({ path }) => path, minLength: 1, maxLength: 12 });

/** What every store of artifacts promises; see the port. `trees`: how many are tried, where each takes its time. */
export function describeArtifactStore(create: () => ArtifactSubject, trees = 25): void {
  let subject: ArtifactSubject;
  beforeEach(() => {
    subject = create();
  });
  afterEach(() => subject.dispose());

  test('what was kept is listed, by the same process and by another, with what became of its run', async () => {
    subject.write('out/report.xml', 'xml');
    const kept = artifactOf(await subject.open().keep(describeNew({ tags: ['nightly'], retentionDays: 7 }), from('out/report.xml')));
    expect(kept).toMatchObject({ ...describeNew({ tags: ['nightly'], retentionDays: 7 }), size: 3, files: [{ kind: 'file', path: 'out/report.xml', size: 3, executable: false }] });
    expect(kept.version).toMatch(/^[0-9a-f]{64}$/u);
    expect(refTo(kept)).toEqual({ name: 'coverage', version: kept.version, files: 1, size: 3 });
    expect((await subject.open().list()).found).toEqual([{ artifact: kept, outcome: { status: 'unfinished', verdict: null } }]);
    subject.endRun(runs[0], { status: 'succeeded', verdict: 'go' });
    expect((await subject.open().list()).found).toEqual([{ artifact: kept, outcome: { status: 'succeeded', verdict: 'go' } }]);
    expect(await subject.open().list({ run: runs[1] })).toEqual({ found: [], damaged: [] });
    expect((await subject.open().list({ run: runs[0] })).found).toHaveLength(1);
  });

  test('whatever was kept comes back as it was, and is then in place', async () => {
    await fc.assert(fc.asyncProperty(aTree, fc.constantFrom('mirror' as const, 'beside' as const, 'over' as const), async (tree, manner) => {
      const each = create();
      try {
        for (const { path, text, executable } of tree) each.write(`out/${path}`, text, executable);
        each.link('out/link', 'a/./b');
        const files = each.list('workspace');
        each.makeFolder('out/empty/inside');
        const artifact = artifactOf(await each.open().keep(describeNew(), from('out')));
        expect((await each.open().bring(artifact, { folder: each.destination, manner })).kind).toBe('brought');
        expect(each.list('destination')).toEqual(files);
        expect(await each.open().bring(artifact, { folder: each.destination, manner })).toEqual({ kind: 'brought', written: 0 });
      } finally {
        each.dispose();
      }
    }), { numRuns: trees });
  });

  test('equal files have equal versions, and any change makes another', async () => {
    const versions = new Map<string, string>();
    const keep = async (run: string, step: string): Promise<string> => artifactOf(await subject.open().keep(describeNew({ run, step, name: step, createdAt: versions.size }), from('out'))).version;
    subject.write('out/a', 'one');
    versions.set('first', await keep(runs[0], 'a'));
    expect(await keep(runs[1], 'b')).toBe(versions.get('first'));
    subject.write('out/a', 'two');
    versions.set('content', await keep(runs[0], 'c'));
    subject.write('out/a', 'one', true);
    versions.set('executable', await keep(runs[0], 'd'));
    subject.write('out/a', 'one');
    subject.write('out/b', '');
    versions.set('another file', await keep(runs[0], 'e'));
    expect(new Set(versions.values()).size).toBe(versions.size);
  });

  test('the same cell replaces what it has kept; another one is told whose name it is, whatever its case', async () => {
    subject.write('a', 'one');
    const first = artifactOf(await subject.open().keep(describeNew(), from('a')));
    subject.write('a', 'two');
    expect(await subject.open().keep(describeNew({ step: 'other' }), from('a'))).toEqual({ kind: 'refused', reason: 'step test keeps an artifact of this name already' });
    expect(await subject.open().keep(describeNew({ name: 'COVERAGE', cell: 'node=20' }), from('a'))).toMatchObject({ kind: 'refused' });
    expect((await subject.open().list()).found.map(({ artifact }) => artifact)).toEqual([first]);
    const second = artifactOf(await subject.open().keep(describeNew(), from('a')));
    expect((await subject.open().list()).found.map(({ artifact }) => artifact)).toEqual([second]);
    await subject.open().bring(second, { folder: subject.destination, manner: 'mirror' });
    expect(subject.list('destination')).toEqual({ a: 'file two' });
  });

  test('a folder is there for its files: without any there is no artifact', async () => {
    subject.makeFolder('out/empty');
    expect(await subject.open().keep(describeNew(), from('out'))).toEqual({ kind: 'refused', reason: 'it would hold no file' });
    subject.write('out/a', '');
    const withFolder = artifactOf(await subject.open().keep(describeNew(), from('out')));
    expect(artifactOf(await subject.open().keep(describeNew(), from('out/a'))).version).toBe(withFolder.version);
  });

  test('half of an artifact is never kept', async () => {
    subject.write('a', 'one');
    expect(await subject.open().keep(describeNew(), from('a', 'b'))).toMatchObject({ kind: 'refused', reason: expect.stringContaining('b is not there') as string });
    expect(await subject.open().list()).toEqual({ found: [], damaged: [] });
  });

  test.each([
    ['in a file', () => subject.write('out/key', 'x hunter2 y'), {}, 'out/key holds a secret'],
    ['in the name of a file', () => subject.write('out/hunter2', ''), {}, 'one of its names holds a secret'],
    ['in its name', () => subject.write('out/key', ''), { name: 'hunter2' }, 'one of its names holds a secret'],
    ['in a tag', () => subject.write('out/key', ''), { tags: ['hunter2'] }, 'one of its names holds a secret'],
  ])('a secret %s is never kept', async (_, write, given, reason) => {
    write();
    subject.write('out/other', 'harmless');
    expect(await subject.open().keep(describeNew(given), { paths: ['out'], holdsSecret: holds('hunter2') })).toEqual({ kind: 'refused', reason });
    expect(await subject.open().list()).toEqual({ found: [], damaged: [] });
  });

  test('a mirror holds nothing else, and is made anew where it is another', async () => {
    subject.write('a/b', 'one');
    const artifact = artifactOf(await subject.open().keep(describeNew(), from('a/b')));
    subject.writeThere('x', 'somebody else');
    subject.writeThere('a/b', 'two');
    expect((await subject.open().bring(artifact, { folder: subject.destination, manner: 'mirror' })).kind).toBe('brought');
    expect(subject.list('destination')).toEqual({ a: 'folder', 'a/b': 'file one' });
  });

  test('beside what is there nothing is replaced, over it only what is another', async () => {
    subject.write('a/b', 'one');
    subject.write('c', 'same');
    const artifact = artifactOf(await subject.open().keep(describeNew(), from('a', 'c')));
    subject.writeThere('x', 'mine');
    subject.writeThere('a/b', 'two');
    subject.writeThere('c', 'same');
    const before = subject.list('destination');
    expect(await subject.open().bring(artifact, { folder: subject.destination, manner: 'beside' })).toEqual({ kind: 'conflict', reason: 'a/b is there with other content' });
    expect(subject.list('destination')).toEqual(before);
    expect(await subject.open().bring(artifact, { folder: subject.destination, manner: 'over' })).toEqual({ kind: 'brought', written: 1 });
    expect(subject.list('destination')).toEqual({ ...before, 'a/b': 'file one' });
  });

  test('what was removed is gone', async () => {
    subject.write('a', 'one');
    const artifact = artifactOf(await subject.open().keep(describeNew(), from('a')));
    expect(await subject.open().remove(artifact)).toBeUndefined();
    expect(await subject.open().list()).toEqual({ found: [], damaged: [] });
    expect(await subject.open().bring(artifact, { folder: subject.destination, manner: 'mirror' })).toEqual({ kind: 'damaged', reason: 'its a is gone' });
    expect(await subject.open().remove(artifact)).toBeUndefined();
  });
}
