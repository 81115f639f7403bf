import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, linkSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { stampOf as takeStamp, type FileStamp } from '../store/file-stamp.js';
import { createTemporaryNames } from '../store/temporary-names.js';
import { encodeIndex } from './index-form.js';
import { openWorkspaceFiles, type LocalWorkspaceFiles } from './open-workspace-files.js';

const top = realpathSync(mkdtempSync(join(tmpdir(), 'tollgate-files-')));
afterAll(() => rmSync(top, { recursive: true, force: true }));

const makeTree = (files: Readonly<Record<string, string>>): string => {
  const root = mkdtempSync(join(top, 'tree-'));
  for (const [path, content] of Object.entries(files)) write(root, path, content);
  return root;
};
const write = (root: string, path: string, content: string | Buffer): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
};
const indexOf = (root: string): string => join(root, '.tollgate/index');
/** Long after everything: whatever is read is old enough to be kept in the index. */
const later = (): number => Date.now() + 60_000;
const open = (root: string, now: () => number = Date.now): LocalWorkspaceFiles => openWorkspaceFiles({ root, indexFile: indexOf(root), now });
const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
const stampOf = (root: string, path: string): FileStamp => takeStamp(lstatSync(join(root, path)));
const pathsOf = (files: readonly { readonly path: string }[]): readonly string[] => files.map(({ path }) => path);

/** Until the clock of the file system has gone on, so that whatever is written now has another time. */
const passTick = (root: string): void => {
  const probe = join(root, '.tollgate-tick');
  writeFileSync(probe, '');
  const { ctimeMs } = lstatSync(probe);
  while (lstatSync(probe).ctimeMs === ctimeMs) chmodSync(probe, 0o600);
  rmSync(probe);
};

