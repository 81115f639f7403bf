// Jobs of one repository against the emulator: main and post of the built action, each job in an empty workspace.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { startAsRunner } from '../rig/fake-runner.mjs';

/**
 * `play(job, { inputs, event, onStart })` answers how main and post ended, what each step left in `../ran`, and how long both took.
 * `files` are those of the next job's workspace.
 */
export function createRepository({ folder, bin, github, files = {}, node = [], execPath = process.execPath }) {
  const dist = join(dirname(bin), '..', 'dist');
  let jobs = 0;
  const stage = (name, { workspace, env, inputs, state, event }) => {
    const temp = mkdtempSync(join(workspace, '..', `${name}-`));
    const file = (each) => {
      writeFileSync(join(temp, each), '');
      return join(temp, each);
    };
    const commandFiles = { GITHUB_OUTPUT: file('output'), GITHUB_STATE: file('state'), GITHUB_STEP_SUMMARY: file('summary'), GITHUB_ENV: file('env'), GITHUB_PATH: file('path') };
    const { PATH = '', HOME = '' } = process.env;
    const given = { workflow: 'ci.yml', 'matrix-values': 'null', 'github-token': env.GITHUB_TOKEN, ...inputs };
    const going = startAsRunner({
      file: execPath, args: [...node, join(dist, `action-${name}.js`)], folder: workspace,
      env: {
        PATH, HOME, CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: workspace, RUNNER_TEMP: temp, GITHUB_ACTOR: 'somebody', GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: event, ...commandFiles,
        ...Object.fromEntries(Object.entries(given).map(([key, value]) => [`INPUT_${key.toUpperCase()}`, value])),
        ...Object.fromEntries(Object.entries(state).map(([key, value]) => [`STATE_${key}`, value])), ...env,
      },
    });
    return { ...going, ended: going.ended.then((end) => ({ ...end, outputs: readKeyValues(commandFiles.GITHUB_OUTPUT), state: readKeyValues(commandFiles.GITHUB_STATE) })) };
  };
  const play = async (job, { inputs = {}, files: more = {}, event = {}, onStart } = {}) => {
    const place = join(folder, `job-${(jobs += 1)}`);
    const workspace = join(place, 'work');
    for (const [path, text] of Object.entries({ ...files, ...more })) {
      mkdirSync(dirname(join(workspace, path)), { recursive: true });
      writeFileSync(join(workspace, path), text);
    }
    const env = github.env(job);
    const given = { workspace, env, inputs, event: join(place, 'event.json') };
    writeFileSync(given.event, JSON.stringify(event));
    const ran = () => (existsSync(join(place, 'ran')) ? readFileSync(join(place, 'ran'), 'utf8').split('\n').filter((line) => line !== '') : []);
    const began = performance.now();
    const going = stage('main', { ...given, state: {} });
    onStart?.({ cancel: going.cancel, ran });
    const main = await going.ended;
    const mainMs = performance.now() - began;
    const post = await stage('post', { ...given, state: main.state }).ended;
    const counts = {};
    for (const line of ran()) counts[line] = (counts[line] ?? 0) + 1;
    return { main, post, counts, mainMs, ms: performance.now() - began, place, workspace, remove: () => rm(place, { recursive: true, force: true }) };
  };
  return { play };
}

function readKeyValues(file) {
  return Object.fromEntries([...readFileSync(file, 'utf8').matchAll(/^([^\n=]+?)<<(.+)\n([\s\S]*?)\n\2$/gmu)].map(([, name, , value]) => [name, value]));
}
