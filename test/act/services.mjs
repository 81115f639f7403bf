// The workflows that docs/github.md shows, in a user's repository, with the emulator as GitHub's services. Each job has a workspace
// of its own; what steps write to a file outside of all of them says what was executed.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { startEmulator } from '../emulator/emulator.mjs';
import { commitAll, readPages, root, runAct } from './act.mjs';

const { 'tollgate/tollgate': own } = parse(readFileSync(join(root, '.github', 'actions-lock.yml'), 'utf8'));
const handed = ['ACTIONS_RESULTS_URL', 'ACTIONS_RUNTIME_TOKEN', 'ACTIONS_CACHE_SERVICE_V2', 'GITHUB_API_URL', 'GITHUB_REPOSITORY', 'GITHUB_RUN_ID', 'GITHUB_RUN_NUMBER', 'GITHUB_RUN_ATTEMPT', 'GITHUB_RETENTION_DAYS', 'NO_PROXY', 'no_proxy'];

export async function* playServices({ repository, scratch }) {
  const action = copyAction(repository, join(scratch, 'action'));
  const github = await startEmulator();
  try {
    const world = openWorld({ github, action, scratch });
    yield await playAttempts(world);
    yield await playFanOut(world);
    yield await playPullGate(world);
    const calls = github.violations().map(({ call, reason }) => `${call}: ${reason}`);
    yield { what: 'the services were asked nothing that GitHub would refuse', log: '', missed: calls };
  } finally {
    await github.close();
  }
}

/** act copies an action for each step that uses it: this is what such a step needs of the repository. */
function copyAction(repository, target) {
  for (const name of ['action.yml', 'plan', 'verdict', 'dist', 'package.json']) cpSync(join(repository, name), join(target, name), { recursive: true });
  commitAll(target);
  return target;
}

function openWorld({ github, action, scratch }) {
  const folder = join(scratch, 'user');
  const ran = join(scratch, 'ran');
  writeRepository(folder, ran);
  return {
    github,
    mark: (name) => writeFileSync(`${ran}.${name}`, ''),
    unmark: (name) => rmSync(`${ran}.${name}`),
    /** What was executed since it was asked last. */
    takeRan: () => {
      if (!existsSync(ran)) return '';
      const steps = readFileSync(ran, 'utf8').trim().split('\n').sort().join(' ');
      rmSync(ran);
      return steps;
    },
    run: async (workflow, job, event) => {
      const env = github.env(job);
      const args = ['--local-repository', `tollgate/tollgate@${own.commit}=${action}`, '--secret', `GITHUB_TOKEN=${env.GITHUB_TOKEN}`, ...handed.flatMap((name) => ['--env', `${name}=${env[name]}`])];
      if (event !== undefined) {
        const path = join(scratch, 'event.json');
        writeFileSync(path, JSON.stringify(event));
        args.push('--eventpath', path);
      }
      return await runAct(folder, { event: event === undefined ? 'push' : 'pull_request', workflow: `.github/workflows/${workflow}.yml`, scratch, args });
    },
  };
}

/** What a user has: the examples' workflows, and those of Tollgate that they name. */
function writeRepository(folder, ran) {
  cpSync(join(root, 'test', 'act', 'repository'), folder, { recursive: true });
  mkdirSync(join(folder, '.github', 'workflows'), { recursive: true });
  cpSync(join(root, 'workflows-examples', 'github'), join(folder, '.github', 'workflows'), { recursive: true });
  const tollgate = join(folder, '.github', 'tollgate');
  for (const name of readdirSync(tollgate)) writeFileSync(join(tollgate, name), readFileSync(join(tollgate, name), 'utf8').replaceAll('%RAN%', ran));
  commitAll(folder);
}

function watch(...runs) {
  const missed = [];
  const log = runs.map((each) => each.log).join('\n\n');
  return { missed, log, check: (what, holds) => void (holds || missed.push(what)) };
}

/** A run that fails, its second attempt, and a run after it. */
async function playAttempts({ run, takeRan, mark }) {
  const first = await run('build', { runId: 100 });
  const firstRan = takeRan();
  mark('mended');
  const second = await run('build', { runId: 100, attempt: 2 });
  const secondRan = takeRan();
  const third = await run('build', { runId: 101 });
  const thirdRan = takeRan();
  const { missed, log, check } = watch(first, second, third);
  const idOf = ({ log: text }) => /::set-output:: run-id=(\S+)/u.exec(text)?.[1];
  check(`the first attempt fails (${first.status})`, first.status === 1);
  check(`it does all of it (${firstRan})`, firstRan === 'bundle publish tests');
  check('it names the step that failed', first.log.includes('::set-output:: failed-step=check.tests') && first.log.includes('::set-output:: verdict=no-go'));
  check('it has an annotation', /::error file=\.github\/tollgate\/build\.yml,line=\d+/u.test(first.log));
  check('its page begins with the card', readPages(first.log)[0]?.startsWith('> [!CAUTION]') === true);
  check(`the second attempt succeeds (${second.status})`, second.status === 0);
  check(`it does what had failed alone (${secondRan})`, secondRan === 'tests');
  check('it is the same run', idOf(first) !== undefined && idOf(first) === idOf(second));
  check('it says so', second.log.includes('attempt 2: what it has done is not done again'));
  check('what the first had made is there', second.log.includes('the source'));
  check('its outputs reach the next step', second.log.includes('| go {"app":"app"}'));
  check('its page says GO', readPages(second.log)[0]?.startsWith('## ✅ GO — build succeeded') === true);
  check(`a later run finds what is kept, and does again what is not (${thirdRan})`, third.status === 0 && thirdRan === 'publish tests');
  check('it counts the hit', third.log.includes('::set-output:: cache-hits=1'));
  return { what: 'build.yml of the examples: a run that fails, attempt 2 goes on at the failed step, the next run finds what is kept', log, missed };
}

