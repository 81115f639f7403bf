// One tool in a workspace of its own, with what has to be true there after each of its runs.
import { spawnSync } from 'node:child_process';
import { closeSync, cpSync, mkdirSync, openSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { peersFolder } from './install.mjs';
import { watchNode, watchProgram } from '../peak.mjs';
import { waitForQuiet } from './quiet.mjs';
import { countCommands, countWrongOutputs, expectOutputs, writeFile, writeInputs } from './workload.mjs';

/** None of the caller's variables: `CI` alone changes what half of the tools do. */
export function makeCleanEnv(scratch) {
  const [home, temporary] = [join(scratch, 'home'), join(scratch, 'tmp')];
  for (const folder of [home, temporary]) mkdirSync(folder, { recursive: true });
  return { PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`, HOME: home, TMPDIR: temporary, LANG: 'C.UTF-8', TERM: 'dumb', NO_COLOR: '1', npm_config_update_notifier: 'false' };
}

/** Writes the workspace, commits it and runs everything once, which fills the cache. */
export function openLane(tool, workload, { scratch, env }) {
  const workspace = join(scratch, `${tool.name}-${workload.size}`);
  const log = `${workspace}.ran`;
  const work = countCommands(workload, log);
  const lane = { tool, workspace, log, work, env: { ...env, ...tool.env }, edits: 0 };
  writeFileSync(log, '');
  writeInputs(workspace, work);
  writeFile(workspace, '.gitignore', 'out.txt\nnode_modules\n.turbo\n.nx\n.wireit\n.moon/cache\nloop.log\nkept\n');
  for (const [path, content] of Object.entries(tool.files(work))) writeFile(workspace, path, content);
  if (tool.usesModules) linkModules(workspace);
  commitAll(lane);
  lane.expected = expectOutputs(workspace, work);
  const filled = runLane(lane, { argv: tool.fill, watched: true, commands: work.tasks.length });
  return { ...lane, filled };
}

/** One run: how long it took, and what was wrong with it. A watched run is not for the clock. */
export function runLane({ tool, workspace, log, work, env, expected }, { argv = tool.argv, watched = false, commands }) {
  const isNode = argv === undefined;
  const watch = watched ? (isNode ? watchNode : watchProgram)(dirname(workspace)) : { args: [], read: () => undefined };
  const [program, ...args] = isNode ? [process.execPath, ...watch.args, ...tool.node] : [...watch.args, ...argv];
  truncateSync(log);
  const told = openSync(`${workspace}.told`, 'w');
  if (!watched) waitForQuiet();
  const began = process.hrtime.bigint();
  const { status, error } = spawnSync(program, args, { cwd: workspace, env, stdio: ['ignore', told, told], timeout: 900_000 });
  const ms = Number(process.hrtime.bigint() - began) / 1e6;
  closeSync(told);
  const ran = statSync(log).size;
  const wrong = countWrongOutputs(workspace, work, expected);
  const faults = [
    ...(status === 0 ? [] : [`it ended with ${error?.message ?? status}`]),
    ...(wrong === 0 ? [] : [`${wrong} of ${work.tasks.length} outputs are wrong`]),
    ...(ran === commands ? [] : [`it ran ${ran} commands where ${commands} are right`]),
  ];
  return { ms, faults, peakMb: status === 0 ? watch.read() : undefined, told: status === 0 ? '' : readLastLines(`${workspace}.told`) };
}

function readLastLines(file) {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-8).join('\n');
}

/** A real folder, as an installation leaves it, without copying what it holds. */
function linkModules(workspace) {
  const [from, to] = [join(peersFolder, 'node_modules'), join(workspace, 'node_modules')];
  const { status } = spawnSync('cp', ['-al', from, to], { stdio: 'ignore' });
  if (status !== 0) cpSync(from, to, { recursive: true, verbatimSymlinks: true, force: true });
}

function commitAll({ workspace, env }) {
  for (const args of [['init', '-q', '-b', 'main'], ['add', '-A'], ['commit', '-q', '-m', 'bench']]) {
    const { status, stderr } = spawnSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', '-c', 'gc.auto=0', ...args], { cwd: workspace, env, stdio: ['ignore', 'ignore', 'pipe'] });
    if (status !== 0) throw new Error(`git ${args[0]} failed in the workspace of the benchmark: ${stderr}`);
  }
}