describe('what changes and what does not', () => {
  type Change = (root: string, path: string) => void;
  const changes: Readonly<Record<string, Change>> = {
    'other content of the same length, its time set back': (root, path) => {
      const { atime, mtime } = statSync(join(root, path));
      const content = readFileSync(join(root, path));
      content[0] = (content[0] ?? 0) ^ 1;
      writeFileSync(join(root, path), content);
      utimesSync(join(root, path), atime, mtime);
    },
    'longer content, its time set back': (root, path) => {
      const { atime, mtime } = statSync(join(root, path));
      writeFileSync(join(root, path), 'x', { flag: 'a' });
      utimesSync(join(root, path), atime, mtime);
    },
    'replaced by another of the same length': (root, path) => {
      const { atime, mtime } = statSync(join(root, path));
      const content = readFileSync(join(root, path));
      content[0] = (content[0] ?? 0) ^ 1;
      writeFileSync(join(root, `${path}.new`), content);
      utimesSync(join(root, `${path}.new`), atime, mtime);
      renameSync(join(root, `${path}.new`), join(root, path));
    },
    'made executable': (root, path) => chmodSync(join(root, path), 0o744),
    removed: (root, path) => rmSync(join(root, path)),
    renamed: (root, path) => renameSync(join(root, path), join(root, `${path}-other`)),
    'another file beside it': (root, path) => writeFileSync(join(root, `${path}-beside`), ''),
    'a link in its place': (root, path) => {
      renameSync(join(root, path), join(root, '.hidden-elsewhere'));
      symlinkSync('/nowhere', join(root, path));
    },
    'ignored from now on': (root, path) => writeFileSync(join(root, '.gitignore'), `/${path}\n`),
  };
  const stays: Readonly<Record<string, Change>> = {
    nothing: () => undefined,
    touched: (root, path) => utimesSync(join(root, path), new Date(1_000_000), new Date(2_000_000)),
    'another umask': (root, path) => chmodSync(join(root, path), 0o600),
    'written again with the same content': (root, path) => writeFileSync(join(root, path), readFileSync(join(root, path))),
    'replaced by its copy': (root, path) => {
      cpSync(join(root, path), join(root, '.hidden-copy'));
      renameSync(join(root, '.hidden-copy'), join(root, path));
    },
    'a second name elsewhere': (root, path) => {
      rmSync(join(top, 'second'), { force: true });
      linkSync(join(root, path), join(top, 'second'));
    },
    'an ignored file': (root) => write(root, 'ignored/new', 'x'),
    'an empty folder': (root) => mkdirSync(join(root, 'empty'), { recursive: true }),
    'something of our own': (root) => write(root, '.tollgate/runs/x', 'y'),
    "something of git's own": (root) => write(root, '.git/objects/x', 'y'),
  };
  const files = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b/c', 'b/d', 'e/f/g', 'é'), fc.string({ minLength: 1, maxLength: 20 })), { selector: ([path]) => path, minLength: 2, maxLength: 5 });
  const plainIndexes = ['as it was', 'kept', 'in this process'] as const;

  const check = (change: Change, isTold: boolean, now: () => number) => (drawn: readonly (readonly [string, string])[], chosen: number, memory: (typeof plainIndexes)[number]): void => {
    const root = makeTree({ '.gitignore': 'ignored\n.hidden*\n', ...Object.fromEntries(drawn) });
    const path = drawn[chosen % drawn.length]?.[0] ?? '';
    // Whole seconds can be set back to the last digit.
    for (const [each] of drawn) utimesSync(join(root, each), 1_000_000, 1_000_000);
    const first = open(root, now);
    const before = { all: first.all([]), chosen: first.select([path, 'b/**']).files, look: first.look([path]) };
    if (memory === 'kept') first.keep();
    if (now === later) passTick(root);
    change(root, path);
    first.forget();
    const second = memory === 'in this process' ? first : open(root, now);
    if (isTold) expect(second.all([])).not.toEqual(before.all);
    else {
      expect(second.all([])).toEqual(before.all);
      expect(second.select([path, 'b/**']).files).toEqual(before.chosen);
      expect(second.look([path])).toEqual(before.look);
    }
    // What was remembered never shows: it is as if everything were read.
    const anew = openWorkspaceFiles({ root, indexFile: join(top, 'none/index'), now });
    expect(second.all([])).toEqual(anew.all([]));
    rmSync(root, { recursive: true });
  };
  const runs = { numRuns: 25 };

  test.each(Object.entries(changes))('told: %s', (_, change) => {
    fc.assert(fc.property(files, fc.nat(), fc.constantFrom(...plainIndexes), check(change, true, later)), runs);
  });

  test.each(Object.entries(changes))('told, in the tick in which it was read: %s', (_, change) => {
    fc.assert(fc.property(files, fc.nat(), fc.constantFrom(...plainIndexes), check(change, true, Date.now)), runs);
  });

  test.each(Object.entries(stays))('not told: %s', (_, change) => {
    fc.assert(fc.property(files, fc.nat(), fc.constantFrom(...plainIndexes), check(change, false, later)), runs);
  });

  test('the same files in another folder have the same fingerprints', () => {
    fc.assert(fc.property(files, (drawn) => {
      const root = makeTree(Object.fromEntries(drawn));
      symlinkSync(drawn[0]?.[0] ?? '', join(root, 'link'));
      const files = open(root, later);
      const wanted = files.all([]);
      files.keep();
      const other = join(top, 'moved', 'deeper');
      rmSync(other, { recursive: true, force: true });
      // With the index, as a folder is moved from one machine to another.
      cpSync(root, other, { recursive: true, verbatimSymlinks: true });
      expect(open(other).all([])).toEqual(wanted);
    }), runs);
  });
});

