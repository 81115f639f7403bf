// The workflows that docs/github.md shows, in a user's repository, with the emulator as GitHub's services. Each job has a workspace
// of its own; what steps write to a file outside of all of them says what was executed.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { startEmulator } from '../emulator/emulator.mjs';
import { commitAll, readPages, root, runAct } from './act.mjs';

const { 'tollgate/tollgate': own } = parse(readFileSync(join(root, '.github', 'actions-lock.yml'), 'utf8'));
const handed = ['ACTIONS_RESULTS_URL', 'ACTIONS_RUNTIME_TOKEN', 'ACTIONS_CACHE_SERVICE_V2', 'GITHUB_API_URL', 'GITHUB_REPOSITORY', 'GITHUB_RUN_ID', 'GITHUB_RUN_NUMBER', 'GITHUB_RUN_ATTEMPT', 'GITHUB_RETENTION_DAYS', 'NO_PROXY', 'no_proxy'];

export async function* playServices({ repository: action, scratch }) {
  const github = await startEmulator();
  try {
    const world = openWorld({ github, action, scratch });
    yield await playAttempts(world);
    yield await playHandingOn(world);
    const calls = github.violations().map(({ call, reason }) => `${call}: ${reason}`);
    yield { what: 'the services were asked nothing that GitHub would refuse', log: '', missed: calls };
  } finally {
    await github.close();
  }
}

function openWorld({ github, action, scratch }) {
  const folder = join(scratch, 'user');
  const ran = join(scratch, 'ran');
  writeRepository(folder, ran);
  return {
    github,
    mark: (name) => writeFileSync(`${ran}.${name}`, ''),
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

/** Phases in jobs of their own. */
async function playHandingOn({ run, takeRan }) {
  const only = await run('hand-on', { runId: 200 });
  const ran = takeRan();
  const { missed, log, check } = watch(only);
  check(`it ends well (${only.status})`, only.status === 0);
  check(`each step runs once, in one of the jobs (${ran})`, ran === 'count cut say');
  check('the third job has the file of the first and the value of the second', only.log.includes('11 bytes of THE SOURCE'));
  check('three pages', readPages(only.log).length === 3);
  return { what: 'hand-on.yml: three jobs, each with what the ones before it have made', log, missed };
}
