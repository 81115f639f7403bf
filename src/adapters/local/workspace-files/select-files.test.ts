import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
  }), { numRuns: 400 });
});
