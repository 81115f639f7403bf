// Faults of GitHub's services, each at each call: the run's result is that of its steps, soon, and nothing is done twice.
// `node test/github-faults/github-faults.mjs [--long] [--seed n] [--only word[,word]] [--list] [--bin bin/tollgate.js]`
// Short form: in a minute each fault and each call at least once; `--long`: all of them, before and after the service has
// acted, at the first call and at every one. `--only`: cells that have all the words. `--list`: what each came to. SIGINT ends it after the cells that are going on.
import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmulator } from '../emulator/emulator.mjs';
import { createRandom } from '../fuzz/random.mjs';
import { buildBundle } from '../rig/build-bundle.mjs';
import { chooseCells, isWrite, listCells } from './cells.mjs';
import { judgeFault, judgeJob, readWarnings } from './judge.mjs';
import { createRepository } from './play-job.mjs';
import { scenes } from './scenes.mjs';

const { values } = parseArgs({ options: { long: { type: 'boolean' }, seed: { type: 'string' }, only: { type: 'string' }, list: { type: 'boolean' }, bin: { type: 'string' } } });
const seed = Number(values.seed ?? (values.long ? Date.now() % 1_000_000_000 : 20261121));
const random = createRandom(seed);
const scratch = mkdtempSync(join(tmpdir(), 'tollgate-github-faults-'));
const failures = [];
const rows = new Map();
let played = 0;
let isOver = false;
process.once('SIGINT', () => { isOver = true; });

try {
  const bin = buildBundle(scratch, values.bin);
  const { cells, left } = listCells();
  const words = values.only?.split(',') ?? [];
  const wanted = cells.filter((cell) => words.every((word) => Object.values(cell).includes(word)));
  const chosen = values.long || words.length > 0 ? shuffle(wanted) : chooseCells(wanted, random);
  console.log(`github-faults: seed ${seed}, ${values.long ? 'long' : 'short'} form, ${chosen.length} of ${cells.length} cells`);
  const began = performance.now();
  const prepared = await prepare(bin);
  // What waits needs no processor.
  const play = async (cell) => await playCell(cell, { bin, prepared });
  await Promise.all([playAll(chosen.filter(({ isWaiting }) => isWaiting), 6, play), playAll(chosen.filter(({ isWaiting }) => !isWaiting), availableParallelism(), play)]);
  report(performance.now() - began, left);
} finally {
  if (failures.length === 0) rmSync(scratch, { recursive: true, force: true });
}

/** So many at once, until it is over. */
async function playAll(list, count, play) {
  let at = 0;
  await Promise.all(Array.from({ length: Math.min(count, list.length) }, async () => {
    while (!isOver && at < list.length) await play(list[at++]);
  }));
}

/** Whoever ends it early has met some of everything. */
function shuffle(list) {
  return list.map((each) => ({ each, at: random.next() })).sort((a, b) => a.at - b.at).map(({ each }) => each);
}

/** What GitHub has before the job of each scene, and the job without faults: it has to end right, and shows how long it takes. */
async function prepare(bin) {
  const prepared = {};
  const prepareScene = async ([name, scene]) => {
    const folder = join(scratch, name.replaceAll(' ', '-'));
    const github = await openGithub(scene);
    const { play } = createRepository({ folder, bin, github, files: scene.files });
    await scene.before(play, github);
    const kept = { entries: github.entries(), artifacts: github.artifacts(), comments: github.comments() };
    await github.close();
    const control = await playScene(scene, { folder: join(folder, 'control'), bin, kept });
    const problems = judgeJob(control.end, { ...scene, may: [], refusal: undefined }).concat(readWarnings(control.end).map((text) => `warned: ${text}`), control.github.violations().map(({ call, reason }) => `${call}: ${reason}`));
    if (problems.length > 0) throw new Error(`the scene '${name}' does not end right without a fault:\n${problems.join('\n')}\n${control.end.main.output}`);
    await control.github.close();
    prepared[name] = { kept, controlMs: control.end.ms };
  };
  await playAll(Object.entries(scenes), availableParallelism(), prepareScene);
  return prepared;
}

async function openGithub({ pull }) {
  const github = await startEmulator();
  if (pull !== undefined) github.plantPull(pull);
  return github;
}

