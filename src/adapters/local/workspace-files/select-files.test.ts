import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, realpathSync, rmdirSync, rmSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { selectNaively } from '../../../../test/rig/naive-files.js';
import { globFiles } from '../glob-files.js';
import { openWorkspaceFiles } from './open-workspace-files.js';

const top = realpathSync(mkdtempSync(join(tmpdir(), 'tollgate-select-')));
const root = join(top, 'work');
const git = (args: readonly string[], input = ''): string => {
  const env = { PATH: process.env['PATH'] ?? '', HOME: top, XDG_CONFIG_HOME: top, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', LC_ALL: 'C' };
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, env, input });
  if (status !== 0 && status !== 1) throw new Error(stderr.toString());
  return stdout.toString();
};
beforeAll(() => {
  mkdirSync(root);
  mkdirSync(join(top, 'outside'));
  writeFileSync(join(top, 'outside/file'), 'far');
  git(['init', '--quiet']);
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

const open = () => openWorkspaceFiles({ root, indexFile: join(root, '.tollgate/index'), now: Date.now });
const ignoredByGit = (paths: readonly string[]): readonly string[] =>
  git(['check-ignore', '--no-index', '--stdin', '-z'], paths.map((path) => `./${path}\0`).join('')).split('\0').filter((path) => path !== '').map((path) => path.slice(2));

interface Drawn {
  readonly files: readonly (readonly [path: string, content: string, mode: number])[];
  readonly links: readonly (readonly [path: string, target: number])[];
  readonly ignores: readonly (readonly [folder: number, text: string])[];
}

const name = fc.constantFrom('a', 'b', 'c', 'ab', 'a.ts', 'b.ts', '.x', 'é', '[a]', 'dist', 'a b', '.git', '.Tollgate');
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
const piece = fc.oneof({ weight: 3, arbitrary: name.filter((each) => each !== '[a]') }, fc.constantFrom('*', '**', '*.ts', '?', '[ab]', '[!a]', 'a*', '{a,b}', '.*', '[a]', '*b*', '{dist,c}.ts', '.'));
const pattern = fc.tuple(fc.constantFrom('', '', '', '!'), fc.array(piece, { minLength: 1, maxLength: 3 }), fc.constantFrom('', '', '', '/')).map(([sign, pieces, end]) => sign + pieces.join('/') + end);
const ignoreText = fc.array(fc.constantFrom('a', 'b/', '*.ts', '/c', '!a', '!*.ts', '**/b', 'a/*', 'dist', '.x', 'dist/', '*', '!*/', 'a/b', 'é'), { maxLength: 3 }).map((lines) => lines.join('\n'));
const drawn: fc.Arbitrary<Drawn> = fc.record({
  files: fc.array(fc.tuple(path, fc.string({ maxLength: 3 }), fc.constantFrom(0o644, 0o755)), { minLength: 1, maxLength: 14 }),
  links: fc.array(fc.tuple(path, fc.nat({ max: 30 })), { maxLength: 3 }),
  ignores: fc.array(fc.tuple(fc.nat({ max: 8 }), ignoreText), { maxLength: 3 }),
});

/** What cannot be made, because something is in its way, is left out. */
function attempt(make: () => void): boolean {
  try {
    make();
    return true;
  } catch {
    return false;
  }
}

function build({ files, links, ignores }: Drawn): void {
  for (const each of readdirSync(root)) if (each !== '.git') rmSync(join(root, each), { recursive: true });
  const isOfGit = (each: string): boolean => each.startsWith('.git/') || each === '.git';
  const made = files.filter(([at, content, mode]) => !isOfGit(at) && attempt(() => {
    mkdirSync(dirname(join(root, at)), { recursive: true });
    writeFileSync(join(root, at), content, { flag: 'wx' });
    chmodSync(join(root, at), mode);
  }));
  const folders = [...new Set(made.map(([at]) => dirname(at)).filter((each) => each !== '.'))];
  for (const [at, text] of ignores) attempt(() => writeFileSync(join(root, ['.', ...folders][at % (folders.length + 1)] ?? '', '.gitignore'), text));
  const targets = [...made.map(([at]) => at), ...folders, join(top, 'outside/file'), join(top, 'outside'), 'nowhere', '.git/HEAD', '.git'];
  // Two links to one folder, or links within what a link leads to, are walked once: that has tests of its own.
  const open = new Set<string>();
  for (const [at, chosen] of links) {
    const target = targets[chosen % targets.length] ?? '';
    const isFolder = folders.includes(target);
    if (isFolder && (open.size > 0 || dirname(at) !== '.')) continue;
    if (isFolder) open.add(target);
    if (!isOfGit(at)) attempt(() => symlinkSync(target.startsWith('/') ? target : `${'../'.repeat(at.split('/').length - 1)}${target}`, join(root, at)));
  }
}

test('what is selected is what a plain reading of the rules selects', () => {
  fc.assert(fc.property(drawn, fc.array(pattern, { minLength: 1, maxLength: 5 }), (tree, patterns) => {
    build(tree);
    const wanted = selectNaively(root, patterns, ignoredByGit);
    const files = open();
    expect(files.select(patterns)).toEqual(wanted);
    for (const file of wanted.files) expect(files.look([file.path])).toEqual([file]);
    files.forget();
    expect(files.select(patterns)).toEqual(wanted);
  }), { numRuns: 250 });
});

const clear = (): void => {
  for (const each of readdirSync(root)) if (each !== '.git') rmSync(join(root, each), { recursive: true });
};
const make = (files: Readonly<Record<string, string>>): void => {
  clear();
  for (const [at, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, at)), { recursive: true });
    writeFileSync(join(root, at), content);
  }
};
const link = (at: string, target: string): void => symlinkSync(target, join(root, at));
const pathsOf = (patterns: readonly string[]): readonly string[] => open().select(patterns).files.map((file) => file.path);
const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');
const digestOf = (of: string): string | undefined => open().select([of]).files.find((file) => file.path === of)?.digest;

