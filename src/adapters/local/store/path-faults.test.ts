import fc from 'fast-check';
import { posix } from 'node:path';
import type { StoredFile } from '../../../core/cache/stored-result.js';
import { findLinkFault, findPathFault, findResultFault } from './path-faults.js';

const names = fc.constantFrom('a', 'B', '.', '..', '', '.git', '.GIT', '.g\u200cit', '.tollgate', '.Tollgate', 'state', '-rf', 'x\\..\\y', '...', ' ', 'ü', '\ud800', 'nul\0');
const paths = fc.array(names, { maxLength: 5 }).map((parts) => parts.join('/'));
const reserved = ['state/inner'];

test('a path without a fault lies inside the workspace, and belongs to nobody else', () => {
  fc.assert(fc.property(paths, (path) => {
    if (findPathFault(path, reserved) !== undefined) return;
    expect(posix.join('/w', path)).toBe(`/w/${path}`);
    expect(path).not.toMatch(/(?:^|\/)\.(?:g\u200c?it|tollgate)(?:\/|$)|\0|\ud800|^state\/inner/iu);
  }), { numRuns: 2000 });
});

test('every other path has none', () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => !/^\.+$|[/\0]|tollgate|git/iu.test(name)), { minLength: 1 }), (parts) => {
    expect(findPathFault(parts.join('/'), reserved)).toBeUndefined();
  }));
});

test.each([
  ['', 'name something'],
  ['/etc/passwd', 'absolute'],
  ['../x', 'goes by “..”'],
  ['a/../../x', 'goes by “..”'],
  ['./x', 'goes by “.”'],
  ['a//b', 'empty'],
  ['a/', 'empty'],
  ['a\0b', 'NUL'],
  ['a/\udc00', 'no text'],
  ['.git', 'git'],
  ['sub/.GiT/config', 'git'],
  ['.gi\u200dt/x', 'git'],
  ['.TOLLGATE/runs', 'Tollgate'],
  ['state/inner', 'Tollgate'],
  ['state/inner/x', 'Tollgate'],
])('%j is no path for a result: %s', (path, reason) => {
  expect(findPathFault(path, reserved)).toContain(reason);
});

test.each(['a', '.github/workflows/x.yml', '.gitignore', '.tollgate.yml', 'a..b/...', 'back\\slash', 'state/innermost', 'C:/x', '-rf', '~'])('%j is one', (path) => {
  expect(findPathFault(path, reserved)).toBeUndefined();
});

test('a link without a fault leads inside, whatever links lie on its way', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 4 }), paths, (parts, target) => {
    if (findLinkFault(parts.join('/'), target, reserved) !== undefined) return;
    expect(posix.resolve('/w', ...parts.slice(0, -1), target)).toMatch(/^\/w(?:\/|$)/u);
    expect(target).not.toMatch(/^\/|[^./][^/]*\/(?:.*\/)?\.\.(?:\/|$)/u);
  }), { numRuns: 2000 });
});

test.each([
  ['a/b', '../../c', 'out of the workspace'],
  ['b', '..', 'out of the workspace'],
  ['a/b', '/w/a', 'absolute'],
  ['a/b', 'c/../d', 'down and up'],
  ['a/b', '', 'nowhere'],
  ['a/b', 'x\0', 'no text'],
  ['a/b', '../.git/config', 'git'],
  ['a/b', '../state/./inner', 'Tollgate'],
])('a link from %j to %j may not be: %s', (path, target, reason) => {
  expect(findLinkFault(path, target, reserved)).toContain(reason);
});

test.each([['a/b', '..'], ['a/b', '../c'], ['a/b', './/c'], ['b', 'c/d/'], ['b', 'c\\..\\d']])('a link from %j to %j may', (path, target) => {
  expect(findLinkFault(path, target, reserved)).toBeUndefined();
});

const file = (path: string): StoredFile => ({ kind: 'file', path, executable: false, digest: '0'.repeat(64), size: 0 });
const folder = (path: string): StoredFile => ({ kind: 'folder', path });
const link = (path: string): StoredFile => ({ kind: 'link', path, target: 'elsewhere' });

test.each<[string, readonly StoredFile[], readonly string[]]>([
  ['is named twice', [file('a'), file('a')], []],
  ['out of order', [file('b'), file('a')], []],
  ['nothing but case', [file('A'), file('a')], []],
  ['nothing but case', [file('\u0065\u0301'), file('\u00e9')], []],
  ['nothing but case', [file('Sub/x'), file('sub/y')], []],
  ['nothing but case', [file('A'), file('a/b')], []],
  ['lies in a, which is no folder', [file('a'), file('a/b')], []],
  ['lies in a, which is no folder', [link('a'), file('a/b/c')], []],
  ['lies in a, which is no folder', [file('a'), file('a-b'), file('a/b/c'), file('a/b/d')], []],
  ['is an output folder', [file('dist')], ['dist']],
  ['is an output folder', [file('dist/a')], ['dist']],
  ['is an output folder', [], ['..']],
  ['absolute', [{ kind: 'link', path: 'a', target: '/b' }], []],
  ['goes by', [folder('..')], ['..']],
])('a result of which something %s cannot be brought to its place', (reason, files, folders) => {
  expect(findResultFault({ files, folders }, [])).toContain(reason);
});

test('others can', () => {
  expect(findResultFault({ files: [folder('a'), file('a-b'), file('a/b'), folder('a/c'), link('a/d'), file('b/c/d'), file('b/e')], folders: ['a'] }, [])).toBeUndefined();
});