/** Services as they were before, and the job. */
async function playScene(scene, { folder, bin, kept, set = () => undefined }) {
  const github = await openGithub(scene);
  for (const { key, version, bytes, scope, createdAt } of kept.entries) github.plant({ key, version, bytes, ref: scope, createdAt });
  for (const { runId, attempt, name, bytes, createdAt, digest, mimeType } of kept.artifacts) github.plantArtifact({ runId, attempt, name, bytes, createdAt, digest, mimeType });
  for (const { issue, body, user } of kept.comments) github.plantComment({ issue, body, user });
  const fault = set(github);
  const { play } = createRepository({ folder, bin, github, files: scene.files });
  const end = await play(scene.job, { inputs: scene.inputs, files: scene.more, event: scene.event });
  return { github, fault, end, play };
}

async function playCell(cell, { bin, prepared }) {
  const { call, fault, moment, extent } = cell;
  const scene = scenes[cell.scene];
  const { kept, controlMs } = prepared[cell.scene];
  played += 1;
  const folder = join(scratch, `cell-${played}`);
  const played1 = await playScene(scene, { folder, bin, kept, set: (github) => github.fault({ call, fault, moment, ...(extent === 'first' ? { times: 1 } : {}) }) });
  const { github, end } = played1;
  const problems = [...judgeJob(end, scene), ...judgeFault(end, { cell, fault: played1.fault, github, controlMs })];
  const { hits } = played1.fault;
  // What could only not be read is as it was.
  if (scene.after !== undefined && (values.long || isWrite(call))) {
    github.clearFaults();
    const next = await played1.play(scene.after.job, { files: { ...scene.more, ...scene.after.files } });
    problems.push(...judgeJob(next, scene.after).map((problem) => `in the next job, without faults: ${problem}`));
    if (problems.length > 0) problems.push(`the next job said:\n${withoutMasks(next.main.output)}`);
  }
  await github.close();
  const name = `${fault} ${moment} ${call} did its work, at ${extent === 'first' ? 'the first' : 'every'} call (${cell.scene})`;
  const warnings = readWarnings(end);
  note(cell, { hits, addedMs: end.ms - controlMs, warnings: warnings.length });
  if (values.list) console.log(`    ${problems.length === 0 ? 'ok  ' : 'FAIL'} ${String(hits).padStart(2)} hits ${((end.ms - controlMs) / 1000).toFixed(1).padStart(5)} s  ${name}${warnings.map((text) => `\n           ${text.slice(0, 160)}`).join('')}`);
  if (problems.length === 0) return await rm(folder, { recursive: true, force: true });
  failures.push({ name, folder, problems: [...problems, `it said:\n${withoutMasks(end.main.output + end.post.output)}`] });
}

function note({ call, fault }, { hits, addedMs, warnings }) {
  for (const name of [call, fault]) {
    const row = rows.get(name) ?? { cells: 0, hits: 0, slowest: 0, warnings: 0 };
    rows.set(name, { cells: row.cells + 1, hits: row.hits + hits, slowest: Math.max(row.slowest, addedMs), warnings: Math.max(row.warnings, warnings) });
  }
}

function withoutMasks(output) {
  return output.split('\n').filter((line) => !line.startsWith('::add-mask::')).join('\n');
}

function report(ms, left) {
  console.log(`\n  ${'call or fault'.padEnd(28)} cells   hits   at most added   at most warnings`);
  for (const [name, { cells, hits, slowest, warnings }] of [...rows].sort(([a], [b]) => Number(b.includes('.')) - Number(a.includes('.')) || (a < b ? -1 : 1))) {
    console.log(`  ${name.padEnd(28)} ${String(cells).padStart(5)}  ${String(hits).padStart(5)}  ${(slowest / 1000).toFixed(1).padStart(12)} s  ${String(warnings).padStart(17)}`);
  }
  console.log('\n  not played:');
  for (const [reason, count] of left) console.log(`  ${String(count).padStart(6)}  ${reason}`);
  for (const { name, folder, problems } of failures) console.log(`\nFAIL ${name} (seed ${seed}), kept in ${folder}\n${problems.map((problem) => `  ${problem.replaceAll('\n', '\n    ')}`).join('\n')}`);
  console.log(failures.length === 0 ? `\nok: ${played} cells, each met its fault, each ended as its steps did, nothing done twice; ${(ms / 1000).toFixed(1)} s` : `\n${failures.length} of ${played} failed; ${(ms / 1000).toFixed(1)} s`);
  if (failures.length > 0) process.exitCode = 1;
}
