import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { randomTrace } from '../../../test/rig/random-trace.js';
import type { FileUses } from './file-uses.js';
import type { TracedPlace } from './follow-files.js';
import { followFiles } from './follow-files.js';

function follow(lines: readonly string[], place: Partial<TracedPlace> = {}): FileUses {
  const files = followFiles({ root: '/w', realPathOf: (path) => path, kindOf: () => 'file', isNew: () => false, ...place });
  const processes = files.begin(place.root ?? '/w');
  for (const line of lines) processes.take(line);
  processes.end();
  return files.uses();
}

const sorted = (paths: Iterable<string>): readonly string[] => [...paths].sort();
const namesOf = ({ read }: FileUses): readonly string[] => read.map(({ path }) => path);

test('what random trees of processes did is read back out of what strace tells of them', () => {
  fc.assert(fc.property(randomTrace, ({ lines, place, ...truth }) => {
    const uses = follow(lines, place);
    expect({ read: sorted(namesOf(uses)), written: sorted(uses.written), listed: sorted(uses.listed), absent: sorted(uses.absent) })
      .toEqual({ read: sorted(truth.read), written: sorted(truth.written), listed: sorted(truth.listed), absent: sorted(truth.absent) });
  }), { numRuns: 1500 });
});

test('lines that are cut off, left out, doubled or garbled do not end the reading', () => {
  const damage = fc.array(fc.tuple(fc.nat(60), fc.constantFrom('cut', 'leave', 'double', 'garble'), fc.nat(200), fc.string({ unit: 'binary', maxLength: 20 })), { minLength: 1, maxLength: 12 });
  fc.assert(fc.property(randomTrace, damage, ({ lines, place }, damages) => {
    let damaged = [...lines];
    for (const [where, how, at, text] of damages) {
      damaged = damaged.flatMap((line, index) => {
        if (index !== where % damaged.length) return [line];
        return { cut: [line.slice(0, at)], leave: [], double: [line, line], garble: [line.slice(0, at % (line.length + 1)) + text + line.slice(at % (line.length + 1))] }[how];
      });
    }
    expect(() => follow(damaged, place)).not.toThrow();
  }), { numRuns: 1000 });
  fc.assert(fc.property(fc.array(fc.string({ unit: 'binary' })), (lines) => void follow(lines)), { numRuns: 500 });
});

describe('links', () => {
  const realPathOf = (path: string): string => path.replace(/^\/w\/link(?=\/|$)/u, '/w/real').replace('/w/out', '/etc');
  test('a file behind a link is read, and so is the link', () => {
    expect(follow(['1 openat(AT_FDCWD</w>, "link/a", O_RDONLY) = 3</w/real/a>'], { realPathOf }).read).toEqual([{ path: 'real/a', via: 'link/a' }]);
    expect(follow(['1 execve("link/a", [""...], 0x1) = 0'], { realPathOf }).read).toEqual([{ path: 'real/a', via: 'link/a' }]);
  });
  test('a link that leads out is read, what it leads to is not of the workspace', () => {
    expect(follow(['1 openat(AT_FDCWD</w>, "out", O_RDONLY) = 3</etc/hosts>'], { realPathOf }).read).toEqual([{ path: '/etc/hosts', via: 'out' }]);
    expect(follow(['1 openat(AT_FDCWD</w>, "/etc/hosts", O_RDONLY) = 3</etc/hosts>'], { realPathOf }).read).toEqual([]);
  });
  test('where a link is read by itself, it is what counts', () => {
    expect(follow(['1 readlink("link", ""..., 4096) = 4'], { realPathOf }).read).toEqual([{ path: 'link' }]);
  });
  test('behind a step back over a name only the kernel knows', () => {
    expect(follow(['1 openat(AT_FDCWD</w>, "link/../a", O_RDONLY) = 3</w/other/a>'], { realPathOf }).read).toEqual([{ path: 'other/a' }]);
  });
  test('a link that the step made itself is no input', () => {
    expect(follow(['1 symlink("real", "cur") = 0', '1 openat(AT_FDCWD</w>, "cur/a", O_RDONLY) = 3</w/real/a>']).read).toEqual([{ path: 'real/a' }]);
  });
  test('a folder that is entered by a link is where it really is', () => {
    expect(namesOf(follow(['1 chdir("link") = 0', '1 open("a", O_RDONLY) = 3', '1 stat("b", 0x1) = -1 ENOENT (No such file or directory)'], { realPathOf }))).toEqual(['real/a']);
  });
});

