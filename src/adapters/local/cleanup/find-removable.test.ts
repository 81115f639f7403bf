import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findRemovable } from './find-removable.js';
import { listTracked } from './list-tracked.js';
import { removeFiles } from './remove-files.js';

const scratch = mkdtempSync(join(tmpdir(), 'tollgate-cleanup-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const later = Date.now() + 86_400_000;

function createWorkspace(files: readonly string[]): string {
  const workspace = mkdtempSync(join(scratch, 'case-'));
  for (const file of files) {
    mkdirSync(dirname(join(workspace, file)), { recursive: true });
    writeFileSync(join(workspace, file), file);
  }
  return workspace;
}

const filesIn = (folder: string): readonly string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
const clean = (workspace: string, paths: readonly string[], given: Partial<Parameters<typeof findRemovable>[0]> = {}) => removeFiles(workspace, findRemovable({ workspace, reserved: ['state'], paths, endedAt: later, isTracked: () => false, ...given }));

test('what is at or below a declared path goes, and nothing else', () => {
  const name = fc.constantFrom('a', 'b', 'c');
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => [...names.slice(0, -1), `${names.at(-1) ?? ''}.x`].join('/'));
  const wish = fc.record({ files: fc.uniqueArray(path, { minLength: 1, maxLength: 8 }), declared: fc.array(fc.oneof(path, fc.array(name, { minLength: 1, maxLength: 2 }).map((names) => names.join('/'))), { maxLength: 4 }) });
  fc.assert(fc.property(wish, ({ files, declared }) => {
    const workspace = createWorkspace(files);
    const { files: gone, kept } = clean(workspace, declared);
    const wanted = files.filter((file) => declared.some((each) => file === each || file.startsWith(`${each}/`))).sort();
    expect([[...gone].sort(), kept, filesIn(workspace)]).toEqual([wanted, [], files.filter((file) => !wanted.includes(file)).sort()]);
  }), { numRuns: 100 });
});

test('a declared folder goes when nothing is left in it; the one that it lies in stays', () => {
  const workspace = createWorkspace(['out/app/deep/x', 'out/app/y']);
  expect(clean(workspace, ['out/app']).folders).toEqual(['out/app/deep', 'out/app']);
  expect(readdirSync(workspace)).toEqual(['out']);
});

test.each([
  ['../x', 'the path goes by “..”'], ['/etc/hosts', 'the path is absolute'], ['', 'a path has to name something'], ['.git/config', 'the path belongs to git'], ['a/.GIT/x', 'the path belongs to git'],
  ['.tollgate/runs', 'the path belongs to Tollgate'], ['state/runs', 'the path belongs to Tollgate'], ['a//b', 'a name in the path is empty'],
])('%s stays: %s', (path, reason) => {
  const workspace = createWorkspace(['.git/config', 'a/.GIT/x', '.tollgate/runs', 'state/runs', 'a/b']);
  expect(clean(workspace, [path])).toEqual({ files: [], folders: [], kept: [{ path, reason }] });
  expect(filesIn(workspace)).toHaveLength(5);
});

test('nothing is removed through a link; a declared link goes itself', () => {
  const workspace = createWorkspace(['real/x', 'out/y']);
  symlinkSync('real', join(workspace, 'link'));
  symlinkSync('../real', join(workspace, 'out/inner'));
  expect(clean(workspace, ['link/x']).kept).toEqual([{ path: 'link/x', reason: 'link is a link, and nothing is removed through one' }]);
  expect(clean(workspace, ['out', 'link']).files).toEqual(['link', 'out/inner', 'out/y']);
  expect(filesIn(workspace)).toEqual(['real/x']);
});

test('what was touched after the run stays, and the folder around it', () => {
  const workspace = createWorkspace(['out/a', 'out/b']);
  const { ctimeMs } = lstatSync(join(workspace, 'out/b'));
  expect(clean(workspace, ['out'], { endedAt: ctimeMs - 10 })).toMatchObject({ files: [], kept: [{ path: 'out/a', reason: 'it was touched after the run' }, { path: 'out/b' }] });
  expect(clean(workspace, ['out'], { endedAt: ctimeMs }).files).toEqual(['out/a', 'out/b']);
});

test('git keeps what it has, and what it is set to do is not done', () => {
  const workspace = createWorkspace(['out/mine', 'out/made', ':(glob)x', 'ü.txt']);
  const git = (...args: readonly string[]): void => void execFileSync('git', args, { cwd: workspace, stdio: 'ignore' });
  git('init', '-q');
  git('--literal-pathspecs', 'add', 'out/mine', ':(glob)x', 'ü.txt');
  git('config', 'core.fsmonitor', `touch ${join(workspace, 'ran')}; false`);
  const tracked = listTracked(workspace, ['out', ':(glob)x', 'ü.txt', 'gone'], process.env);
  expect([...tracked].sort()).toEqual([':(glob)x', 'out/mine', 'ü.txt']);
  expect(clean(workspace, ['out'], { isTracked: (path) => tracked.has(path) })).toMatchObject({ files: ['out/made'], folders: [], kept: [{ path: 'out/mine', reason: 'git has it' }] });
  expect(existsSync(join(workspace, 'ran'))).toBe(false);
  expect(listTracked(createWorkspace([]), ['out'], { PATH: '/nowhere' }).size).toBe(0);
});

test('what is neither a file nor a link stays', () => {
  const workspace = createWorkspace([]);
  execFileSync('mkfifo', [join(workspace, 'pipe')]);
  expect(clean(workspace, ['pipe']).kept).toEqual([{ path: 'pipe', reason: 'it is neither a file nor a link' }]);
});
