import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { openGitIgnore } from './git-ignore.js';

const top = realpathSync(mkdtempSync(join(tmpdir(), 'tollgate-ignore-')));
afterAll(() => rmSync(top, { recursive: true, force: true }));

/** Nobody's own settings: what git says of the files of the workspace alone. */
const env = { PATH: process.env['PATH'] ?? '', HOME: top, XDG_CONFIG_HOME: top, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', LC_ALL: 'C' };
const git = (root: string, args: readonly string[], input = ''): Buffer => {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, env, input });
  if (status !== 0 && status !== 1) throw new Error(`git ${args.join(' ')}: ${stderr.toString()}`);
  return stdout;
};
const ignoredByGit = (root: string, paths: readonly string[]): readonly string[] =>
  git(root, ['check-ignore', '--no-index', '--stdin', '-z'], paths.map((path) => `./${path}\0`).join('')).toString().split('\0').filter((path) => path !== '').map((path) => path.slice(2)).sort();

const makeTree = (files: Readonly<Record<string, string | Buffer>>): string => {
  const root = mkdtempSync(join(top, 'tree-'));
  git(root, ['init', '--quiet']);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
};
const isFolderOf = (paths: readonly string[]) => (path: string): boolean => paths.some((each) => each.startsWith(`${path}/`));
const ignoredByUs = (root: string, paths: readonly string[]): readonly string[] => {
  const ignore = openGitIgnore(root);
  return paths.filter((path) => {
    const at = path.lastIndexOf('/');
    return ignore.inFolder(path.slice(0, Math.max(at, 0))).ignores(path.slice(at + 1), isFolderOf(paths)(path));
  }).sort();
};
const withFolders = (paths: readonly string[]): readonly string[] => [...new Set(paths.flatMap((path) => path.split('/').map((_, index, names) => names.slice(0, index + 1).join('/'))))];

const names = ['a', 'b', 'ab', 'a.b', '-', 'A', 'é', 'a b', ' a', 'a ', '[a]', '!a', '#a', '\\', '*', 'ba', 'a]'];
const name = fc.constantFrom(...names);
const paths = fc.array(fc.array(name, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 });
const piece = fc.oneof(
  { weight: 4, arbitrary: name },
  { weight: 4, arbitrary: fc.constantFrom('*', '**', '/', '/', '**/', '/**', '/**/', '?', '***', '\\') },
  { weight: 2, arbitrary: fc.constantFrom('[ab]', '[!a]', '[^b]', '[a-z]', '[]a]', '[a-]', '[[:alpha:]]', '[[:nope:]]', '[[:punct:]b]', '[', '[a', '[\\a]', '[z-a]', '[a-\\b]', '[[:]', '[[:a]', '[--b]', '[!', '[]') },
  { weight: 1, arbitrary: fc.constantFrom(' ', '\t', '\\ ', '\\*', '\\!', '\\#', '!', '#', '\r', '\u{1f600}') },
);
const line = fc.oneof({ weight: 5, arbitrary: fc.array(piece, { minLength: 1, maxLength: 5 }).map((all) => all.join('')) }, { weight: 1, arbitrary: fc.string({ maxLength: 6, unit: fc.constantFrom('a', 'b', '/', '*', '?', '!', '[', ']', '\\', '-', ' ', '^', ':', '.') }) });
const ignoreText = fc.tuple(fc.array(fc.tuple(fc.constantFrom('', '', '', '!', '/'), line, fc.constantFrom('', '', '', '/', ' ', '  ', '\r')).map((all) => all.join('')), { maxLength: 6 }), fc.constantFrom('\n', '\n', '\r\n'), fc.constantFrom('', '', '\ufeff'), fc.constantFrom('', '\n'))
  .map(([lines, end, start, last]) => start + lines.join(end) + last);

