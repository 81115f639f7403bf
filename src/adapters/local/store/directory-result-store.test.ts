import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeResult, findResult, keyOf, listFolder, useStoreFolder } from '../../../../test/rig/store-folder.js';
import type { StoredFile, StoredResult } from '../../../core/cache/stored-result.js';
import type { PlacedResult, SavedFrom, SavedResult } from '../../../ports/result-store.js';
import { digestOf } from './digest.js';
import type { DirectoryResultStore } from './directory-result-store.js';
import { writeManifest } from './manifest.js';

const here = useStoreFolder();

const local = { domain: 'local', key: keyOf('a') };
const large = 'x'.repeat(3_000_000);

function save(paths: readonly string[], given: Partial<StoredResult> = {}, from: Partial<SavedFrom> = {}): Promise<SavedResult> {
  return here().open().save(describeResult(given), { paths, log: null, holdsSecret: null, ...from });
}

async function place(store: DirectoryResultStore = here().open()): Promise<PlacedResult> {
  return store.place(findResult(store), { keep: new Set() });
}

/** What lies about that nobody needs: temporary files, in the store and in the workspace. */
function leftovers(): readonly string[] {
  here().open();
  return (readdirSync(here().root, { recursive: true }) as string[]).filter((path) => path.includes('tollgate-tmp'));
}

function manifestOf(result: Partial<StoredResult>): void {
  const whole: StoredResult = { ...describeResult(), domain: 'local', files: [], ...result };
  mkdirSync(dirname(here().layout.resultOf(whole)), { recursive: true });
  writeFileSync(here().layout.resultOf(whole), writeManifest(whole));
}

describe('what costs nothing', () => {
  test('finding answers at once, and so does placing what is in place', async () => {
    here().write('dist/a', 'one');
    here().write('dist/sub/b', 'two');
    here().link('dist/c', 'a');
    await save(['dist'], { folders: ['dist'] });
    const store = here().open();
    expect(store.place(findResult(store), { keep: new Set() })).toEqual({ kind: 'placed', written: 0 });
  });

  test('a large file that the index knows is not read again, so that nobody waits for it', async () => {
    here().write('a', large);
    await save(['a']);
    const deadline = performance.now() + 5000;
    // As long as it is as new as the last look at it, it has to be read.
    while ((await placeWaiting()) && performance.now() < deadline);
    expect(await placeWaiting()).toBe(false);
    here().write('a', large);
    expect(await placeWaiting()).toBe(true);
  });

  test('a manifest is read once in a process', async () => {
    await save([]);
    const store = here().open();
    const result = findResult(store);
    writeFileSync(here().layout.resultOf(local), 'damaged since');
    expect(findResult(store)).toBe(result);
  });

  async function placeWaiting(): Promise<boolean> {
    const store = here().open();
    const placed = store.place(findResult(store), { keep: new Set() });
    expect(await placed).toEqual({ kind: 'placed', written: 0 });
    return placed instanceof Promise;
  }
});