describe('the index', () => {
  const keepFiles = (root: string): Buffer => {
    const files = open(root, later);
    files.all([]);
    files.keep();
    return readFileSync(indexOf(root));
  };
  const contents = { a: 'one', 'b/c': 'two', 'é\n': 'three' };
  const wanted = [{ path: 'a', digest: sha256('one') }, { path: 'b/c', digest: sha256('two') }, { path: 'é\n', digest: sha256('three') }].map((each) => ({ ...each, executable: false }));

  test('damaged at any byte, cut at any byte, or with more behind it, it changes no answer', () => {
    const root = makeTree(contents);
    const whole = keepFiles(root);
    for (let at = 0; at < whole.length; at++) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << at % 8);
      for (const bytes of [damaged, whole.subarray(0, at), Buffer.concat([whole, whole.subarray(0, at + 1)])]) {
        writeFileSync(indexOf(root), bytes);
        expect(open(root).all([])).toEqual(wanted);
      }
    }
  });

  test('a folder in its place, or one that cannot be written, changes no answer', () => {
    const root = makeTree(contents);
    mkdirSync(indexOf(root), { recursive: true });
    const files = open(root, later);
    expect(files.all([])).toEqual(wanted);
    files.keep();
    expect(readdirSync(join(root, '.tollgate'))).toEqual([]);
    files.keep();
    expect(lstatSync(indexOf(root)).isFile()).toBe(true);
    const blocked = openWorkspaceFiles({ root, indexFile: join(root, 'a/index'), now: later });
    expect(blocked.all([])).toEqual(wanted);
    blocked.keep();
  });

  /** Something that no file contains: who answers it has not read the file. */
  const forged = 'f'.repeat(64);
  const forge = (root: string, path: string, change: Readonly<Partial<Record<'size' | 'mtimeMs' | 'ctimeMs' | 'ino' | 'mode', number>>> = {}): void => {
    mkdirSync(join(root, '.tollgate'), { recursive: true });
    writeFileSync(indexOf(root), encodeIndex([{ ...stampOf(root, path), path, digest: forged, ...change }], 0));
  };

  test('what is as it was is not read', () => {
    const root = makeTree(contents);
    forge(root, 'a');
    const files = open(root);
    expect(files.select(['a', 'b/c']).files.map(({ digest }) => digest)).toEqual([forged, sha256('two')]);
    files.forget();
    expect(files.look(['a'])).toEqual([{ path: 'a', digest: forged, executable: false }]);
  });

  test('nor is it in another order', () => {
    const root = makeTree(contents);
    const entries = ['a', 'b/c'].map((path) => ({ ...stampOf(root, path), path, digest: forged }));
    mkdirSync(join(root, '.tollgate'));
    writeFileSync(indexOf(root), encodeIndex(entries, 0));
    expect(open(root).look(['b/c', 'a', 'b/c']).map((file) => file?.digest)).toEqual([forged, forged, forged]);
  });

  test.each(['size', 'mtimeMs', 'ctimeMs', 'ino', 'mode'] as const)('another %s, and it is read', (part) => {
    const root = makeTree(contents);
    forge(root, 'a', { [part]: lstatSync(join(root, 'a'))[part] + 1 });
    expect(open(root).select(['a']).files).toEqual([{ path: 'a', digest: sha256('one'), executable: false }]);
  });

  test('within a process a file is looked at once, until something has run', () => {
    const root = makeTree(contents);
    const files = open(root);
    const before = files.select(['a']).files;
    write(root, 'a', 'changed');
    expect(files.select(['.', '!b']).files[0]).toEqual(before[0]);
    files.forget();
    expect(files.select(['a']).files[0]?.digest).toBe(sha256('changed'));
    write(root, 'a', 'again');
    expect([files.look(['a'])[0]?.digest, files.select(['a']).files[0]?.digest]).toEqual([sha256('again'), sha256('again')]);
  });

  test('what was touched in the tick in which it was read is not kept, and what is older is', () => {
    const root = makeTree({ a: 'one' });
    const { ctimeMs } = lstatSync(join(root, 'a'));
    const keepAt = (now: number): boolean => {
      rmSync(indexOf(root), { force: true });
      const files = open(root, () => now);
      files.select(['a']);
      files.keep();
      return existsSync(indexOf(root));
    };
    expect([ctimeMs - 1_000, ctimeMs, ctimeMs + 15, ctimeMs + 25].map(keepAt)).toEqual([false, false, false, true]);
    utimesSync(join(root, 'a'), new Date(), new Date(ctimeMs + 3_600_000));
    expect([ctimeMs + 60_000, ctimeMs + 3_700_000].map(keepAt)).toEqual([false, true]);
  });

  test('it is written only when something new was learnt', () => {
    const root = makeTree(contents);
    keepFiles(root);
    const { ino } = lstatSync(indexOf(root));
    keepFiles(root);
    expect(lstatSync(indexOf(root)).ino).toBe(ino);
    write(root, 'b/c', 'other');
    keepFiles(root);
    expect(lstatSync(indexOf(root)).ino).not.toBe(ino);
    expect(lstatSync(indexOf(root)).mode & 0o777).toBe(0o600);
  });

  test('what two processes learnt at the same time is kept of both', () => {
    const root = makeTree(contents);
    const [one, other] = [open(root, later), open(root, later)];
    one.select(['a']);
    other.select(['b/c']);
    one.keep();
    other.keep();
    const before = readFileSync(indexOf(root));
    keepFiles(root);
    expect(readFileSync(indexOf(root)).length).toBeGreaterThan(before.length);
    const third = open(root, later);
    third.select(['a', 'b/c']);
    const { ino } = lstatSync(indexOf(root));
    third.keep();
    expect(lstatSync(indexOf(root)).ino).toBe(ino);
  });

  test.each(['pipe', 'link to itself', 'link to elsewhere'])('a %s in its place keeps nobody waiting and is written over', (kind) => {
    const root = makeTree(contents);
    mkdirSync(join(root, '.tollgate'));
    write(root, '.tollgate/elsewhere', 'mine');
    if (kind === 'pipe') spawnSync('mkfifo', [indexOf(root)]);
    else if (kind === 'link to itself') symlinkSync('index', indexOf(root));
    else symlinkSync('elsewhere', indexOf(root));
    expect(open(root).all([])).toEqual(wanted);
    keepFiles(root);
    expect([lstatSync(indexOf(root)).isFile(), readFileSync(join(root, '.tollgate/elsewhere'), 'utf8')]).toEqual([true, 'mine']);
    expect(readdirSync(join(root, '.tollgate'))).toEqual(['elsewhere', 'index']);
  });

  test.each([-1, 0.5, Number.NaN, Infinity, 2, 1e6])('with a right checksum over %d entries that are not there, it changes no answer', (count) => {
    const root = makeTree(contents);
    const bytes = keepFiles(root);
    bytes.writeDoubleLE(count, 40);
    createHash('sha256').update(bytes.subarray(40)).digest().copy(bytes, 8);
    writeFileSync(indexOf(root), bytes);
    expect(open(root).all([])).toEqual(wanted);
  });

  test('files that are gone do not make it grow for ever', () => {
    const root = makeTree(contents);
    const stamp = stampOf(root, 'a');
    const gone = Array.from({ length: 20_000 }, (_, at) => ({ ...stamp, path: `gone/${at}`, digest: forged }));
    mkdirSync(join(root, '.tollgate'));
    writeFileSync(indexOf(root), encodeIndex(gone, 0));
    keepFiles(root);
    expect(statSync(indexOf(root)).size).toBeLessThan(1_000);
    expect(open(root).all([])).toEqual(wanted);
  });

  test('in whatever order files are asked for, each has its own digest', () => {
    const paths = Array.from({ length: 30 }, (_, at) => `f${at}`);
    const root = makeTree(Object.fromEntries(paths.map((path) => [path, `of ${path}`])));
    keepFiles(root);
    fc.assert(fc.property(fc.shuffledSubarray(paths), fc.shuffledSubarray(paths), (first, second) => {
      const files = open(root);
      for (const path of [...first, ...second, 'not-there']) {
        files.forget();
        expect(files.look([path])[0]?.digest).toBe(path === 'not-there' ? undefined : sha256(`of ${path}`));
      }
    }), { numRuns: 50 });
  });
});