describe('what git ignores', () => {
  beforeEach(() => make({ '.gitignore': 'dist\n*.log\n', 'a.log': '', 'src/a.ts': '', 'src/b.log': '', 'dist/x.js': '', 'dist/deep/y.js': '', 'dist/deep/.gitignore': '*\n' }));
  beforeEach(() => {
    link('latest', 'dist');
    link('link.log', 'src');
  });

  test.each<[readonly string[], readonly string[]]>([
    [['**'], ['.gitignore', 'latest', 'src/a.ts']],
    [['a.log', 'src'], ['a.log', 'src/a.ts']],
    [['dist'], ['dist/deep/.gitignore', 'dist/deep/y.js', 'dist/x.js']],
    [['dist/deep/'], ['dist/deep/.gitignore', 'dist/deep/y.js']],
    [['dist/*.js', '**/*.log'], []],
    [['dist/{x,z}.js'], ['dist/x.js']],
    [['dist', '!dist/deep'], ['dist/x.js']],
    [['!dist/deep', 'dist/deep/y.js'], ['dist/deep/y.js']],
    [['a.log', '!*.log'], []],
    [['a.log', '!*.log', '**'], ['.gitignore', 'latest', 'src/a.ts']],
    [['latest'], ['latest', 'latest/deep/.gitignore', 'latest/deep/y.js', 'latest/x.js']],
    [['latest/**', 'l*/**'], []],
    [['link.log/*', '**/a.ts'], ['src/a.ts']],
    [['link.log/a.ts'], ['link.log/a.ts']],
    [['*'], ['.gitignore', 'latest']],
    [['*/**'], ['src/a.ts']],
  ])('of %j count %j', (patterns, wanted) => expect(pathsOf(patterns)).toEqual(wanted));
});

describe('literals that name nothing', () => {
  beforeEach(() => make({ a: '', 'b/c': '', '.gitignore': 'b/c\n', '!odd': '', '*': '' }));

  test.each<[readonly string[], readonly string[]]>([
    [['a', 'gone', 'a/x', 'b/gone'], ['a/x', 'b/gone', 'gone']],
    [['', '../x', '.git/HEAD', '.tollgate', 'a\0b'], ['', '../x', '.git/HEAD', '.tollgate', 'a\0b']],
    [['*.none', 'no/**', '[x]', '{x,y*}'], []],
    [['{gone,there}.txt', '{a,gone}'], ['{gone,there}.txt']],
    [['a', '!a', 'b', '!b'], ['b']],
    [['gone', 'gone', '!gone'], ['gone']],
    [['./!odd', '\\*', '!x'], []],
  ])('of %j: %j', (patterns, wanted) => expect(open().select(patterns).missing).toEqual(wanted));
});