describe('a damaged manifest', () => {
  test.each<[string, (path: string) => void]>([
    ['flipped', (path) => writeFileSync(path, readFileSync(path, 'utf8').replace('made', 'Made'))],
    ['cut', (path) => truncateSync(path, 100)],
    ['empty', (path) => truncateSync(path, 0)],
    ['longer', (path) => appendFileSync(path, '\n')],
    ['another result', (path) => writeFileSync(path, writeManifest({ ...describeResult({ key: keyOf('b') }), domain: 'local', files: [] }))],
    ['the result of another domain', (path) => writeFileSync(path, writeManifest({ ...describeResult(), domain: 'pr:7', files: [] }))],
    ['a folder', (path) => (rmSync(path), mkdirSync(join(path, 'sub'), { recursive: true }))],
    ['a link', (path) => (renameSync(path, `${path}.moved`), symlinkSync(`${path}.moved`, path))],
    ['a pipe', (path) => (rmSync(path), execFileSync('mkfifo', [path]))],
  ])('that is %s is a miss that names it, once, and can be saved anew', async (_, damage) => {
    here().write('a', 'one');
    await save(['a']);
    const path = here().layout.resultOf(local);
    damage(path);
    const store = here().open();
    expect(store.find(keyOf('a'))).toMatchObject({ kind: 'miss', damaged: true, reason: expect.stringMatching(/damaged.*results\/local\/aa\/a{64} was removed/u) as string });
    expect(existsSync(path)).toBe(false);
    expect(store.find(keyOf('a'))).toEqual({ kind: 'miss' });
    await save(['a']);
    expect(await place()).toEqual({ kind: 'placed', written: 0 });
  });

  test('of another version is no hit, and stays', () => {
    manifestOf({});
    const path = here().layout.resultOf(local);
    const body = readFileSync(path, 'utf8').slice(65).replace('"format":1', '"format":9');
    writeFileSync(path, `${digestOf(body)}\n${body}`);
    expect(here().open().find(keyOf('a'))).toMatchObject({ kind: 'miss', reason: expect.stringContaining('another version') as string });
    expect(existsSync(path)).toBe(true);
  });
});

describe('a damaged blob', () => {
  const blobOf = (text: string): string => here().layout.blobOf(digestOf(text));
  const damages: readonly (readonly [string, (path: string) => void])[] = [
    ['flipped', (path) => writeFileSync(path, Buffer.from(readFileSync(path)).fill('y', 0, 1))],
    ['cut', (path) => truncateSync(path, statSync(path).size - 1)],
    ['longer', (path) => appendFileSync(path, 'x')],
    ['gone', (path) => rmSync(path)],
    ['a folder', (path) => (rmSync(path), mkdirSync(path))],
    ['a pipe', (path) => (rmSync(path), execFileSync('mkfifo', [path]))],
    ['a link to the same', (path) => (renameSync(path, `${path}.moved`), symlinkSync(`${path}.moved`, path))],
  ];
  test.each(damages.flatMap(([name, damage]) => [['small', name, 'two', damage] as const, ['large', name, large, damage] as const]))('(%s) that is %s changes nothing, is named and removed', async (_size, _name, text, damage) => {
    here().write('dist/a', 'one');
    here().write('dist/b', text);
    await save(['dist/a', 'dist/b']);
    here().write('dist/a', 'changed');
    here().remove('dist/b');
    const before = here().list();
    damage(blobOf(text));
    const store = here().open();
    const placed = await place(store);
    expect(placed).toMatchObject({ kind: 'miss', damaged: true });
    expect(placed).toHaveProperty('reason', expect.stringMatching(/dist\/b \(.*blobs\/[0-9a-f]{2}\/[0-9a-f]{62}\) is (?:damaged|missing).*was removed/u));
    expect(here().list()).toEqual(before);
    expect(leftovers()).toEqual([]);
    expect(store.find(keyOf('a'))).toEqual({ kind: 'miss' });
    // The step runs and makes it anew: the damaged blob is not taken for a good one.
    here().write('dist/a', 'one');
    here().write('dist/b', text);
    await save(['dist/a', 'dist/b']);
    here().remove('dist');
    expect(await place()).toEqual({ kind: 'placed', written: 2 });
    expect(here().list()).toMatchObject({ 'dist/a': 'file one', 'dist/b': `file ${text}` });
  });

  test('whose size the manifest lies about is not served, and is left to others', async () => {
    here().write('a', 'one');
    await save(['a'], { key: keyOf('b') });
    manifestOf({ files: [{ kind: 'file', path: 'c', executable: false, digest: digestOf('one'), size: 4 }] });
    expect(await place()).toMatchObject({ kind: 'miss', damaged: true, reason: expect.stringContaining('size') as string });
    expect(here().list()).toEqual({ a: 'file one' });
    expect(readFileSync(blobOf('one'), 'utf8')).toBe('one');
  });

  test('of a log is no log', async () => {
    writeFileSync(join(here().root, 'log'), 'text');
    await save([], {}, { log: join(here().root, 'log') });
    writeFileSync(blobOf('text'), 'TEXT');
    const store = here().open();
    expect(store.readLog(findResult(store))).toBeUndefined();
  });

  test('that is gone because the result was evicted meanwhile is no damage', async () => {
    here().write('a', 'one');
    await save(['a']);
    here().remove('a');
    const store = here().open();
    const result = findResult(store);
    rmSync(here().layout.results, { recursive: true });
    rmSync(here().layout.blobs, { recursive: true });
    expect(await store.place(result, { keep: new Set() })).toMatchObject({ kind: 'miss', damaged: false });
  });
});