test('content is hashed to its last byte, whatever its length', () => {
  const mebibyte = 1024 * 1024;
  const root = makeTree({});
  for (const length of [0, 1, 4095, mebibyte - 1, mebibyte, mebibyte + 1, 2 * mebibyte, 2 * mebibyte + 7, 5 * mebibyte]) {
    const content = Buffer.alloc(length, `${length}.`);
    write(root, 'big', content);
    expect(open(root).select(['big']).files).toEqual([{ path: 'big', digest: sha256(content), executable: false }]);
  }
});

describe('all', () => {
  test('is everything but what git ignores, ours, and what is given: files, folders and globs', () => {
    const root = makeTree({ '.gitignore': 'node_modules\n*.log\n', a: '', 'dist/x': '', 'out/y.txt': '', 'out/z': '', 'node_modules/p/i.js': '', 'b.log': '', '.tollgate/runs/j': '', '.git/config': '', 'sub/.GIT/config': '', '.env': '', [`out/${createTemporaryNames().next()}`]: '' });
    expect(pathsOf(open(root).all([]))).toEqual(['.env', '.gitignore', 'a', 'dist/x', 'out/y.txt', 'out/z']);
    expect(pathsOf(open(root).all(['dist', 'out/*.txt', 'a', 'not-there']))).toEqual(['.env', '.gitignore', 'out/z']);
    expect(pathsOf(open(root).all(['.']))).toEqual([]);
  });
});

