// Mutated workflows: none may crash, hang or be refused without a place.
// `node test/fuzz/fuzz.mjs [--long] [--count n] [--seed n] [--seconds n] [--show index]`
// Short form: up to 60 s, every class of mutation; `--long`: 200,000 files.
import { fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { root, stageSources, stagingFolder } from '../../.ci/stage-sources.mjs';
import { makeFile, mutations } from './mutate.mjs';

const { values } = parseArgs({ options: { long: { type: 'boolean' }, count: { type: 'string' }, seed: { type: 'string' }, seconds: { type: 'string' }, show: { type: 'string' } } });
const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
const count = Number(values.count ?? (values.long ? 200_000 : 40_000));
const seconds = Number(values.seconds ?? (values.long || values.count ? Infinity : 50));
const batch = 200;
const folder = stagingFolder('fuzz');
const scratch = mkdtempSync(join(tmpdir(), 'tollgate-fuzz-'));
const corpus = gatherCorpus();
const totals = { files: 0, stages: new Map(), classes: new Map(), positions: 0, atOne: 0, codesAtOne: new Map(), slowest: 0, faults: [] };

try {
  if (values.show !== undefined) {
    process.stdout.write(makeFile(seed, Number(values.show), corpus).data);
  } else {
    await stageSources(folder, 'module');
    console.log(`fuzz: seed ${seed}, up to ${count} files from ${corpus.length} workflows${seconds === Infinity ? '' : `, at most ${seconds} s`}`);
    const started = performance.now();
    await runAll(started);
    report((performance.now() - started) / 1000);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(scratch, { recursive: true, force: true });
}

function gatherCorpus() {
  const folders = ['workflows-examples', 'test/conformance', 'test/fuzz/corpus'];
  return folders.flatMap((name) => {
    const files = readdirSync(join(root, name), { recursive: true, withFileTypes: true });
    return files.filter((file) => file.isFile() && /\.ya?ml$/u.test(file.name) && !file.name.startsWith('refused')).map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'));
  }).filter((text) => text.length > 40 && text.length < 20_000).sort();
}

async function runAll(started) {
  const corpusFile = join(scratch, 'corpus.json');
  writeFileSync(corpusFile, JSON.stringify(corpus));
  let next = 0;
  const take = () => {
    if (next >= count || (performance.now() - started) / 1000 > seconds) return undefined;
    const from = next;
    next = Math.min(count, next + batch);
    return { from, to: next };
  };
  await Promise.all(Array.from({ length: availableParallelism() }, () => workThrough(take, corpusFile)));
}

/** One process after the other: a crash costs its batch, which is then read file by file to name the one. */
async function workThrough(take, corpusFile) {
  const pending = [];
  for (let range = take(); range !== undefined || pending.length > 0; range = pending.shift() ?? take()) {
    if (range === undefined) range = pending.shift();
    const outcome = await runWorker(range, take, corpusFile);
    if (outcome === undefined) continue;
    if (outcome.to - outcome.from === 1) totals.faults.push({ index: outcome.from, fault: `the process died (${outcome.how})` });
    else for (let index = outcome.from; index < outcome.to; index++) pending.push({ from: index, to: index + 1 });
  }
}

function runWorker(first, take, corpusFile) {
  return new Promise((resolve) => {
    const worker = fork(fileURLToPath(new URL('./worker.mjs', import.meta.url)), [JSON.stringify({ folder, corpus: corpusFile, seed })], { execArgv: [] });
    let current = first;
    worker.on('message', ({ results }) => {
      results.forEach((result) => countFile(result));
      const single = current.to - current.from === 1;
      current = single ? undefined : take();
      if (current === undefined) worker.disconnect();
      else worker.send(current);
    });
    worker.on('exit', (code, signal) => resolve(current === undefined ? undefined : { ...current, how: signal ?? `exit ${code}` }));
    worker.send(first);
  });
}

function countFile({ name, stage, faults, positions, atOne, codesAtOne, ms, index }) {
  totals.files += 1;
  totals.stages.set(stage, (totals.stages.get(stage) ?? 0) + 1);
  const of = totals.classes.get(name) ?? { files: 0, planned: 0 };
  totals.classes.set(name, { files: of.files + 1, planned: of.planned + (stage === 'planned' ? 1 : 0) });
  totals.positions += positions;
  for (const code of codesAtOne) totals.codesAtOne.set(code, (totals.codesAtOne.get(code) ?? 0) + 1);
  totals.atOne += atOne;
  totals.slowest = Math.max(totals.slowest, ms);
  for (const fault of faults) totals.faults.push({ index, fault });
}

function report(took) {
  const share = (part, whole) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
  const stage = (name) => totals.stages.get(name) ?? 0;
  console.log(`\n${totals.files} files in ${took.toFixed(1)} s (${Math.round(totals.files / took)}/s), the slowest ${totals.slowest.toFixed(1)} ms\n`);
  for (const name of ['refused as text', 'refused as YAML', 'refused by the language', 'planned']) console.log(`  ${name.padEnd(24)} ${String(stage(name)).padStart(8)}  ${share(stage(name), totals.files)}`);
  console.log('\n  class of mutation                files   planned');
  for (const [name, of] of [...totals.classes].sort()) console.log(`  ${name.padEnd(28)} ${String(of.files).padStart(9)} ${share(of.planned, of.files).padStart(9)}`);
  const pastScan = totals.files - stage('refused as text');
  const schema = stage('refused by the language') + stage('planned');
  const checks = [
    ['past the pre-scan, at least 30 %', pastScan >= 0.3 * totals.files, share(pastScan, totals.files)],
    ['reach the schema, at least 10 %', schema >= 0.1 * totals.files, share(schema, totals.files)],
    ['planned, at least 5 %', stage('planned') >= 0.05 * totals.files, share(stage('planned'), totals.files)],
    ['positions at 1:1, at most 5 %', totals.atOne <= 0.05 * totals.positions, `${share(totals.atOne, totals.positions)} (${[...totals.codesAtOne].sort((a, b) => b[1] - a[1]).slice(0, 4).map(([code, times]) => `${code} ${times}`).join(', ')})`],
    ['every class of mutation', totals.classes.size === Object.keys(mutations).length, `${totals.classes.size} of ${Object.keys(mutations).length}`],
    ['no crash, no hang, every rejection with its place', totals.faults.length === 0, `${totals.faults.length} faults`],
  ];
  console.log('');
  for (const [what, holds, figure] of checks) console.log(`  ${holds ? 'ok  ' : 'FAIL'} ${what}: ${figure}`);
  for (const { index, fault } of totals.faults.slice(0, 20)) console.log(`\nfile ${index} (--seed ${seed} --show ${index}): ${fault}`);
  if (checks.some(([, holds]) => !holds)) process.exitCode = 1;
}