describe('a fault on the way changes nothing', () => {
  const file = (path: string, text: string): StoredFile => ({ kind: 'file', path, executable: false, digest: digestOf(text), size: text.length });

  test('when the last of many cannot be placed', async () => {
    const tooLong = `z/${'z'.repeat(300)}`;
    for (const [digit, text] of [['1', 'one'], ['2', 'two']] as const) {
      here().write('dist/x', text);
      await save(['dist'], { key: keyOf(digit), folders: ['dist'] });
    }
    here().remove('dist');
    here().write('a', 'mine');
    here().write('dist/old', 'old');
    here().link('link', 'a');
    here().ignored.add('dist/old');
    const before = here().list();
    const files: StoredFile[] = [file('a', 'one'), { kind: 'folder', path: 'dist' }, file('dist/new/a', 'two'), { kind: 'folder', path: 'empty' }, { kind: 'link', path: 'link', target: 'dist' }, file(tooLong, 'one')];
    manifestOf({ files, folders: ['dist'] });
    const store = here().open();
    expect(await place(store)).toMatchObject({ kind: 'miss', damaged: false, reason: expect.stringContaining('name is too long') as string });
    expect(here().list()).toEqual(before);
    expect(store.find(keyOf('a')).kind).toBe('hit');
    store.keep();
    expect(leftovers()).toEqual([]);
  });

  test.each(['there', 'to be made'])('when a folder on the way that is %s becomes a link while it is copied', async (before) => {
    here().write('dist/a', large);
    here().write('dist/b', 'two');
    await save(['dist/a', 'dist/b']);
    here().remove('dist');
    if (before === 'there') here().makeFolder('dist');
    const outside = join(here().root, 'outside');
    mkdirSync(outside);
    const store = here().open();
    const placing = place(store);
    here().remove('dist');
    symlinkSync(outside, join(here().workspace, 'dist'));
    expect(await placing).toMatchObject({ kind: 'miss', damaged: false });
    expect(readdirSync(outside)).toEqual([]);
    expect(here().list()).toEqual({ dist: `link ${outside}` });
  });
});

describe('nothing is written through a link', () => {
  test.each(['dist', 'dist/sub'])('when %s has become one since', async (path) => {
    here().write('dist/sub/a', 'one');
    await save(['dist/sub/a']);
    here().remove(path);
    const outside = join(here().root, 'outside');
    mkdirSync(join(outside, 'sub'), { recursive: true });
    here().makeFolder(dirname(path));
    symlinkSync(outside, join(here().workspace, path));
    expect(await place()).toMatchObject({ kind: 'miss', damaged: false, reason: expect.stringContaining(`${path} is a link`) as string });
    expect(listFolder(outside)).toEqual({ sub: 'folder' });
    expect(here().open().find(keyOf('a')).kind).toBe('hit');
  });

  test('when the output folder itself has', async () => {
    here().write('dist/a', 'one');
    await save(['dist'], { folders: ['dist'] });
    const outside = join(here().root, 'outside');
    renameSync(join(here().workspace, 'dist'), outside);
    writeFileSync(join(outside, 'b'), 'mine');
    symlinkSync(outside, join(here().workspace, 'dist'));
    expect(await place()).toMatchObject({ kind: 'miss', reason: expect.stringContaining('dist is a link') as string });
    expect(listFolder(outside)).toEqual({ a: 'file one', b: 'file mine' });
  });

  test('a link that lies where a file belongs is replaced, not followed', async () => {
    here().write('a', 'one');
    await save(['a']);
    const outside = join(here().root, 'outside');
    writeFileSync(outside, 'mine');
    here().remove('a');
    symlinkSync(outside, join(here().workspace, 'a'));
    expect(await place()).toEqual({ kind: 'placed', written: 1 });
    expect([here().list(), readFileSync(outside, 'utf8')]).toEqual([{ a: 'file one' }, 'mine']);
  });
});