describe('what the step made itself', () => {
  test.each([
    ['truncated', ['1 openat(AT_FDCWD</w>, "a", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 3</w/a>']],
    ['for it alone', ['1 openat(AT_FDCWD</w>, "a", O_RDWR|O_CREAT|O_EXCL, 0600) = 3</w/a>']],
    ['looked for in vain and then created', ['1 stat("a", 0x1) = -1 ENOENT (No such file or directory)', '1 openat(AT_FDCWD</w>, "a", O_RDWR|O_CREAT, 0600) = 3</w/a>']],
    ['put in place by a rename', ['1 creat("tmp", 0666) = 3</w/tmp>', '1 renameat2(AT_FDCWD</w>, "tmp", AT_FDCWD</w>, "a", 0) = 0']],
    ['another name of what it made', ['1 creat("tmp", 0666) = 3</w/tmp>', '1 linkat(AT_FDCWD</w>, "tmp", AT_FDCWD</w>, "a", 0) = 0']],
  ])('%s', (_how, lines) => {
    const uses = follow([...lines, '1 openat(AT_FDCWD</w>, "a", O_RDONLY) = 3</w/a>']);
    expect([namesOf(uses), uses.written.has('a'), uses.absent]).toEqual([[], true, []]);
  });
  test('with all that lies in a folder that it made', () => {
    const uses = follow(['1 mkdirat(AT_FDCWD</w>, "d", 0777) = 0', '1 openat(AT_FDCWD</w>, "d/x", O_RDONLY) = 3</w/d/x>', '1 getdents64(3</w/d>, 0x1, 1) = 2']);
    expect([uses.read, uses.listed]).toEqual([[], []]);
  });
  test('not so what it added to, was there before and is read', () => {
    const uses = follow(['1 openat(AT_FDCWD</w>, "log", O_WRONLY|O_CREAT|O_APPEND, 0666) = 3</w/log>', '1 openat(AT_FDCWD</w>, "log", O_RDONLY) = 3</w/log>']);
    expect([namesOf(uses), [...uses.written]]).toEqual([['log'], ['log']]);
  });
  test('what it moved was read, though under its first name alone', () => {
    expect(namesOf(follow(['1 rename("a", "b") = 0', '1 openat(AT_FDCWD</w>, "b", O_RDONLY) = 3</w/b>']))).toEqual(['a']);
  });
  test('what was read before it was made anew was read', () => {
    expect(namesOf(follow(['1 openat(AT_FDCWD</w>, "a", O_RDONLY) = 3</w/a>', '1 creat("t", 0666) = 4</w/t>', '1 rename("t", "a") = 0']))).toEqual(['a']);
  });
});

describe('what is no read', () => {
  test.each([
    ['a descriptor for its path alone', '1 openat(AT_FDCWD</w>, "a", O_RDONLY|O_PATH) = 3</w/a>'],
    ['a folder', '1 openat(AT_FDCWD</w>, "d", O_RDONLY) = 3</w/d>'],
    ['what was taken away before', '1 openat(AT_FDCWD</w>, "/proc/self/fd/4", O_RDONLY) = 3</w/a>(deleted)'],
    ['a call that never came back', '1 openat(AT_FDCWD</w>, "a", O_RDONLY) = ?'],
    ['one that was refused', '1 openat(AT_FDCWD</w>, "a", O_RDONLY) = -1 EACCES (Permission denied)'],
    ['a pipe', '1 openat(AT_FDCWD</w>, "/dev/stdin", O_RDONLY) = 3<pipe:[12]>'],
    ['a look at it', '1 newfstatat(AT_FDCWD</w>, "a", {st_mode=S_IFREG|0644, ...}, 0) = 0'],
    ['a neighbour of the workspace with a longer name', '1 openat(AT_FDCWD</w>, "../w2/a", O_RDONLY) = 3</w2/a>'],
  ])('%s', (_what, line) => {
    const uses = follow([line], { kindOf: (path) => (path === '/w/d' ? 'folder' : 'file') });
    expect([uses.read, uses.absent]).toEqual([[], []]);
  });
});

