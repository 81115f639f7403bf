import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openGitRepository, repositoryOf } from './git-repository.js';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const sha = 'a'.repeat(40);
const other = 'b'.repeat(64);
const remote = '[core]\n\tbare = false\n[remote "fork"]\n\turl = git@host:me/fork.git\n[remote "origin"]\n\turl = https://host/owner/name.git\n\tfetch = x\n[branch "main"]\n\turl = nonsense\n';

function describe(files: Readonly<Record<string, string>>, at = '.') {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-git-'));
  folders.push(folder);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text.replaceAll('%', folder));
  }
  return openGitRepository(join(folder, at)).describe();
}

test('a branch, from a folder below', () => {
  const files = { '.git/HEAD': 'ref: refs/heads/main\n', '.git/refs/heads/main': `${sha}\n`, '.git/config': remote, 'a/b/c': '' };
  expect(describe(files, 'a/b')).toEqual({ sha, ref: 'refs/heads/main', repository: 'owner/name' });
});

test('a branch that is packed, and not one whose name ends alike', () => {
  const packed = `# pack-refs with: peeled\n${other} refs/heads/x/main\n${sha} refs/heads/main\n^${other}\n`;
  expect(describe({ '.git/HEAD': 'ref: refs/heads/main\n', '.git/packed-refs': packed })).toMatchObject({ sha, ref: 'refs/heads/main' });
});

test('no branch checked out', () => {
  expect(describe({ '.git/HEAD': `${other}\n` })).toEqual({ sha: other, ref: undefined, repository: undefined });
});

test('a branch without a commit yet', () => {
  expect(describe({ '.git/HEAD': 'ref: refs/heads/main\n' })).toEqual({ sha: undefined, ref: 'refs/heads/main', repository: undefined });
});

test('a work tree has its own HEAD and shares the branches', () => {
  const files = {
    'tree/.git': 'gitdir: %/repo/.git/worktrees/tree\n',
    'repo/.git/worktrees/tree/HEAD': 'ref: refs/heads/side\n',
    'repo/.git/worktrees/tree/commondir': '../..\n',
    'repo/.git/refs/heads/side': `${sha}\n`,
    'repo/.git/HEAD': 'ref: refs/heads/main\n',
    'repo/.git/config': remote,
  };
  expect(describe(files, 'tree')).toEqual({ sha, ref: 'refs/heads/side', repository: 'owner/name' });
});

test('a ref that names another is followed, and a circle is none', () => {
  expect(describe({ '.git/HEAD': 'ref: refs/heads/a\n', '.git/refs/heads/a': 'ref: refs/heads/b\n', '.git/refs/heads/b': sha })).toMatchObject({ sha });
  expect(describe({ '.git/HEAD': 'ref: refs/heads/a\n', '.git/refs/heads/a': 'ref: refs/heads/a\n' })).toMatchObject({ sha: undefined });
});

test('the only remote stands for origin, and of two others neither does', () => {
  const head = { '.git/HEAD': sha };
  expect(describe({ ...head, '.git/config': '[remote "up"]\n url = "git@host:o/n.git"\n' }).repository).toBe('o/n');
  expect(describe({ ...head, '.git/config': '[remote "a"]\n url = git@host:o/n\n[remote "b"]\n url = git@host:o/m\n' }).repository).toBeUndefined();
});

test.each([{ '.git': 'nonsense' }, { '.git/HEAD': 'nonsense' }, { '.git': 'gitdir: /not/there' }])('%j says nothing', (files) => {
  expect(describe(files)).toEqual({ sha: undefined, ref: undefined, repository: undefined });
});

test.each([
  ['https://github.com/owner/name.git', 'owner/name'],
  ['https://user:token@host:8443/owner/name/', 'owner/name'],
  ['ssh://git@host:22/owner/name.git', 'owner/name'],
  ['git@host:owner/name.git', 'owner/name'],
  ['host:group/sub/name', 'group/sub/name'],
  ['/srv/git/name.git', undefined],
  ['../name', undefined],
  ['file:///srv/owner/name.git', undefined],
  ['C:\\repos\\name', undefined],
  ['https://host/name', undefined],
])('%s is the repository %s', (url, wanted) => {
  expect(repositoryOf(url)).toBe(wanted);
});