test('ignored is what git ignores, whatever stands in .gitignore files and info/exclude', () => {
  fc.assert(fc.property(paths, fc.array(fc.tuple(fc.nat(), ignoreText), { minLength: 1, maxLength: 4 }), ignoreText, (drawn, texts, exclude) => {
    const files = drawn.map((each) => each.join('/'));
    const all = withFolders(files);
    const leaves = all.filter((path) => !isFolderOf(all)(path));
    const folders = ['', ...all.filter(isFolderOf(all)).map((path) => `${path}/`)];
    const ignoreFiles = Object.fromEntries(texts.map(([at, text]) => [`${folders[at % folders.length] ?? ''}.gitignore`, text]));
    const root = makeTree({ ...Object.fromEntries(leaves.map((path) => [path, ''])), ...ignoreFiles, '.git/info/exclude': exclude });
    expect(ignoredByUs(root, all)).toEqual(ignoredByGit(root, all));
    rmSync(root, { recursive: true });
  }), { numRuns: 200 });
});

test('one line against many names: git and we read it alike', () => {
  const all = withFolders(['a/b/ab', 'a/ab/b', 'ab/a/a/b', 'b/a.b/é', 'a.b', 'é/[a]/]', 'aab/x-y', 'foob', 'foo/b', 'foox/b', 'foo/x/y/b', '-a', 'a^b', ':b', 'a:', '[', 'ba/*', 'a b']);
  const leaves = all.filter((path) => !isFolderOf(all)(path));
  const root = makeTree(Object.fromEntries(leaves.map((path) => [path, ''])));
  fc.assert(fc.property(line, fc.constantFrom('', '/'), fc.constantFrom('', '/'), (text, before, after) => {
    writeFileSync(join(root, '.gitignore'), before + text + after);
    expect(ignoredByUs(root, all)).toEqual(ignoredByGit(root, all));
  }), { numRuns: 300 });
});

test.each(['foo**/b', 'a**', '**a/b', 'a/**/b', '**', '/**', '**/', '*/', '/*', '!', '/', '//', 'a//b', '/a', 'a/', 'a\\', 'a\\/', '\\', '[a-\\', '**\\/b', 'a/***/b', '***', 'a/**b', '[[:alpha:]]*', '\\!a', '[!-a]b', '?', 'é', '??', '[é]', 'a/**', 'a/*', 'foo/**/b', '#', 'a\0b', 'a   ', 'a\\  '])('%j', (text) => {
  const all = withFolders(['a/b/c', 'ab', 'foob', 'foo/b', 'foo/x/b', 'foox/b', 'é', '!a', '-b', 'b/a/b', 'xa/b', 'a ']);
  const root = makeTree(Object.fromEntries(all.filter((path) => !isFolderOf(all)(path)).map((path) => [path, ''])));
  writeFileSync(join(root, '.gitignore'), text);
  expect(ignoredByUs(root, all)).toEqual(ignoredByGit(root, all));
});

test('a .gitignore that is a link or a folder says nothing, as for git', () => {
  const root = makeTree({ a: '', b: '', 'sub/.gitignore/x': '', elsewhere: 'a\n' });
  symlinkSync('elsewhere', join(root, '.gitignore'));
  expect(ignoredByUs(root, ['a', 'b'])).toEqual([]);
  expect(ignoredByGit(root, ['a', 'b'])).toEqual([]);
  expect(openGitIgnore(root).inFolder('sub').ignores('x', false)).toBe(false);
});

test('what a work tree ignores stands in the repository that it belongs to', () => {
  const root = makeTree({ '.git/info/exclude': 'kept\n' });
  git(root, ['-c', 'user.name=a', '-c', 'user.email=b', 'commit', '--quiet', '--allow-empty', '-m', 'x']);
  const other = join(top, 'other');
  git(root, ['worktree', 'add', '--quiet', other]);
  expect([ignoredByUs(other, ['kept', 'b']), ignoredByGit(other, ['kept', 'b'])]).toEqual([['kept'], ['kept']]);
});

test('a hostile pattern takes no longer than its length times the name', () => {
  const root = makeTree({ '.gitignore': `${'*a'.repeat(60)}b\n${'**/a*'.repeat(30)}b\n` });
  const started = performance.now();
  expect(openGitIgnore(root).inFolder('').ignores('a'.repeat(250), false)).toBe(false);
  expect(performance.now() - started).toBeLessThan(1_000);
});