describe('processes', () => {
  test('a child works where its maker did, though it is heard of first', () => {
    const lines = ['1 chdir("d") = 0', '1 vfork( <unfinished ...>', '2 open("a", O_RDONLY) = 3', '2 chdir("e") = 0', '2 open("b", O_RDONLY) = 3', '2 +++ exited with 127 +++', '1 <... vfork resumed>) = 2', '1 open("c", O_RDONLY) = 3'];
    expect(namesOf(follow(lines))).toEqual(['d/a', 'd/e/b', 'd/c']);
  });
  test('one whose maker never heard of it began where somebody was just making one', () => {
    const lines = ['1 clone(flags=SIGCHLD) = 2', '2 chdir("d") = 0', '2 clone(flags=SIGCHLD <unfinished ...>', '3 open("a", O_RDONLY) = 3', '2 +++ killed by SIGKILL +++'];
    expect(namesOf(follow(lines))).toEqual(['d/a']);
  });
  test('where two are making one, the number tells whose it is', () => {
    const lines = ['1 clone(flags=SIGCHLD) = 2', '2 chdir("d") = 0', '1 clone(flags=SIGCHLD <unfinished ...>', '2 clone(flags=SIGCHLD <unfinished ...>', '3 open("a", O_RDONLY) = 3', '4 open("b", O_RDONLY) = 3', '4 +++ exited with 0 +++', '1 <... clone resumed>) = 4', '2 <... clone resumed>) = 3', '3 open("c", O_RDONLY) = 3'];
    expect(namesOf(follow(lines))).toEqual(['b', 'd/a', 'd/c']);
  });
  test('a number that comes round again is another process', () => {
    const lines = ['1 vfork( <unfinished ...>', '2 chdir("d") = 0', '2 +++ exited with 0 +++', '1 <... vfork resumed>) = 2', '1 chdir("e") = 0', '1 fork() = 2', '2 open("a", O_RDONLY) = 3'];
    expect(namesOf(follow(lines))).toEqual(['e/a']);
  });
  test('a folder that was missed is learnt from the next call that tells it', () => {
    expect(namesOf(follow(['1 faccessat2(AT_FDCWD</w/d>, "x", F_OK, 0) = 0', '1 open("a", O_RDONLY) = 3']))).toEqual(['d/a']);
  });
  test('a thread that starts a program goes on under the number of its process', () => {
    const lines = ['1 clone3({flags=CLONE_VM|CLONE_FS|CLONE_THREAD}, 88) = 2', '2 execve("x", [""...], 0x1 <unfinished ...>', '1 +++ superseded by execve in pid 2 +++', '1 <... execve resumed>) = 0', '1 open("a", O_RDONLY) = 3'];
    expect(namesOf(follow(lines))).toEqual(['x', 'a']);
  });
  test('it is over when the first has ended, whoever goes on', () => {
    const processes = followFiles({ root: '/w', realPathOf: (path) => path, kindOf: () => 'file', isNew: () => false }).begin('/w');
    const over = ['1 fork() = 3', '3 +++ exited with 0 +++', '1 clone(flags=SIGCHLD) = 2', '2 open("a", O_RDONLY) = 3', '1 +++ exited with 0 +++', '2 open("b", O_RDONLY) = 3'].map((line) => {
      processes.take(line);
      return processes.isOver();
    });
    expect(over).toEqual([false, false, false, false, true, true]);
  });
});

test('of what lies in folders that are not there, the first that is missing was looked for', () => {
  const uses = follow(['1 stat("n/a/b.json", 0x1) = -1 ENOENT (No such file or directory)', '1 stat("n/a/c.json", 0x1) = -1 ENOENT (No such file or directory)', '1 stat("d/c.json", 0x1) = -1 ENOENT (No such file or directory)'], { kindOf: (path) => (path === '/w/d' ? 'folder' : 'missing') });
  expect(uses.absent).toEqual(['n', 'd/c.json']);
});

test('several commands of a step are one: what the first made is none of the inputs of the second', () => {
  const files = followFiles({ root: '/w', realPathOf: (path) => path, kindOf: () => 'file', isNew: () => false });
  for (const lines of [['7 creat("a", 0666) = 3</w/a>', '7 chdir("d") = 0', '7 +++ exited with 0 +++'], ['8 open("a", O_RDONLY) = 3</w/a>', '8 open("b", O_RDONLY) = 3']]) {
    const processes = files.begin('/w');
    for (const line of lines) processes.take(line);
    processes.end();
  }
  expect(namesOf(files.uses())).toEqual(['b']);
});
