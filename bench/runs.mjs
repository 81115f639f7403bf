// Runs of many small steps, against a bare loop of Node that starts the same commands in the same way; and six modules
// that wait on a server, side by side and one after the other. The best of several rounds, taken in turns.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { peakMegabytes } from './peak.mjs';

/** The loop: same arguments, detached, stdout and stderr piped, two records of 200 bytes for each command. */
const loop = `
import { spawn } from 'node:child_process';
import { openSync, writeSync } from 'node:fs';
const count = Number(process.argv[2]);
const log = openSync('loop.log', 'w');
const record = 'r'.repeat(199) + '\\n';
let started = 0;
let running = 0;
const next = () => {
  while (running < 2 && started < count) {
    started++;
    running++;
    writeSync(log, record);
    const child = spawn('sh', ['-e', '-c', 'true'], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.resume();
    child.stderr.resume();
    child.on('close', () => {
      writeSync(log, record);
      running--;
      next();
    });
  }
};
next();
`;

const server = `
import { createServer } from 'node:http';
import { writeFileSync } from 'node:fs';
const waiting = createServer((_request, response) => setTimeout(() => response.end('built'), 400));
waiting.listen(0, '127.0.0.1', () => writeFileSync('address', 'http://127.0.0.1:' + waiting.address().port));
`;

const build = `fetch(process.env.ADDRESS).then((answer) => answer.text()).then((text) => require('node:fs').writeFileSync(process.argv[1] + '.txt', text));`;

/** One row for each thing measured, in the form of the table. */
export function measureRuns({ bin, scratch, env, rounds }) {
  const folder = join(scratch, 'runs');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'loop.mjs'), loop);
  const node = (args) => {
    const began = process.hrtime.bigint();
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
    return Number(process.hrtime.bigint() - began) / 1e6;
  };
  const run = (file, more = []) => node([bin, 'run', file, '--max-parallel', '2', ...more]);
  const rows = [];
  for (const count of [100, 1000]) {
    const file = `steps-${count}.yml`;
    writeFileSync(join(folder, file), `name: steps\ndefaults: { shell: sh }\nsteps:\n${Array.from({ length: count }, (_, step) => `  - { id: s${step}, command: "true", needs: [] }\n`).join('')}`);
    const best = { loop: Infinity, known: Infinity, fresh: Infinity };
    run(file);
    for (let round = 0; round < Math.max(3, Math.min(rounds, count === 100 ? 10 : 5)); round++) {
      best.loop = Math.min(best.loop, node(['loop.mjs', String(count)]));
      best.known = Math.min(best.known, run(file));
      rmSync(join(folder, '.tollgate', 'plans'), { recursive: true, force: true });
      best.fresh = Math.min(best.fresh, run(file));
    }
    rows.push(ratio(`run of ${count} steps, plan known, to a bare loop`, best.known, best.loop, { target: 1.15, bound: 2 }), ratio(`run of ${count} steps, plan made anew, to the same`, best.fresh, best.loop, { target: 1.6, bound: 2.6 }));
  }
  const peak = peakMegabytes([bin, 'run', 'steps-1000.yml', '--max-parallel', '2'], { folder, env });
  rows.push({ what: 'run of 1,000 steps, peak memory', figure: `${peak} MB`, bound: '120 MB', times: 'one run, plan known', holds: peak <= 120 });
  rows.push(measureModules({ folder, run }));
  return rows;
}

/** Six modules that wait on a local server: what running side by side saves. */
function measureModules({ folder, run }) {
  writeFileSync(join(folder, 'server.mjs'), server);
  const modules = ['a', 'b', 'c', 'd', 'e', 'f'];
  const step = (name) => `{ id: ${name}, command: "node -e '${build.replaceAll("'", "'\\\\''")}' ${name}", env: { ADDRESS: "{{ read_file('address') }}" } }`;
  const text = (body) => `name: modules\ndefaults: { shell: sh }\nsteps:\n  - { id: server, command: exec node server.mjs, background: { ready: { run: test -s address } } }\n${body}`;
  writeFileSync(join(folder, 'beside.yml'), text(`  - parallel:\n${modules.map((name) => `      - ${step(name)}\n`).join('')}`));
  writeFileSync(join(folder, 'after.yml'), text(modules.map((name) => `  - ${step(name)}\n`).join('')));
  const best = { beside: Infinity, after: Infinity };
  for (let round = 0; round < 3; round++) {
    for (const name of ['beside', 'after']) {
      rmSync(join(folder, 'address'), { force: true });
      best[name] = Math.min(best[name], run(`${name}.yml`, ['--max-parallel', '6']));
    }
  }
  const saved = 1 - best.beside / best.after;
  return { what: 'six modules that wait on a server: side by side', figure: `${Math.round(saved * 100)} % faster`, bound: '50 %', times: `${best.beside.toFixed(0)} ms : ${best.after.toFixed(0)} ms`, holds: saved >= 0.5 };
}

/** `target` is what we want, `bound` what has been reached and must not be lost. */
function ratio(name, mine, other, { target, bound }) {
  const what = `${name} (target ${target}×)`;
  return { what, figure: `${(mine / other).toFixed(2)}×`, bound: `${bound}×`, times: `${mine.toFixed(0)} ms : ${other.toFixed(0)} ms`, holds: mine / other <= bound };
}