describe('links', () => {
  beforeEach(() => {
    make({ 'a.txt': 'A', 'src/b.txt': 'B', 'src/deep/c.txt': 'C', 'p/x': '', 'q/y': '' });
    link('to-file', 'a.txt');
    link('to-link', 'to-file');
    link('to-folder', 'src/deep');
    link('second', 'src/deep');
    link('out', '../outside/file');
    link('out-folder', '../outside');
    link('gone', 'nowhere');
    link('git', '.git');
    link('head', '.git/HEAD');
    link('round', 'round');
    link('src/deep/up', '..');
    link('p/q', '../q');
    link('q/p', '../p');
  });

  test('each counts by where it leads, and by the content of a file of the workspace', () => {
    const text = (target: string): string => `link:${sha256(target)}`;
    expect(['to-file', 'to-link', 'to-folder', 'out', 'out-folder', 'gone', 'git', 'head', 'round', 'src/deep/up'].map(digestOf))
      .toEqual([`${text('a.txt')}:${sha256('A')}`, `${text('to-file')}:${sha256('A')}`, text('src/deep'), text('../outside/file'), text('../outside'), text('nowhere'), text('.git'), text('.git/HEAD'), text('round'), text('..')]);
    chmodSync(join(root, 'a.txt'), 0o755);
    expect(open().select(['to-link']).files[0]?.executable).toBe(true);
  });

  test('to folders are followed, but not in circles, and not out of the workspace', () => {
    const inCircles = ['p/q', 'p/q/p', 'p/q/p/q', 'p/q/p/x', 'p/q/y', 'p/x', 'q/p', 'q/y'];
    expect(pathsOf(['**'])).toEqual(['a.txt', 'git', 'gone', 'head', 'out', 'out-folder', ...inCircles, 'round', 'second', 'second/c.txt', 'second/up', 'src/b.txt', 'src/deep/c.txt', 'src/deep/up', 'to-file', 'to-folder', 'to-link']);
    const isNoFile = (each: string): boolean => !statSync(join(root, each), { throwIfNoEntry: false })?.isFile();
    expect(globFiles(root, ['**'])).toEqual(pathsOf(['**']).filter((each) => each !== 'round' && !['out', 'head'].includes(each) && !isNoFile(each)));
    expect(pathsOf(['src'])).toEqual(['src/b.txt', 'src/deep/c.txt', 'src/deep/up']);
    expect(pathsOf(['out-folder/**', 'out-folder/file', 'git/HEAD', 'git/**', 'round/x'])).toEqual([]);
  });

  test('what is named through a link is found through it', () => {
    expect(pathsOf(['to-folder/c.txt'])).toEqual(['to-folder/c.txt']);
    expect(pathsOf(['to-folder'])).toEqual(['to-folder', 'to-folder/c.txt', 'to-folder/up']);
    expect(pathsOf(['to-folder', 'second/*.txt'])).toEqual(['second/c.txt', 'to-folder', 'to-folder/c.txt', 'to-folder/up']);
    expect(pathsOf(['src/deep/up/b.txt'])).toEqual(['src/deep/up/b.txt']);
  });

  test('of two links to one folder both stay when something is taken away below one of them', () => {
    expect(pathsOf(['*/*.txt', '!second/c.txt'])).toEqual(['src/b.txt', 'to-folder/c.txt']);
  });
});

test('an artifact that was taken up counts by its own path alone', () => {
  const own = '.tollgate/artifacts/0123456789abcdef0123456789abcdef';
  make({ a: '', '.tollgate/.gitignore': '*\n', '.tollgate/state': '', '.tollgate/artifacts/other/x': '', [`${own}/app.zip`]: 'zip', [`${own}/sub/b.js`]: '', [`${own}/.git/c`]: '' });
  link('zip', `${own}/app.zip`);
  link('state', '.tollgate/state');
  expect(pathsOf([own])).toEqual([`${own}/app.zip`, `${own}/sub/b.js`]);
  expect(pathsOf([`${own}/*.zip`, `${own}/sub/b.js`])).toEqual([`${own}/app.zip`, `${own}/sub/b.js`]);
  expect(open().look([`${own}/app.zip`, '.tollgate/state', '.tollgate/artifacts/other/x', `${own}/.git/c`]).map((file) => file?.digest)).toEqual([sha256('zip'), undefined, undefined, undefined]);
  expect(pathsOf(['**', '.tollgate', '.tollgate/**', '.tollgate/artifacts', '.tollgate/artifacts/*/*', '.tollgate/artifacts/other/x', '.Tollgate/state', `${own}/../other/x`, `${own}/.git/c`])).toEqual(['a', 'state', 'zip']);
  expect(open().select(['zip', 'state']).files.map((file) => file.digest)).toEqual([`link:${sha256('.tollgate/state')}`, `link:${sha256(`${own}/app.zip`)}:${sha256('zip')}`]);
});

