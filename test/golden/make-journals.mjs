// Makes the golden runs of the newest format: `node test/golden/make-journals.mjs <bin/tollgate.js of a build> [case …]`
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cases } from './cases.mjs';

const [bin, ...chosen] = process.argv.slice(2);
if (bin === undefined || !existsSync(bin)) {
  console.error('usage: node test/golden/make-journals.mjs <bin/tollgate.js of a build> [case …]');
  process.exitCode = 2;
} else for (const each of cases.filter(({ name }) => chosen.length === 0 || chosen.includes(name))) await make(each);

async function make({ name, workflow, expected, calls }) {
  const target = join(dirname(fileURLToPath(import.meta.url)), 'journals', 'v1', name);
  const workspace = mkdtempSync(join(tmpdir(), 'golden-'));
  try {
    writeFileSync(join(workspace, 'workflow.yml'), workflow);
    for (const call of calls) await carryOut(call, workspace);
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target, { recursive: true });
    writeFileSync(join(target, 'workflow.yml'), workflow);
    writeFileSync(join(target, 'expected.json'), `${JSON.stringify(expected, null, 2)}\n`);
    keepRuns(join(workspace, '.tollgate', 'runs'), join(target, 'runs'));
    refuseTraces(target, workspace);
    console.log(`${name}: ${readdirSync(join(target, 'runs')).join(' ')}`);
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

/** One call; killed as soon as a step has written the file `begun`, where that is asked for. */
async function carryOut({ args, exit, env = {} }, workspace) {
  const child = spawn(process.execPath, [resolve(bin), ...args], { cwd: workspace, env: { PATH: '/usr/bin:/bin', ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'exit');
  let said = '';
  child.stderr.on('data', (text) => (said += text));
  if (exit === 'killed') {
    const begun = join(workspace, 'begun');
    while (!existsSync(begun) && child.exitCode === null) await pause(5);
    child.kill('SIGKILL');
    await ended;
    // What the step left is nobody's any more.
    process.kill(Number(readFileSync(begun, 'utf8')), 'SIGKILL');
    rmSync(begun);
    return;
  }
  const [code] = await ended;
  if (code !== exit) throw new Error(`${args.join(' ')} ended with ${code}, not ${exit}: ${said}`);
}

/** Who had the lease is of one machine, and of no use on another. */
function keepRuns(from, to) {
  cpSync(from, to, { recursive: true, filter: (path) => !/\/(?:lease|steps)(?:\/|$)/u.test(path) });
}

/** What is kept here tells nothing of where it was made. */
function refuseTraces(folder, workspace) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && readFileSync(path, 'utf8').includes(workspace)) throw new Error(`${path} holds the path that it was made in`);
  }
}