describe('what lies in the way', () => {
  test('a folder of somebody where a file belongs stays, and is named', async () => {
    here().write('out', 'one');
    await save(['out']);
    here().remove('out');
    here().write('out/mine', 'mine');
    expect(await place()).toMatchObject({ kind: 'miss', damaged: false, reason: expect.stringContaining('out/mine is in the way of out') as string });
    here().ignored.add('out/mine');
    expect(await place()).toEqual({ kind: 'placed', written: 1 });
    expect(here().list()).toEqual({ out: 'file one' });
  });

  test('a file of somebody where a folder belongs stays, and is named', async () => {
    here().write('out/a', 'one');
    await save(['out/a']);
    here().remove('out');
    here().write('out', 'mine');
    expect(await place()).toMatchObject({ kind: 'miss', reason: 'out is a file, and out/a has to lie in it' });
    expect(here().list()).toEqual({ out: 'file mine' });
  });

  test('a pipe where a file belongs holds nobody up', async () => {
    here().write('a', 'one');
    await save(['a']);
    here().remove('a');
    execFileSync('mkfifo', [join(here().workspace, 'a')]);
    expect(await place()).toEqual({ kind: 'placed', written: 1 });
  });

  test('a folder that forbids writing goes too, when git ignores it', async () => {
    here().write('dist/a', 'one');
    await save(['dist'], { folders: ['dist'] });
    here().write('dist/cache/mod/x', 'cached');
    here().ignored.add('dist/cache/mod/x');
    execFileSync('chmod', ['-R', 'a-w', join(here().workspace, 'dist/cache')]);
    expect((await place()).kind).toBe('placed');
    expect([here().list(), leftovers()]).toEqual([{ dist: 'folder', 'dist/a': 'file one' }, []]);
  });
});

describe('an index', () => {
  test('from an earlier run knows what the step has put there', async () => {
    here().write('dist/a', 'one');
    await save(['dist'], { folders: ['dist'] });
    here().write('dist/b', 'two');
    await save(['dist'], { key: keyOf('b'), folders: ['dist'] });
    expect((await place(here().open())).kind).toBe('placed');
    expect(here().list()).toEqual({ dist: 'folder', 'dist/a': 'file one' });
  });

  test.each<[string, (path: string) => void]>([
    ['damaged', (path) => writeFileSync(path, Buffer.from(readFileSync(path)).fill(0, 100, 101))],
    ['gone', (path) => rmSync(path)],
    ['a folder', (path) => (rmSync(path), mkdirSync(path))],
    ['a pipe', (path) => (rmSync(path), execFileSync('mkfifo', [path]))],
  ])('that is %s counts as empty: all is looked at again', async (_, damage) => {
    here().write('a', 'one');
    here().write('b', large);
    await save(['a', 'b']);
    here().open().keep();
    damage(here().placedIndexFile);
    here().write('a', 'two');
    expect(await place(here().open())).toEqual({ kind: 'placed', written: 1 });
    expect(here().list()).toEqual({ a: 'file one', b: `file ${large}` });
  });

  test('a second process does not lose what the first has learnt', async () => {
    here().write('dist/a', 'one');
    here().write('other', 'x');
    await save(['dist'], { folders: ['dist'] });
    const first = here().open();
    here().write('dist/b', 'two');
    const second = here().open();
    // It has read the index by then.
    void second.place(findResult(second), { keep: new Set(), dry: true });
    await first.save(describeResult({ key: keyOf('b'), folders: ['dist'] }), { paths: ['dist'], log: null, holdsSecret: null });
    await second.save(describeResult({ key: keyOf('c'), step: 'other' }), { paths: ['other'], log: null, holdsSecret: null });
    first.keep();
    second.keep();
    expect((await place()).kind).toBe('placed');
    expect(here().list()).toMatchObject({ 'dist/a': 'file one', other: 'file x' });
    expect(here().list()).not.toHaveProperty('dist/b');
  });
});

