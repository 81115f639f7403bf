// What is left of processes when they are stopped, and what is lost of their output: nothing.
// `node test/processes/processes.mjs [--long] [--seed n] [--trees n] [--megabytes n] [--only class] [--show index]`
// Short form: every class at least once in under 60 s; `--long`: 1,000 trees and 5 GB.
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { stageSources, stagingFolder } from '../../.ci/stage-sources.mjs';
import { startAsRunner } from '../rig/fake-runner.mjs';
import { countedBlocks } from './counted-blocks.mjs';
import { findToken } from './find-token.mjs';
import { deeds, endings, makeTree, ways } from './make-tree.mjs';

const { values } = parseArgs({ options: { long: { type: 'boolean' }, seed: { type: 'string' }, trees: { type: 'string' }, megabytes: { type: 'string' }, only: { type: 'string' }, show: { type: 'string' } } });
const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
const treeCount = Number(values.trees ?? (values.long ? 1000 : 60));
const megabytes = Number(values.megabytes ?? (values.long ? 5000 : 300));
const sideBySide = 4;
const mostMemory = 250 * 1_000_000;
const folder = stagingFolder('processes');
const scratch = mkdtempSync(join(tmpdir(), 'tollgate-processes-'));
const env = { PATH: '/usr/bin:/bin' };
const checks = [];
const check = (what, holds, figure) => checks.push({ what, holds, figure });
const classes = { trees: stopTrees, output: pourOutput, held: holdOutput, ladder: climbLadder };

try {
  if (values.show !== undefined) console.log(describeTree(makeTree(seed, Number(values.show))));
  else if (!existsSync('/proc/self/environ')) {
    console.error('processes: this suite reads /proc, which only Linux has; run it on Linux.');
    process.exitCode = 1;
  } else await runAll();
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(scratch, { recursive: true, force: true });
}

