import fc from 'fast-check';
import type { StoredResult } from '../../src/core/cache/stored-result.js';
import type { FoundResult, PlacedResult, ResultStore, SavedFrom, SavedResult } from '../../src/ports/result-store.js';
import { describeResult, keyOf } from '../rig/store-folder.js';

export interface Domains {
  readonly write: string;
  readonly read: readonly string[];
}

/** A store over a workspace, and hands to change that workspace with. */
export interface StoreSubject {
  /** What lies in domains that are not read can be told from nothing. */
  readonly seesOtherDomains: boolean;
  /** As another run has it: what was kept in memory is gone. */
  readonly open: (domains?: Domains) => ResultStore;
  readonly write: (path: string, text: string, executable?: boolean) => void;
  readonly link: (path: string, target: string) => void;
  readonly makeFolder: (path: string) => void;
  readonly remove: (path: string) => void;
  /** Path → what lies there: `file a`, `program a`, `link a`, `folder`. */
  readonly list: () => Readonly<Record<string, string>>;
  readonly ignore: (path: string) => void;
  /** Answers where it lies. */
  readonly writeLog: (text: string) => string;
  readonly dispose: () => void;
}

const nothingKept = { keep: new Set<string>() };

const from = (paths: readonly string[], given: Partial<SavedFrom> = {}): SavedFrom => ({ paths, log: null, holdsSecret: null, ...given });

function resultOf(found: FoundResult): StoredResult {
  if (found.kind !== 'hit') throw new Error(`no hit: ${JSON.stringify(found)}`);
  return found.result;
}

async function findResult(store: ResultStore, key: string): Promise<StoredResult> {
  return resultOf(await store.find(key));
}

async function placeKey(store: ResultStore, key: string, keep: ReadonlySet<string> = new Set()): Promise<PlacedResult> {
  return store.place(await findResult(store, key), { keep });
}

const holds = (word: string) => async (bytes: AsyncIterable<Uint8Array>): Promise<boolean> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces).includes(word);
};