const outputOf = ({ log }, name) => [...log.matchAll(new RegExp(`::set-output:: ${name}=(.*)`, 'gu'))].map(([, value]) => value.trim());
const forVerdict = { actions: 'read', contents: 'read' };

/** A plan spreads phases over three jobs, a fourth goes on with what they have made, and the verdict counts what all of them have left. */
async function playFanOut({ run, takeRan }) {
  const only = await run('fan-out', { runId: 300, permissions: forVerdict });
  const ran = takeRan();
  const { missed, log, check } = watch(only);
  const [planned] = outputOf(only, 'matrix').map((text) => JSON.parse(text).include?.map(({ name }) => name).join(' '));
  check(`three jobs are planned (${planned})`, planned === 'style units pages');
  check(`it ends well (${only.status})`, only.status === 0);
  check(`each step runs once, in one of the jobs (${ran})`, ran === 'pages publish style units');
  check('the job after the three has what each of them has made', only.log.includes('published THE SOURCE with 2 words after 30 tests'));
  check('the verdict is GO', outputOf(only, 'verdict').at(-1) === 'go' && readPages(only.log).at(-1)?.startsWith('## ✅ GO — fan-out at commit') === true);
  const [phases] = outputOf(only, 'phases').map((text) => JSON.parse(text)[0].phases.map(({ id, verdict, reason }) => `${id} ${verdict} ${reason}`).join(', '));
  check(`on what each job has done (${phases})`, phases === 'style go ran, units go ran, pages go ran, publish go ran');
  return { what: 'fan-out.yml of the examples: plan, a matrix of three jobs, a job that goes on with what they have made, verdict GO', log, missed };
}

/** A pull request whose first run fails in one of three jobs; its second attempt does that one alone. */
async function playPullGate({ github, run, takeRan, mark, unmark }) {
  const job = { runId: 400, pull: { number: 7 }, permissions: { ...forVerdict, checks: 'write', 'pull-requests': 'write' } };
  const repository = { full_name: 'octo-org/example', default_branch: 'main' };
  const event = { action: 'synchronize', number: 7, repository, pull_request: { number: 7, user: { login: 'mona' }, head: { sha: 'b'.repeat(40), ref: 'change', repo: repository }, base: { ref: 'main', repo: repository } } };
  mark('broken');
  const first = await run('pr-gate', job, event);
  const firstRan = takeRan();
  const comments = github.comments().length;
  unmark('broken');
  const second = await run('pr-gate', { ...job, attempt: 2 }, event);
  const secondRan = takeRan();
  const { missed, log, check } = watch(first, second);
  check(`the first attempt fails (${first.status})`, first.status === 1);
  check(`it does all of it (${firstRan})`, firstRan === 'pages style units');
  check('its verdict is NO-GO, and the job of the verdict fails', outputOf(first, 'verdict').at(-1) === 'no-go' && first.log.includes('Failure - Main tollgate/tollgate/verdict@'));
  const [phases] = outputOf(first, 'phases').map((text) => JSON.parse(text)[0].phases.map(({ id, verdict, reason }) => `${id} ${verdict} ${reason}`).join(', '));
  check(`each phase has its reason (${phases})`, phases === 'style go ran, units no-go failed, pages go ran');
  check('its page begins with it', readPages(first.log).at(-1)?.startsWith('## ❌ NO-GO — pr-gate at commit') === true);
  check(`the second attempt succeeds (${second.status})`, second.status === 0);
  check(`it does what had failed alone (${secondRan})`, secondRan === 'units');
  check('its verdict is GO', outputOf(second, 'verdict').at(-1) === 'go');
  check('one comment tells of both', comments === 1 && github.comments().length === 1 && github.comments()[0].edits === 1 && github.comments()[0].body.includes('## ✅ GO — pr-gate'));
  check('each attempt has a check run with the verdict', github.checkRuns().filter(({ name }) => name === 'Tollgate verdict: pr-gate').map(({ conclusion }) => conclusion).join() === 'failure,success');
  return { what: 'pr-gate.yml of the examples: NO-GO, then GO in attempt 2, with its comment and checks', log, missed, comments: github.comments() };
}