test('when something was touched last: a file, a link or where it leads, a folder that held what is gone', () => {
  const root = makeTree({ 'a/b': 'x', 'c/d': 'y' });
  symlinkSync('../a/b', join(root, 'c/link'));
  const at = (path: string): number => { const { mtimeMs, ctimeMs } = lstatSync(join(root, path)); return Math.max(mtimeMs, ctimeMs); };
  const files = open(root);
  expect([files.touchedAt('a/b'), files.touchedAt('a/gone'), files.touchedAt('gone/x/y'), files.touchedAt('a/b/x'), files.touchedAt('./a//b')]).toEqual([at('a/b'), at('a'), at('.'), at('a/b'), at('a/b')]);
  passTick(root);
  writeFileSync(join(root, 'a/b'), 'z');
  expect(files.touchedAt('c/link')).toBe(at('a/b'));
  expect([files.touchedAt('../x'), files.touchedAt('/'), files.touchedAt('a\0')]).toEqual([Infinity, at('.'), Infinity]);
});

test('ignored is told of files, folders, what lies in them, and what links lead to', () => {
  const root = makeTree({ '.gitignore': 'dist/\n*.log\n', 'dist/a': '', 'src/x.log': '', 'src/a': '' });
  symlinkSync('dist', join(root, 'latest'));
  symlinkSync('src', join(root, 'link.log'));
  const files = open(root);
  expect(['dist', 'dist/a', 'dist/not/there', 'src/x.log', 'not/there.log', 'latest', 'latest/a', './dist', 'link.log/a'].map(files.isIgnored)).toEqual(Array(9).fill(true));
  expect(['src', 'src/a', '.', '', '../dist', '.git', 'src/dist.txt'].map(files.isIgnored)).toEqual(Array(7).fill(false));
});

test('folders that come, go and turn into links are seen once they may have', () => {
  const root = makeTree({ 'b/x': 'b', 'c/x': 'c' });
  const files = open(root);
  const look = (): readonly unknown[] => {
    files.forget();
    return [pathsOf(files.select(['a/x', 'b/x']).files), pathsOf(files.select(['b/*']).files)];
  };
  expect(look()).toEqual([['b/x'], ['b/x']]);
  write(root, 'a/x', '');
  expect(look()).toEqual([['a/x', 'b/x'], ['b/x']]);
  renameSync(join(root, 'b'), join(top, 'away'));
  symlinkSync('../away', join(root, 'b'));
  expect(look()).toEqual([['a/x'], []]);
});

test('executable is what anybody may execute', () => {
  const root = makeTree({ a: '', b: '', c: '' });
  chmodSync(join(root, 'a'), 0o645);
  chmodSync(join(root, 'b'), 0o654);
  expect(open(root).all([]).map(({ executable }) => executable)).toEqual([true, true, false]);
});