async function runAll() {
  await stageSources(folder, 'module');
  const { createProcessRunner } = await import(pathToFileURL(join(folder, 'adapters/local/processes/process-runner.js')).href);
  console.log(`processes: seed ${seed}, ${treeCount} trees, ${megabytes} MB`);
  for (const [name, run] of Object.entries(classes)) {
    if (values.only !== undefined && values.only !== name) continue;
    const started = performance.now();
    await run(createProcessRunner);
    console.log(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
  for (const { what, holds, figure } of checks) console.log(`  ${holds ? 'ok  ' : 'FAIL'} ${what}: ${figure}`);
  const failed = checks.filter(({ holds }) => !holds).length;
  console.log(`\n${checks.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

/** Trees of all sorts; a second after each was ended nobody of it is there, and who has nothing to do with it still is. */
async function stopTrees(createProcessRunner) {
  const bystander = spawn('/bin/sleep', ['36000'], { env: { ...env, TOLLGATE_MARK: `other/${process.pid}` }, detached: true, stdio: 'ignore' });
  const runner = createProcessRunner();
  const totals = { processes: 0, grown: 0, atOnce: 0, slowest: 0, seen: new Set(), left: [] };
  let next = 0;
  const workThrough = async () => {
    while (next < treeCount) await stopTree(runner, createProcessRunner, next++, totals);
  };
  await Promise.all(Array.from({ length: sideBySide }, workThrough));
  const missing = [...ways, ...deeds, ...endings, 'ignores signals', 'holds the output', 'stopped while it grows'].filter((each) => !totals.seen.has(each));
  check('descendants a second after the end', totals.left.length === 0, `${totals.left.length} of ${totals.processes} processes in ${treeCount} trees (${totals.grown} had begun; ${totals.atOnce} lived at the very end of stopping; slowest stop ${Math.round(totals.slowest)} ms)`);
  check('every kind of process', missing.length === 0, missing.length === 0 ? 'all there' : `none ${missing.join(', ')}`);
  check('one that is not ours lives', bystander.exitCode === null && bystander.signalCode === null, bystander.signalCode ?? 'it does');
  bystander.kill('SIGKILL');
  for (const each of totals.left.slice(0, 20)) console.log(`left over: ${each}`);
}

async function stopTree(runner, createProcessRunner, index, totals) {
  const tree = makeTree(seed, index);
  const token = `token-${process.pid}-${seed}-${index}-end`;
  const signs = join(scratch, `tree-${index}`);
  mkdirSync(signs);
  writeFileSync(join(signs, 'tree.sh'), tree.script);
  const mark = `tree-${process.pid}-${index}/`;
  const running = runner.start({ file: '/bin/bash', args: [join(signs, 'tree.sh'), '0', token, signs], env: { ...env, TREE_TOKEN: token }, folder: signs, mark }, () => {});
  if (tree.stopAfterMs === undefined) await untilGrown(signs, tree.nodes.length);
  else await after(tree.stopAfterMs);
  totals.grown += countSigns(signs);
  const began = performance.now();
  const order = { signal: tree.ending === 'stop with SIGINT' ? 'SIGINT' : 'SIGTERM', killAfterMs: tree.killAfterMs };
  // Whoever knows it by the mark alone cannot see those who cleared it once nobody they come from lives.
  const byMark = tree.ending === 'a second runner by the mark' && !tree.nodes.some(({ way }) => way === 'environment cleared');
  const stopping = byMark ? createProcessRunner().endMarked(mark, order) : tree.ending === 'a second runner by the mark' ? runner.endMarked(mark, order) : running.stop(order);
  await Promise.race([stopping, after(20_000)]);
  totals.slowest = Math.max(totals.slowest, performance.now() - began);
  totals.atOnce += findToken(token).length;
  const { kind } = await Promise.race([running.ended, after(5000, { kind: 'still running' })]);
  await after(1000);
  const left = findToken(token);
  for (const each of left) {
    totals.left.push(`${each} (--seed ${seed} --show ${index})`);
    process.kill(Number(each.split(' ')[0]), 'SIGKILL');
  }
  if (kind === 'not-started' || kind === 'still running') totals.left.push(`tree ${index}: ${kind}`);
  totals.processes += tree.nodes.length;
  for (const node of tree.nodes) for (const each of [node.way, node.deed]) totals.seen.add(each);
  for (const [what, holds] of [[tree.ending, tree.ending !== endings[2] || byMark], ['ignores signals', tree.nodes.some(({ ignores }) => ignores)], ['holds the output', tree.nodes.some(({ holds }) => holds)], ['stopped while it grows', tree.stopAfterMs !== undefined]]) if (holds) totals.seen.add(what);
  rmSync(signs, { recursive: true, force: true });
}

async function untilGrown(signs, count) {
  const deadline = performance.now() + 10_000;
  while (countSigns(signs) < count && performance.now() < deadline) await after(5);
}

function countSigns(signs) {
  return readdirSync(signs).filter((name) => name.startsWith('up.')).length;
}

function describeTree(tree) {
  const lines = tree.nodes.map(({ id, way, deed, depth, ignores, holds }) => `${'  '.repeat(depth)}${id} ${way}, ${deed}${ignores ? ', ignores signals' : ''}${holds ? ', holds the output' : ''}`);
  return `${lines.join('\n')}\n${tree.ending}, ${tree.stopAfterMs === undefined ? 'when it has grown' : `after ${tree.stopAfterMs} ms`}, SIGKILL after ${tree.killAfterMs} ms\n\n${tree.script}`;
}

/** Output at full speed into a file: all of it, in order, and never more than a piece of it in memory. */
async function pourOutput() {
  const bytes = megabytes * 1_000_000;
  const file = join(scratch, 'output.log');
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(new URL('./pour-output.mjs', import.meta.url)), folder, file, String(bytes)], { env });
  const { end, count, ms, maxRss } = JSON.parse(stdout);
  const wanted = createHash('sha256');
  for (const block of countedBlocks(bytes)) wanted.update(block);
  const found = createHash('sha256');
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 })) found.update(piece);
  rmSync(file);
  const same = wanted.digest('hex') === found.digest('hex');
  check('nothing of the output is lost', same && count === bytes && end.kind === 'exited' && end.code === 0, `${count} of ${bytes} bytes, ${same ? 'the same' : 'ANOTHER'} hash, ${Math.round(bytes / 1000 / ms)} MB/s`);
  check(`memory below ${mostMemory / 1_000_000} MB`, maxRss < mostMemory, `${Math.round(maxRss / 1_000_000)} MB at most`);
}

/** Somebody who outlives the step holds its output: the step is over in time, and has all it wrote. */
async function holdOutput(createProcessRunner) {
  const runner = createProcessRunner();
  const holders = { 'a child': 'sleep 300 &', 'a session of its own': 'setsid sleep 300 &', 'a double fork': '(setsid sleep 300 &);', 'one that clears its environment': 'env -i /bin/sleep 300 &', 'one that writes now and then': '(while :; do echo; sleep 0.02; done) &', 'one that never stops writing': 'yes &' };
  const late = [];
  let slowest = 0;
  let cases = 0;
  for (const [name, script] of Object.entries(holders)) {
    for (const size of [0, 1000, 1_000_000]) {
      const mark = `held-${process.pid}-${cases++}/`;
      const word = `last-word-${size}`;
      let tail = '';
      let zeros = 0;
      const running = runner.start({ file: '/bin/sh', args: ['-c', `${script} head -c ${size} /dev/zero; echo ${word} >&2; exit 5`], env, folder: scratch, mark }, (stream, piece) => {
        if (stream === 'stderr') tail += Buffer.from(piece).toString('latin1');
        else for (let at = piece.indexOf(0); at !== -1 && at < piece.length; at++) zeros += piece[at] === 0 ? 1 : 0;
      });
      const began = performance.now();
      const end = await Promise.race([running.ended, after(3000, { kind: 'held for three seconds' })]);
      const took = performance.now() - began;
      slowest = Math.max(slowest, took);
      const holds = end.kind === 'exited' && end.code === 5 && end.outputHeld && tail.includes(word) && zeros === size && took < 2000;
      if (!holds) late.push(`${name}, ${size} bytes: ${JSON.stringify(end)}, ${zeros} bytes, ${Math.round(took)} ms`);
      await runner.endMarked(mark, { signal: 'SIGTERM', killAfterMs: 0 });
    }
  }
  check('held output holds nobody, and all of it is there', late.length === 0, late.length === 0 ? `${cases} cases, the slowest ${Math.round(slowest)} ms` : late.join('; '));
}

/** The rig itself: the ladder by which the runner of GitHub cancels, in its real time. */
async function climbLadder() {
  const script = (...signals) => `${signals.map((signal) => `process.on('${signal}', () => {});`).join('')} setInterval(() => {}, 1000); console.log('ready');`;
  const climb = async (signals) => {
    const step = startAsRunner({ file: process.execPath, args: ['-e', script(...signals)], env });
    await step.says('ready');
    step.cancel();
    return step.ended;
  };
  const [term, kill] = await Promise.all([climb(['SIGINT']), climb(['SIGINT', 'SIGTERM'])]);
  const isAbout = (ms, wanted) => ms >= wanted - 1 && ms < wanted + 1500;
  check('the ladder of a cancel', term.signal === 'SIGTERM' && isAbout(term.msFromCancelToExit, 7500) && kill.signal === 'SIGKILL' && isAbout(kill.msFromCancelToExit, 10_000), [term, kill].map(({ signal, msFromCancelToExit }) => `${signal} after ${Math.round(msFromCancelToExit)} ms`).join(', '));
}