/** What every store of results promises; see the port. */
export function describeResultStore(create: () => StoreSubject): void {
  let subject: StoreSubject;
  beforeEach(() => {
    subject = create();
  });
  afterEach(() => subject.dispose());

  const save = (paths: readonly string[], given: Partial<StoredResult> = {}, store = subject.open()): Promise<SavedResult> => store.save(describeResult(given), from(paths));

  test('a key that nobody has saved is a miss without a reason', async () => {
    expect(await subject.open().find(keyOf('0'))).toEqual({ kind: 'miss' });
  });

  test('what was saved is found, whole, by the same run and by another', async () => {
    subject.write('dist/app.zip', 'zip');
    const store = subject.open();
    const saved = await store.save(describeResult(), from(['dist/app.zip']));
    expect(saved).toMatchObject({ kind: 'saved', files: [{ kind: 'file', path: 'dist/app.zip', size: 3, executable: false }] });
    const wanted = { ...describeResult(), domain: 'local', files: saved.files };
    expect(await store.find(keyOf('a'))).toEqual({ kind: 'hit', result: wanted });
    expect(await subject.open().find(keyOf('a'))).toEqual({ kind: 'hit', result: wanted });
    expect(await subject.open().find(keyOf('b'))).toEqual({ kind: 'miss' });
  });

  test('a result without files is one', async () => {
    await save([]);
    expect(await placeKey(subject.open(), keyOf('a'))).toEqual({ kind: 'placed', written: 0 });
  });

  test('whatever a step has made comes back as it was, and is then in place', async () => {
    await fc.assert(fc.asyncProperty(treeOf(), async (tree) => {
      const each = create();
      try {
        for (const [path, { text, executable }] of tree) each.write(path, text, executable);
        each.makeFolder('out/empty/inside');
        each.link('out/link', 'a/./b');
        const before = each.list();
        expect(await each.open().save(describeResult({ folders: ['out'] }), from(['out', ...tree.keys()]))).toMatchObject({ kind: 'saved' });
        expect(await placeKey(each.open(), keyOf('a'))).toEqual({ kind: 'placed', written: 0 });
        for (const path of ['out', ...tree.keys()]) each.remove(path);
        const store = each.open();
        expect((await placeKey(store, keyOf('a'))).kind).toBe('placed');
        expect(each.list()).toEqual(before);
        expect(await placeKey(store, keyOf('a'))).toEqual({ kind: 'placed', written: 0 });
      } finally {
        each.dispose();
      }
    }), { numRuns: 30 });
  });

  test('what is in place is left alone, what is not is brought back', async () => {
    subject.write('a.txt', 'one');
    subject.write('b.txt', 'two', true);
    await save(['a.txt', 'b.txt']);
    subject.write('b.txt', 'changed', true);
    expect(await placeKey(subject.open(), keyOf('a'))).toEqual({ kind: 'placed', written: 1 });
    subject.write('b.txt', 'two', false);
    expect(await placeKey(subject.open(), keyOf('a'))).toEqual({ kind: 'placed', written: 1 });
    subject.remove('a.txt');
    expect(await placeKey(subject.open(), keyOf('a'))).toEqual({ kind: 'placed', written: 1 });
    expect(subject.list()).toMatchObject({ 'a.txt': 'file one', 'b.txt': 'program two' });
  });

  test('a change of the same length, made in the moment after it was saved, is seen', async () => {
    subject.write('a.txt', 'one');
    const store = subject.open();
    await save(['a.txt'], {}, store);
    subject.write('a.txt', 'two');
    expect(await placeKey(store, keyOf('a'))).toEqual({ kind: 'placed', written: 1 });
    expect(subject.list()).toMatchObject({ 'a.txt': 'file one' });
  });

  test('the result of a key that was saved last counts', async () => {
    subject.write('a.txt', 'one');
    const store = subject.open();
    await save(['a.txt'], {}, store);
    expect((await findResult(store, keyOf('a'))).stdout).toBe('made ✔\n');
    subject.write('a.txt', 'two');
    await save(['a.txt'], { stdout: 'again' }, store);
    subject.remove('a.txt');
    expect((await findResult(store, keyOf('a'))).stdout).toBe('again');
    await placeKey(store, keyOf('a'));
    expect(subject.list()).toMatchObject({ 'a.txt': 'file two' });
  });

  test('a single file leaves what lies beside it alone', async () => {
    subject.write('dist/a', 'one');
    await save(['dist/a']);
    subject.write('dist/a', 'other');
    subject.write('dist/mine', 'mine');
    expect(await placeKey(subject.open(), keyOf('a'))).toEqual({ kind: 'placed', written: 1 });
    expect(subject.list()).toEqual({ dist: 'folder', 'dist/a': 'file one', 'dist/mine': 'file mine' });
  });

  describe('in an output folder', () => {
    test('a file of somebody else makes the hit a miss that names it, and nothing is changed', async () => {
      subject.write('dist/a', 'one');
      await save(['dist'], { folders: ['dist'] });
      subject.write('dist/a', 'other');
      subject.write('dist/sub/mine', 'mine');
      const before = subject.list();
      const placed = await placeKey(subject.open(), keyOf('a'));
      expect(placed).toMatchObject({ kind: 'miss', damaged: false });
      expect(placed).toHaveProperty('reason', expect.stringContaining('dist/sub/mine'));
      expect(subject.list()).toEqual(before);
      subject.remove('dist/sub');
      expect(await placeKey(subject.open(), keyOf('a'))).toEqual({ kind: 'placed', written: 1 });
    });

    test('what an earlier result of the step has put there goes', async () => {
      const store = subject.open();
      subject.write('dist/a', 'one');
      await save(['dist'], { key: keyOf('1'), folders: ['dist'] }, store);
      subject.write('dist/b/c', 'two');
      await save(['dist'], { key: keyOf('2'), folders: ['dist'] }, store);
      expect((await placeKey(store, keyOf('1'))).kind).toBe('placed');
      expect(subject.list()).toEqual({ dist: 'folder', 'dist/a': 'file one' });
      expect((await placeKey(store, keyOf('2'))).kind).toBe('placed');
      expect(subject.list()).toEqual({ dist: 'folder', 'dist/a': 'file one', 'dist/b': 'folder', 'dist/b/c': 'file two' });
      expect((await placeKey(store, keyOf('1'))).kind).toBe('placed');
      expect(subject.list()).toEqual({ dist: 'folder', 'dist/a': 'file one' });
    });

    test('but not once somebody has changed it, nor what another step has put there', async () => {
      const store = subject.open();
      subject.write('dist/a', 'one');
      await save(['dist'], { key: keyOf('1'), folders: ['dist'] }, store);
      subject.write('dist/b', 'two');
      await save(['dist'], { key: keyOf('2'), folders: ['dist'] }, store);
      subject.write('dist/b', 'by hand');
      expect(await placeKey(store, keyOf('1'))).toMatchObject({ kind: 'miss', reason: expect.stringContaining('dist/b') as string });
      subject.remove('dist/b');
      subject.write('dist/c', 'three');
      await save(['dist/c'], { key: keyOf('3'), step: 'other' }, store);
      expect(await placeKey(store, keyOf('1'))).toMatchObject({ kind: 'miss', reason: expect.stringContaining('dist/c') as string });
      expect(subject.list()).toMatchObject({ 'dist/c': 'file three' });
    });

    test('what git ignores goes', async () => {
      subject.write('dist/a', 'one');
      await save(['dist'], { folders: ['dist'] });
      subject.write('dist/.cache/x', 'cached');
      subject.ignore('dist/.cache/x');
      expect((await placeKey(subject.open(), keyOf('a'))).kind).toBe('placed');
      expect(subject.list()).toEqual({ dist: 'folder', 'dist/a': 'file one' });
    });

    test('what a later step has written stays as it is', async () => {
      subject.write('dist/a', 'one');
      subject.write('dist/b', 'two');
      await save(['dist'], { folders: ['dist'] });
      subject.write('dist/a', 'later');
      subject.write('dist/b', 'changed');
      subject.write('dist/sub/c', 'later too');
      expect(await placeKey(subject.open(), keyOf('a'), new Set(['dist/a', 'dist/sub']))).toEqual({ kind: 'placed', written: 1 });
      expect(subject.list()).toEqual({ dist: 'folder', 'dist/a': 'file later', 'dist/b': 'file two', 'dist/sub': 'folder', 'dist/sub/c': 'file later too' });
      subject.remove('dist/a');
      expect(await placeKey(subject.open(), keyOf('a'), new Set(['dist/a', 'dist/sub']))).toEqual({ kind: 'placed', written: 0 });
      expect(subject.list()).not.toHaveProperty('dist/a');
      expect(await placeKey(subject.open(), keyOf('a'), new Set(['dist']))).toEqual({ kind: 'placed', written: 0 });
    });
  });

  test('who only asks what would happen changes nothing', async () => {
    subject.write('dist/a', 'one');
    await save(['dist'], { folders: ['dist'] });
    subject.write('dist/a', 'two');
    subject.write('dist/ignored', 'x');
    subject.ignore('dist/ignored');
    const before = subject.list();
    const result = await findResult(subject.open(), keyOf('a'));
    const store = subject.open();
    expect(await store.place(result, { keep: new Set(), dry: true })).toEqual({ kind: 'placed', written: 1 });
    expect(subject.list()).toEqual(before);
    subject.write('dist/mine', 'mine');
    expect(await store.place(result, { keep: new Set(), dry: true })).toMatchObject({ kind: 'miss', damaged: false });
    expect(await store.place({ ...result, folders: ['..'] }, { keep: new Set(), dry: true })).toMatchObject({ kind: 'miss', damaged: true });
    expect(subject.list()).toEqual({ ...before, 'dist/mine': 'file mine' });
    expect((await findResult(subject.open(), keyOf('a'))).stdout).toBe('made ✔\n');
  });

  describe('trust', () => {
    const pull: Domains = { write: 'pr:7', read: ['pr:7', 'default'] };
    const main: Domains = { write: 'default', read: ['default'] };

    test('a run finds what its domain has, then what it may read besides', async () => {
      await save([], { stdout: 'main' }, subject.open(main));
      expect((await findResult(subject.open(pull), keyOf('a'))).stdout).toBe('main');
      await save([], { stdout: 'pull' }, subject.open(pull));
      expect(await findResult(subject.open(pull), keyOf('a'))).toMatchObject({ stdout: 'pull', domain: 'pr:7' });
      expect(await findResult(subject.open(main), keyOf('a'))).toMatchObject({ stdout: 'main', domain: 'default' });
    });

    test('what another domain has is a miss, which names the domain where it can be seen', async () => {
      await save([], {}, subject.open(pull));
      const found = await subject.open(main).find(keyOf('a'));
      expect(found).toEqual(subject.seesOtherDomains ? { kind: 'miss', reason: expect.stringContaining('pr:7') as string } : { kind: 'miss' });
    });

    test('what was withdrawn is not found, in other domains neither, until it is saved again', async () => {
      await save([], {}, subject.open(main));
      const store = subject.open(pull);
      await save([], { stdout: 'pull' }, store);
      await findResult(store, keyOf('a'));
      store.withdraw(keyOf('a'));
      expect(await store.find(keyOf('a'))).toMatchObject({ kind: 'miss', reason: expect.stringContaining('withdrawn') as string });
      expect(await subject.open(pull).find(keyOf('a'))).toMatchObject({ kind: 'miss' });
      expect(await subject.open(main).find(keyOf('a'))).toMatchObject({ kind: 'hit' });
      await save([], { stdout: 'again' }, store);
      expect((await findResult(store, keyOf('a'))).stdout).toBe('again');
      expect((await findResult(subject.open(pull), keyOf('a'))).stdout).toBe('again');
    });
  });

  test('the log of a result is there as long as the result', async () => {
    const store = subject.open();
    await store.save(describeResult(), from([], { log: subject.writeLog('first line ✔\nlast line\n') }));
    const later = subject.open();
    const result = await findResult(later, keyOf('a'));
    expect(Buffer.from(later.readLog(result) ?? []).toString()).toBe('first line ✔\nlast line\n');
    await save([], { key: keyOf('b') });
    const silent = await findResult(subject.open(), keyOf('b'));
    expect([silent.log, subject.open().readLog(silent)]).toEqual([null, undefined]);
  });

  describe('is refused', () => {
    test.each([
      ['a file', 'dist/key.pem holds a secret', () => subject.write('dist/key.pem', 'the word is hunter2!')],
      ['a link', 'secret', () => subject.link('dist/key.pem', 'hunter2')],
      ['a name', 'secret', () => subject.write('dist/hunter2', 'nothing')],
    ])('%s that holds a secret', async (_, reason, make) => {
      subject.write('dist/a', 'one');
      make();
      const saved = await subject.open().save(describeResult({ folders: ['dist'] }), from(['dist'], { holdsSecret: holds('hunter2') }));
      expect(saved).toMatchObject({ kind: 'refused', reason: expect.stringContaining(reason) as string });
      expect(saved).not.toHaveProperty('reason', expect.stringContaining('hunter2'));
      expect(saved.files).toHaveLength(3);
      expect(await subject.open().find(keyOf('a'))).toEqual({ kind: 'miss' });
    });

    test('none that only looks like one', async () => {
      subject.write('a', 'hunter 2');
      expect(await subject.open().save(describeResult(), from(['a'], { holdsSecret: holds('hunter2') }))).toMatchObject({ kind: 'saved' });
    });

    test('a path that is not there', async () => {
      subject.write('a', 'one');
      expect(await save(['a', 'b'])).toMatchObject({ kind: 'refused', reason: expect.stringContaining('b is not there') as string, files: [{ path: 'a' }] });
    });

    test.each([
      ['/etc/passwd', 'absolute'],
      ['../../../x', 'out of the workspace'],
      ['a/../../b', 'down and up again'],
      ['../.git/config', 'git'],
    ])('a link to %s', async (target, reason) => {
      subject.write('dist/a', 'one');
      subject.link('dist/link', target);
      expect(await save(['dist'], { folders: ['dist'] })).toMatchObject({ kind: 'refused', reason: expect.stringContaining(reason) as string });
    });

    test('two names that differ in nothing but case', async () => {
      subject.write('dist/readme', 'one');
      subject.write('dist/README', 'two');
      expect(await save(['dist'], { folders: ['dist'] })).toMatchObject({ kind: 'refused', reason: expect.stringContaining('case') as string });
    });
  });

  describe('a poisoned result touches nothing and is removed', () => {
    const content = { digest: keyOf('e'), size: 1 };
    const file = (path: string): StoredResult['files'][number] => ({ kind: 'file', path, executable: false, ...content });
    test.each<[string, Pick<StoredResult, 'files' | 'folders'>]>([
      ['an absolute path', { files: [file('/tmp/x')], folders: [] }],
      ['a way out', { files: [file('../x')], folders: [] }],
      ['git', { files: [file('.GIT/hooks/post-checkout')], folders: [] }],
      ['state', { files: [file('.tollgate/store/x')], folders: [] }],
      ['a link out', { files: [{ kind: 'link', path: 'x', target: '../y' }], folders: [] }],
      ['a file in a link', { files: [{ kind: 'link', path: 'x', target: 'y' }, file('x/z')], folders: [] }],
      ['a path twice', { files: [file('x'), file('x')], folders: [] }],
      ['the whole workspace', { files: [], folders: [''] }],
    ])('%s', async (_, poison) => {
      subject.write('mine', 'mine');
      const store = subject.open();
      await save([], {}, store);
      const result = { ...(await findResult(store, keyOf('a'))), ...poison };
      const before = subject.list();
      expect(await store.place(result, nothingKept)).toMatchObject({ kind: 'miss', damaged: true });
      expect(subject.list()).toEqual(before);
      expect(await store.find(keyOf('a'))).toMatchObject({ kind: 'miss' });
    });
  });
}

interface TreeFile {
  readonly text: string;
  readonly executable: boolean;
}

/** Files below `out`, of names that file systems and terminals find hard. */
function treeOf(): fc.Arbitrary<ReadonlyMap<string, TreeFile>> {
  const name = fc.constantFrom('a', 'b', '-rf', ' ', 'ü', 'back\\slash', 'new\nline', '$(x)', '...', '*', 'z'.repeat(200), '😀', 'con');
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
  const file = fc.record({ text: fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.nat(80_000).map((size) => 'x'.repeat(size))), executable: fc.boolean() });
  return fc.uniqueArray(fc.tuple(path, file), { maxLength: 12, selector: ([each]) => each }).map((files) => {
    const folders = new Set(files.flatMap(([each]) => each.split('/').slice(0, -1).map((_, end, names) => names.slice(0, end + 1).join('/'))));
    return new Map(files.filter(([each]) => !folders.has(each)).map(([each, made]) => [`out/tree/${each}`, made]));
  });
}
