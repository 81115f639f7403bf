import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGitRepository } from '../../src/adapters/local/git-repository.js';

const top = mkdtempSync(join(tmpdir(), 'tollgate-real-git-'));
const identity = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' };
const git = (folder: string, ...words: readonly string[]): string =>
  execFileSync('git', ['-C', folder, ...words], { encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: top, GIT_CONFIG_NOSYSTEM: '1', ...identity } }).trim();

afterAll(() => rmSync(top, { recursive: true, force: true }));

test('what is read from the files of git is what git says: loose, packed, detached, in a work tree and a submodule', () => {
  const repo = join(top, 'repo');
  git(top, 'init', '-q', '-b', 'main', repo);
  git(repo, 'remote', 'add', 'origin', 'git@example.org:owner/name.git');
  git(repo, 'commit', '-q', '--allow-empty', '-m', 'one');
  const check = (folder: string, repository: string | undefined): void => {
    expect(openGitRepository(folder).describe()).toEqual({ sha: git(folder, 'rev-parse', 'HEAD'), ref: git(folder, 'rev-parse', '--symbolic-full-name', 'HEAD').replace(/^HEAD$/u, '') || undefined, repository });
  };
  check(repo, 'owner/name');
  git(repo, 'pack-refs', '--all');
  check(repo, 'owner/name');
  git(repo, 'worktree', 'add', '-q', '-b', 'side', join(top, 'tree'));
  git(join(top, 'tree'), 'commit', '-q', '--allow-empty', '-m', 'two');
  check(join(top, 'tree'), 'owner/name');
  git(repo, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', repo, 'inner');
  check(join(repo, 'inner'), undefined);
  git(repo, 'checkout', '-q', '--detach');
  check(repo, 'owner/name');
});