test('a name may begin with what takes away', () => {
  make({ '!odd': '', odd: '', even: '' });
  expect([pathsOf(['*', '!!o*']), pathsOf(['*', '!!odd']), pathsOf(['./!odd'])]).toEqual([['even', 'odd'], ['even', 'odd'], ['!odd']]);
});

test('pipes, sockets and devices keep nobody waiting and never count', async () => {
  make({ a: '' });
  expect(spawnSync('mkfifo', [join(root, 'pipe'), join(root, '.gitignore')]).status).toBe(0);
  link('to-pipe', 'pipe');
  link('null', '/dev/null');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(join(root, 'socket'), resolve));
  try {
    expect(open().select(['**', 'pipe', 'socket', '/dev/null'])).toEqual(expect.objectContaining({ missing: ['/dev/null', 'pipe', 'socket'] }));
    expect(pathsOf(['**', 'pipe', 'socket'])).toEqual(['a', 'null', 'to-pipe']);
    expect(open().look(['pipe', 'socket', 'a', 'gone', '.git/HEAD', '../x']).map((file) => file?.path)).toEqual([undefined, undefined, 'a', undefined, undefined, undefined]);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});

/** Root may read everything: for a moment it is nobody. */
function asNobody<T>(run: () => T): T {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    return run();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

test('what cannot be read is no error, and equals nothing that can be', () => {
  make({ secret: 'x', readable: 'x', 'closed/a': '', 'unlisted/b': '' });
  chmodSync(top, 0o755);
  chmodSync(join(root, 'secret'), 0);
  chmodSync(join(root, 'closed'), 0);
  chmodSync(join(root, 'unlisted'), 0o311);
  link('to-secret', 'secret');
  const unreadable = (path: string): object => ({ path, digest: 'unreadable', executable: false });
  const selected = asNobody(() => open().select(['.', 'closed/a', 'closed/gone', 'unlisted/b', '!readable']));
  expect(selected.files).toEqual([unreadable('closed'), unreadable('closed/a'), unreadable('closed/gone'), unreadable('secret'), { path: 'to-secret', digest: `link:${sha256('secret')}:unreadable`, executable: false }, unreadable('unlisted'), { path: 'unlisted/b', digest: sha256(''), executable: false }]);
  expect(asNobody(() => open().look(['secret', 'closed/a', 'readable']).map((file) => file?.digest))).toEqual(['unreadable', 'unreadable', sha256('x')]);
  chmodSync(join(root, 'closed'), 0o755);
});

test('when no more files can be opened, it is no error either', () => {
  make({ a: '', 'b/c': '' });
  const opened: number[] = [];
  const limit = (...args: readonly string[]): string => spawnSync('prlimit', ['--pid', `${process.pid}`, ...args]).stdout.toString().trim();
  const before = limit('--nofile', '--raw', '--noheadings', '--output', 'SOFT');
  const files = open();
  // Above all that this process has open: to take the limit back, another has to be started.
  limit(`--nofile=${Math.max(...readdirSync('/proc/self/fd').map(Number)) + 100}:`);
  try {
    for (;;) if (!attempt(() => opened.push(openSync('/dev/null', 'r')))) break;
    expect(files.select(['a', 'b']).files.map((file) => [file.path, file.digest])).toEqual([['a', 'unreadable'], ['b', 'unreadable']]);
  } finally {
    opened.forEach((each) => closeSync(each));
    limit(`--nofile=${before}:`);
  }
  files.forget();
  expect(files.select(['a', 'b']).files.map((file) => file.digest)).toEqual([sha256(''), sha256('')]);
});

test('names that are no text count as being there', () => {
  make({ a: '' });
  const [file, folder] = [[0xff], [0xfe]].map((bytes) => Buffer.concat([Buffer.from(`${root}/bad-`), Buffer.from(bytes)]));
  writeFileSync(file!, '');
  mkdirSync(folder!);
  const counted = { path: 'bad-\ufffd', digest: 'unreadable', executable: false };
  expect(open().select(['**']).files.slice(1)).toEqual([counted]);
  unlinkSync(file!);
  expect(open().select(['bad*/**']).files).toEqual([counted]);
  rmdirSync(folder!);
  expect(pathsOf(['**'])).toEqual(['a']);
});