describe('saving', () => {
  test('a file that is written meanwhile is refused', async () => {
    here().write('a', large);
    const holdsSecret = (): Promise<boolean> => {
      here().write('a', `${large}!`);
      return Promise.resolve(false);
    };
    expect(await save(['a'], {}, { holdsSecret })).toMatchObject({ kind: 'refused', reason: expect.stringContaining('a changed while it was read') as string });
    expect(leftovers()).toEqual([]);
  });

  test('a folder that somebody adds to meanwhile is refused', async () => {
    here().write('dist/a', 'one');
    const holdsSecret = (): Promise<boolean> => {
      here().write('dist/b', 'two');
      return Promise.resolve(false);
    };
    expect(await save(['dist'], { folders: ['dist'] }, { holdsSecret })).toMatchObject({ kind: 'refused', reason: expect.stringContaining('dist changed') as string });
  });

  test.each([['pipe', 'a named pipe'], ['nested/pipe', 'a named pipe']])('a pipe at %s is refused by name, and the rest told', async (path, reason) => {
    here().write('dist/a', 'one');
    here().makeFolder(dirname(join('dist', path)));
    execFileSync('mkfifo', [join(here().workspace, 'dist', path)]);
    const saved = await save(['dist'], { folders: ['dist'] });
    expect(saved).toMatchObject({ kind: 'refused', reason: expect.stringContaining(`dist/${path} is ${reason}`) as string });
    expect(saved.files).toContainEqual({ kind: 'file', path: 'dist/a', executable: false, digest: digestOf('one'), size: 3 });
  });

  test.each(['.git', '.tollgate', '../outside', '/etc/passwd', ''])('%j is no output', async (path) => {
    here().write('.git', 'x');
    expect(await save([path])).toMatchObject({ kind: 'refused', files: [] });
  });

  test('the state folder is none, whatever it is called', async () => {
    here().write('build/a', 'one');
    const place = { folder: join(here().workspace, 'build/state/store'), placedIndexFile: join(here().workspace, 'build/state/index/placed') };
    const store = here().open(place);
    await store.save(describeResult({ key: keyOf('b') }), { paths: ['build/a'], log: null, holdsSecret: null });
    const saved = await store.save(describeResult(), { paths: ['build'], log: null, holdsSecret: null });
    expect(saved).toMatchObject({ kind: 'refused', reason: expect.stringContaining('build/state cannot be kept') as string });
  });

  test('what lies behind a link is not taken in', async () => {
    here().write('real/a', 'one');
    here().link('dist', 'real');
    expect(await save(['dist/a'])).toMatchObject({ kind: 'refused', reason: 'dist/a cannot be kept: dist is a link' });
  });

  test('equal content is stored once, and what claims it keeps it young', async () => {
    here().write('a', 'same');
    here().write('b', 'same');
    await save(['a', 'b']);
    const blob = here().layout.blobOf(digestOf('same'));
    utimesSync(blob, 1000, 1000);
    const { ino } = statSync(blob);
    await save(['a'], { key: keyOf('b') });
    expect(statSync(blob).ino).toBe(ino);
    expect(statSync(blob).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
    expect(readdirSync(here().layout.blobs)).toHaveLength(1);
  });

  test('the store and what is restored share no file', async () => {
    here().write('a', 'one');
    await save(['a']);
    here().remove('a');
    await place();
    appendFileSync(join(here().workspace, 'a'), 'more');
    here().remove('a');
    await place();
    expect(here().list()).toEqual({ a: 'file one' });
  });

  test('modes are those of an ordinary file and a program, whatever the umask and the file were', async () => {
    here().write('a', 'one');
    here().write('b', 'two');
    execFileSync('chmod', ['4711', join(here().workspace, 'b')]);
    execFileSync('chmod', ['600', join(here().workspace, 'a')]);
    await save(['a', 'b']);
    here().remove('a');
    here().remove('b');
    const before = process.umask(0o077);
    try {
      await place();
    } finally {
      process.umask(before);
    }
    expect(['a', 'b'].map((path) => statSync(join(here().workspace, path)).mode & 0o7777)).toEqual([0o644, 0o755]);
  });

  test('a log keeps its end', async () => {
    const log = join(here().root, 'log');
    writeFileSync(log, `${'ü'.repeat(700_000)}x`);
    await save([], {}, { log });
    const store = here().open();
    const kept = Buffer.from(store.readLog(findResult(store)) ?? []);
    expect([kept.length, kept.toString() === `${'ü'.repeat((kept.length - 1) / 2)}x`]).toEqual([1024 * 1024 - 1, true]);
  });

  test('a log that cannot be read is none', async () => {
    expect(await save([], {}, { log: '/nowhere/log' })).toMatchObject({ kind: 'saved' });
  });
});

describe('a store that cannot be written', () => {
  test.each(['tmp', 'blobs', 'results'])('(%s) is unavailable, by path and code; contents are told and nothing is left', async (part) => {
    mkdirSync(here().layout.folder, { recursive: true });
    writeFileSync(join(here().layout.folder, part), 'a file where a folder belongs');
    for (const text of ['one', large]) {
      here().write('a', text);
      const saved = await save(['a']);
      expect(saved).toMatchObject({ kind: 'unavailable', files: [{ path: 'a', digest: digestOf(text), size: text.length }] });
      expect(saved).toHaveProperty('reason', expect.stringMatching(/store\/.* cannot be written: .* \(E[A-Z]+\)/u));
    }
    expect(leftovers()).toEqual([]);
    expect(here().open().find(keyOf('a'))).toEqual({ kind: 'miss' });
  });

  test('still serves what it has', async () => {
    here().write('a', 'one');
    await save(['a']);
    rmSync(here().layout.temporary, { recursive: true, force: true });
    writeFileSync(here().layout.temporary, '');
    here().remove('a');
    expect(await place()).toEqual({ kind: 'placed', written: 1 });
  });

  test('nor serves again what was withdrawn', async () => {
    await save([]);
    const store = here().open({ domains: { write: 'pr:1', read: ['pr:1', 'local'] } });
    writeFileSync(join(here().layout.results, 'pr%3a1'), '');
    store.withdraw(keyOf('a'));
    expect(store.find(keyOf('a'))).toMatchObject({ kind: 'miss' });
  });
});

test('two who save one key at once both leave it whole', async () => {
  here().write('a', 'one');
  const [one, other] = [here().open(), here().open()];
  const from = { paths: ['a'], log: null, holdsSecret: null };
  const saved = await Promise.all([one.save(describeResult(), from), other.save(describeResult(), from)]);
  expect(saved.map(({ kind }) => kind)).toEqual(['saved', 'saved']);
  here().remove('a');
  expect(await place()).toEqual({ kind: 'placed', written: 1 });
});
