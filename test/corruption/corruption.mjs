// Damage to what Tollgate keeps: never a wrong result, nothing outside the workspace, nothing left about, and a reason each time.
// `node test/corruption/corruption.mjs [--long] [--seed n] [--count n] [--seconds n] [--kills n] [--only target] [--case index]`
// Short form: every class of damage on every target, in under 60 s; `--long`: 5,000 cases and 200 kills.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { stageSources, stagingFolder } from '../../.ci/stage-sources.mjs';
import { casesOf } from './cases.mjs';
import { killWhileWorking } from './kills.mjs';

const { values } = parseArgs({ options: { long: { type: 'boolean' }, seed: { type: 'string' }, count: { type: 'string' }, seconds: { type: 'string' }, kills: { type: 'string' }, only: { type: 'string' }, case: { type: 'string' } } });
const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
const count = Number(values.count ?? (values.long ? 5000 : 800));
const kills = Number(values.kills ?? (values.long ? 200 : 20));
const seconds = Number(values.seconds ?? (values.long || values.count ? Infinity : 40));
const batch = 20;
/** Nothing here takes so long: it waits for ever. */
const hangMs = 20_000;
const promises = ['wrong restores', 'wrong fingerprints', 'files outside the workspace', 'leftovers', 'misses without a reason', 'changes by a miss', 'damage that was not seen', 'damaged entries that stay', 'damage that does not heal', 'files of others that are gone', 'hits that are none', 'faults that were thrown', 'hangs'];
const folder = stagingFolder('corruption');
const scratch = mkdtempSync(join(tmpdir(), 'tollgate-corruption-'));
const totals = { cases: 0, cells: new Map(), endings: new Map(), faults: [], slowest: 0 };

try {
  await stageSources(folder, 'module');
  const range = values.case === undefined ? { from: 0, to: count } : { from: Number(values.case), to: Number(values.case) + 1 };
  console.log(`corruption: seed ${seed}, up to ${range.to - range.from} cases${seconds === Infinity ? '' : ` in at most ${seconds} s`}${values.case === undefined ? `, ${kills} kills` : ''}`);
  const started = performance.now();
  await runAll(range, started);
  const killed = values.case === undefined && values.only === undefined ? await killWhileWorking({ folder, scratch, seed, kills }) : undefined;
  for (const fault of killed?.faults ?? []) totals.faults.push(fault);
  report((performance.now() - started) / 1000, killed);
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(scratch, { recursive: true, force: true });
}

async function runAll({ from, to }, started) {
  let next = from;
  const take = () => (next >= to || (performance.now() - started) / 1000 > seconds ? undefined : { from: next, to: (next = Math.min(to, next + batch)) });
  await Promise.all(Array.from({ length: availableParallelism() }, async () => {
    for (let range = take(); range !== undefined; range = (await runWorker(range, take)) ?? take());
  }));
}

/** Answers what is left of the batch of a process that has hung or died. */
function runWorker(first, take) {
  return new Promise((resolve) => {
    const worker = fork(fileURLToPath(new URL('./worker.mjs', import.meta.url)), [JSON.stringify({ folder, scratch, seed, only: values.only })], { execArgv: [] });
    let range = first;
    let at = first.from;
    let timer;
    const give = () => {
      clearTimeout(timer);
      if (range === undefined) return worker.disconnect();
      timer = setTimeout(() => worker.kill('SIGKILL'), hangMs);
      worker.send(range);
    };
    worker.on('message', (message) => {
      if (message.kind === 'idle') {
        range = take();
        return give();
      }
      clearTimeout(timer);
      timer = setTimeout(() => worker.kill('SIGKILL'), hangMs);
      at = message.index;
      if (message.kind === 'end') countCase(message);
    });
    worker.on('exit', (code, signal) => {
      clearTimeout(timer);
      if (range === undefined) return resolve(undefined);
      totals.faults.push({ index: at, what: 'hangs', detail: signal ?? `exit ${code}` });
      resolve({ from: at + 1, to: range.to });
    });
    give();
  });
}

function countCase({ index, target, damage, did, ending, faults, ms }) {
  totals.cases += 1;
  totals.slowest = Math.max(totals.slowest, ms);
  const cell = `${target}\n${damage}`;
  totals.cells.set(cell, (totals.cells.get(cell) ?? 0) + 1);
  const line = `${cell}\n${ending}`;
  totals.endings.set(line, (totals.endings.get(line) ?? 0) + 1);
  for (const { what, detail } of faults) totals.faults.push({ index, what, detail: `${target}, ${damage} (${did}): ${detail}` });
}

function report(took, killed) {
  console.log(`\n${totals.cases} cases in ${took.toFixed(1)} s, the slowest ${totals.slowest.toFixed(0)} ms\n`);
  console.log('  target         damage       cases  came to');
  for (const { target: { name }, damage } of casesOf(values.only)) {
    const endings = [...totals.endings].filter(([line]) => line.startsWith(`${name}\n${damage}\n`)).sort().map(([line, times]) => `${line.split('\n')[2]} ${times}`);
    console.log(`  ${name.padEnd(14)} ${damage.padEnd(10)} ${String(totals.cells.get(`${name}\n${damage}`) ?? 0).padStart(7)}  ${endings.join(', ')}`);
  }
  if (killed !== undefined) for (const line of killed.lines) console.log(`  ${line}`);
  const cells = casesOf(values.only);
  const checks = promises.map((what) => [what, totals.faults.filter((fault) => fault.what === what).length]);
  console.log('');
  for (const [what, found] of checks) console.log(`  ${found === 0 ? 'ok  ' : 'FAIL'} ${what}: ${found}`);
  const isEven = values.case !== undefined || cells.every(({ target: { name }, damage }) => (totals.cells.get(`${name}\n${damage}`) ?? 0) > 0);
  console.log(`  ${isEven ? 'ok  ' : 'FAIL'} every class of damage on every target: ${totals.cells.size} of ${cells.length}`);
  for (const { index, what, detail } of totals.faults.slice(0, 20)) console.log(`\ncase ${index} (--seed ${seed} --case ${index}): ${what}: ${detail}`);
  if (!isEven || totals.faults.length > 0) process.exitCode = 1;
}
