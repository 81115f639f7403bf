// Killed anywhere, a run loses nothing that it has acknowledged, and repeats nothing.
// `node test/crash/crash.mjs [--long] [--seed n] [--kills n] [--only save|restore|append|mixed] [--bin bin/tollgate.js]`
// Short form: in a minute some of each; `--long`: 2,000 random moments, at least 300 in each part, and every system call.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom, seedOf } from '../fuzz/random.mjs';
import { buildBundle } from '../rig/build-bundle.mjs';
import { killAtEverySyscall, requireStrace } from './every-syscall.mjs';
import { callKilled, openCase, playChain } from './play-chain.mjs';
import { workloads } from './workloads.mjs';

const { values } = parseArgs({ options: { long: { type: 'boolean' }, seed: { type: 'string' }, kills: { type: 'string' }, only: { type: 'string' }, bin: { type: 'string' } } });
const seed = Number(values.seed ?? (values.long ? Date.now() % 1_000_000_000 : 20261121));
const wanted = Number(values.kills ?? (values.long ? 2000 : 80));
const wantedEach = Math.round(wanted * 0.15);
const sideBySide = Math.max(2, Math.floor(availableParallelism() / 2));
const scratch = mkdtempSync(join(tmpdir(), 'tollgate-crash-'));
const kept = new Set(['workflow.yml', 'source.txt', '.gitignore', '.tollgate']);
const parts = ['save', 'append', 'restore', 'between'];
const moments = {};
const totals = { kills: 0, chains: 0, acknowledged: 0, decisions: 0 };
const failures = [];

try {
  requireStrace('crash', 'kills at single system calls');
  const bin = buildBundle(scratch, values.bin);
  console.log(`crash: seed ${seed}, ${wanted} kills, at least ${wantedEach} in each of ${parts.join(', ')}`);
  const began = performance.now();
  const prepared = await prepare(bin);
  let index = 0;
  await Promise.all(Array.from({ length: sideBySide }, async () => {
    while (failures.length === 0 && values.only !== 'calls') {
      const name = nextWorkload(index);
      if (name === undefined) return;
      await playOne(name, (index += 1), { bin, template: prepared[name] });
    }
  }));
  const everyCall = values.only === undefined || values.only === 'calls' ? await killAtEverySyscall({ bin, scratch, share: values.long ? 1 : 8, random: createRandom(seed), sideBySide }) : undefined;
  report(performance.now() - began, everyCall);
} finally {
  if (failures.length === 0) rmSync(scratch, { recursive: true, force: true });
}

/** The folders in which each workload begins. */
async function prepare(bin) {
  const prepared = {};
  for (const [name, workload] of Object.entries(workloads)) {
    const given = await openCase(join(scratch, `template-${name}`), workload);
    const first = await callKilled(given, { bin, args: ['run', 'workflow.yml'] });
    if (first.code !== 0) throw new Error(`the workload '${name}' does not run:\n${first.out}${first.err}`);
    // What is checked already is known by its plan, which takes the time of a run away from where it is of no interest.
    const clear = () => {
      for (const path of readdirSync(join(given.folder, 'work'))) if (!kept.has(path)) rmSync(join(given.folder, 'work', path), { recursive: true, force: true });
      for (const path of readdirSync(join(given.folder, 'work', '.tollgate'))) if (path !== 'plans' && !workload.warm) rmSync(join(given.folder, 'work', '.tollgate', path), { recursive: true, force: true });
      for (const path of ['work/.tollgate/runs', 'ran.log']) rmSync(join(given.folder, path), { recursive: true, force: true });
    };
    clear();
    await callKilled(given, { bin, args: ['run', 'workflow.yml'] });
    clear();
    prepared[name] = given.folder;
  }
  return prepared;
}

/** What is still missing most; in the end, whatever. */
function nextWorkload(index) {
  if (values.only !== undefined) return totals.kills < wanted ? values.only : undefined;
  const missing = parts.map((part) => [part, wantedEach - (moments[part] ?? 0)]).filter(([, count]) => count > 0).sort(([, a], [, b]) => b - a);
  if (missing.length === 0 && totals.kills >= wanted) return undefined;
  if (totals.kills > wanted * 4) {
    failures.push({ name: 'aim', folder: scratch, problems: missing.map(([part, count]) => `${part} was met ${count} times too few: what mark-moments.mjs goes by has changed`) });
    return undefined;
  }
  const names = Object.keys(workloads);
  const [most] = missing;
  return most === undefined || index % 4 === 0 ? names[index % names.length] : most[0] === 'between' ? 'append' : most[0];
}

async function playOne(name, index, { bin, template }) {
  const random = createRandom(seedOf(seed, index));
  const folder = join(scratch, String(index));
  const given = await openCase(folder, workloads[name], template);
  await playChain(given, {
    bin, random, aims: workloads[name].aims, mostKills: 4 + random.below(5),
    onKill: (moment) => {
      totals.kills += 1;
      moments[moment] = (moments[moment] ?? 0) + 1;
    },
  });
  totals.chains += 1;
  totals.acknowledged += given.acknowledged.size;
  totals.decisions += given.decisions.length;
  if (given.problems.length > 0) failures.push({ name: `${name} ${index}`, folder, problems: given.problems });
  else await rm(folder, { recursive: true, force: true });
}

function report(ms, everyCall) {
  if (everyCall !== undefined) failures.push(...everyCall.failures);
  const most = Math.max(...Object.values(moments));
  console.log(`\n${totals.kills} kills in ${totals.chains} runs, ${totals.acknowledged} steps acknowledged, ${totals.decisions} decided anew, ${(ms / 1000).toFixed(1)} s`);
  for (const moment of ['start', 'between', 'step', 'append', 'save', 'restore', 'end']) console.log(`  ${moment.padEnd(8)} ${String(moments[moment] ?? 0).padStart(5)} ${'█'.repeat(Math.round((40 * (moments[moment] ?? 0)) / most))}`);
  if (everyCall !== undefined) console.log(`  at system calls: ${Object.values(everyCall.kills).reduce((sum, count) => sum + count, 0)} kills of ${everyCall.aimed} (${everyCall.hidden} of helper threads cannot be met), ${Object.entries(everyCall.kills).map(([part, count]) => `${count} in ${part}`).join(', ')}`);
  for (const { name, folder, problems } of failures) console.log(`\nFAIL ${name} (seed ${seed}), kept in ${folder}\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  console.log(failures.length === 0 ? '\nok: 0 acknowledged steps lost, 0 run again, 0 torn states, 0 steps with an effect begun twice' : `\n${failures.length} failed`);
  if (failures.length > 0) process.exitCode = 1;
}
