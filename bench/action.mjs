// From the start of the action to its first step, against an emulator of GitHub's services, its answers' time aside. Under
// the Node that GitHub starts actions with, where test/node24 is installed; the best of several rounds.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmulator } from '../test/emulator/emulator.mjs';
import { createRepository } from '../test/github-faults/play-job.mjs';

const scenes = {
  'a step without cache': '        command: date +%s%N >> ../ran\n',
  'a step whose result nobody has': '        command: date +%s%N >> ../ran; cat in.txt > out.txt\n        inputs: [in.txt]\n        outputs: { out: out.txt }\n        cache: true\n',
};

/** One row for each scene, in the form of the table. */
export async function measureAction({ bin, scratch, env, rounds }) {
  const node = findNode24() ?? process.execPath;
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  const rows = [];
  for (const [name, step] of Object.entries(scenes)) {
    const github = await startEmulator();
    const { play } = createRepository({ folder: join(scratch, 'action'), bin, github, execPath: node, files: { 'ci.yml': `name: t\nphases:\n  - id: p\n    steps:\n      - id: s\n${step}` } });
    const best = { bare: Infinity, step: Infinity };
    for (let round = 0; round < rounds; round++) {
      best.bare = Math.min(best.bare, timeBare(node, env));
      best.step = Math.min(best.step, await timeToStep({ play, github, run: round + 1 }));
    }
    await github.close();
    const ratio = best.step / best.bare;
    rows.push({ what: `the action's first step, ${name}, to \`node -e 0\` (Node ${version.slice(1)}, target 250 ms)`, figure: `${ratio.toFixed(1)}×`, bound: '14×', times: `${best.step.toFixed(0)} ms : ${best.bare.toFixed(0)} ms`, holds: ratio <= 14 });
  }
  return rows;
}

function timeBare(node, env) {
  const began = performance.now();
  spawnSync(node, ['-e', '0'], { env });
  return performance.now() - began;
}

async function timeToStep({ play, github, run }) {
  const began = performance.timeOrigin + performance.now();
  const { counts, remove } = await play({ runId: run, attempt: 1 }, { files: { 'in.txt': String(run) } });
  const at = Number(Object.keys(counts)[0]) / 1e6;
  const waited = github.requests().filter((request) => request.job.startsWith(`${run}/`) && request.at < at).reduce((sum, { ms }) => sum + ms, 0);
  await remove();
  return at - began - waited;
}

function findNode24() {
  const modules = fileURLToPath(new URL('../test/node24/node_modules', import.meta.url));
  const found = (existsSync(modules) ? readdirSync(modules) : []).map((name) => join(modules, name, 'bin', 'node')).filter((path) => existsSync(path));
  return found[0];
}
