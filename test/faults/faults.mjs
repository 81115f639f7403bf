// Disks that are full, break or may not be written, and too few descriptors: a clear word, nothing half-written, and a run
// that goes on once it is mended.
// `node test/faults/faults.mjs [--long] [--seed n] [--only calls|full|read-only|descriptors] [--list] [--bin bin/tollgate.js]`
// Short form: in a minute every error in every part of the work; `--long`: every error at every system call. `--list`: what
// each came to.
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, lchownSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { callsWorkload, findAims, isWakeUp, prepareCalls, requireStrace, traced } from '../crash/every-syscall.mjs';
import { openCase } from '../crash/play-chain.mjs';
import { workloads } from '../crash/workloads.mjs';
import { createRandom } from '../fuzz/random.mjs';
import { buildBundle } from '../rig/build-bundle.mjs';
import { disturb } from './disturb.mjs';

const { values } = parseArgs({ options: { long: { type: 'boolean' }, seed: { type: 'string' }, only: { type: 'string' }, list: { type: 'boolean' }, bin: { type: 'string' } } });
const seed = Number(values.seed ?? (values.long ? Date.now() % 1_000_000_000 : 20261121));
const random = createRandom(seed);
const sideBySide = Math.max(2, Math.floor(availableParallelism() / 2));
const scratch = mkdtempSync(join(tmpdir(), 'tollgate-faults-'));
const errors = ['EIO', 'ENOSPC', 'EROFS', 'EDQUOT'];
const offsets = [0, 1, -1, 2];
const failures = [];
const sections = { calls: failAtCalls, full: fillDisk, 'read-only': forbidWriting, descriptors: runOutOfDescriptors };
let endings;

try {
  const bin = buildBundle(scratch, values.bin);
  // Whoever is nobody has to read it, too.
  chmodSync(scratch, 0o755);
  console.log(`faults: seed ${seed}, ${values.long ? 'long' : 'short'} form`);
  let cases = 0;
  for (const [name, play] of Object.entries(sections)) {
    if (values.only !== undefined && values.only !== name) continue;
    const began = performance.now();
    endings = { stopped: 0, told: 0, unharmed: 0 };
    const note = await play(bin);
    const { stopped, told, unharmed } = endings;
    const sum = stopped + told + unharmed;
    cases += sum;
    console.log(`  ${name.padEnd(11)} ${String(sum).padStart(5)} faults: ${stopped} stopped the run, ${told} were told and passed over, ${unharmed} changed nothing${note ?? ''}; ${((performance.now() - began) / 1000).toFixed(1)} s`);
    // A fault that nobody feels shows nothing, and neither does one that nobody survives.
    if (stopped === 0 || stopped === sum) failures.push({ name, folder: scratch, problems: ['the faults do not meet what they are aimed at any more'] });
  }
  for (const { name, folder, problems } of failures) console.log(`\nFAIL ${name} (seed ${seed}), kept in ${folder}\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  console.log(failures.length === 0 ? `\nok: ${cases} faults, each with a clear word, 0 half-written, every run gone on with` : `\n${failures.length} failed`);
  if (failures.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  if (failures.length === 0) rmSync(scratch, { recursive: true, force: true });
}

/**
 * Each call of a save, an append and a restore fails, once or from then on; writes once, for Node itself gives up where its
 * threads cannot wake each other.
 */
async function failAtCalls(bin) {
  requireStrace('faults', 'calls that fail');
  const templates = await prepareCalls(bin, scratch);
  const found = [];
  for (const [name, template] of Object.entries(templates)) found.push(...(await findAims(name, { bin, scratch, template })).filter(({ isReachable }) => isReachable));
  const all = found.flatMap((aim) => (aim.call === 'write' ? [''] : ['', '+']).flatMap((from) => [...errors, ...(aim.call === 'openat' ? ['EMFILE', 'EACCES'] : [])].map((error) => ({ ...aim, from, error }))));
  const chosen = values.long ? all : oneOfEach(all, ({ part, error, from }) => `${part} ${error} ${from}`);
  let [next, met] = [0, 0];
  await Promise.all(Array.from({ length: sideBySide }, async () => {
    for (let index = next++; index < chosen.length; index = next++) {
      const { template, part, call, nth, from, error, line, whole } = chosen[index];
      // How many calls come before it is not the same each time: what is met is judged, whatever it is, and then it is aimed again.
      for (let turn = 0, isMet = false; turn < offsets.length && !isMet; turn++) {
        const when = Math.max(1, nth + offsets[turn]);
        const folder = join(scratch, `call-${index}-${turn}`);
        const trace = join(folder, 'trace');
        const injected = () => readInjected(readFileSync(trace, 'utf8').split('\n'));
        let first;
        await play(`${part}: ${error} at call ${when}${from} of ${call} (${line})`, await openCase(folder, callsWorkload, templates[template]), {
          bin, before: traced(trace, `inject=${call}:error=${error}:when=${when}${from}`),
          isVoid: () => {
            [first] = injected();
            return first === undefined || injected().some(isWakeUp);
          },
          hasHidden: () => injected().some((each) => each.includes('source.txt')),
        });
        isMet = first !== undefined && formOf(first) === formOf(whole);
        if (isMet) met += 1;
      }
    }
  }));
  if (met < chosen.length * 0.75) failures.push({ name: 'calls', folder: scratch, problems: [`of ${chosen.length} calls only ${met} were met`] });
  return `, ${met} of ${chosen.length} met`;
}

/** The state on a file system of its own, from one that takes nothing to one that takes all. */
async function fillDisk(bin) {
  requireMount();
  const sizes = [4, 16, 24, 28, 32, 36, 40, 48, 64, 96, 160, 256, 400, 1200];
  for (const [name, workload] of [['calls', callsWorkload], ['mixed', workloads.mixed]]) {
    for (const size of values.long ? Array.from({ length: 60 }, (_, index) => 4 + index * 4).concat(256, 400, 1200, 1600) : sizes.filter((_, index) => index % 2 === (name === 'calls' ? 0 : 1))) {
      const given = await openCase(join(scratch, `full-${name}-${size}`), workload);
      await onTmpfs(`size=${size}k,mode=700`, given, { name: `${name} with ${size} kB for its state`, bin, remount: 'size=64m' });
    }
  }
}

async function forbidWriting(bin) {
  requireMount();
  const mounted = await openCase(join(scratch, 'read-only'), callsWorkload);
  await onTmpfs('ro', mounted, { name: 'the state is on a file system that may only be read', bin, remount: 'rw' });
  // For root no mode forbids anything, and who owns a folder may change its mode.
  const nobody = 65_534;
  const at = (...paths) => paths.map((path) => join('.tollgate', path));
  const folders = {
    'the state may not be written': ['empty', at('')],
    'no run can be made': ['kept', at('runs')],
    'nobody can have a turn': ['empty', at('leases')],
    'no result can be kept': ['empty', at('store')],
    'no content can be kept': ['empty', at('store/blobs')],
    'no result can be noted as used': ['kept', at('store/results', 'store/tmp')],
    'nothing can be noted of files': ['kept', at('index', 'keys')],
    'no plan can be kept': ['empty', at('plans')],
    'the place of a result may not be written': ['kept', ['', 'out']],
  };
  const templates = await prepareCalls(bin, join(scratch, 'modes'));
  for (const [name, [template, paths]] of Object.entries(folders)) {
    const given = await openCase(join(scratch, name.replaceAll(' ', '-')), callsWorkload, templates[template]);
    const forbidden = paths.map((path) => join(given.work, path));
    for (const path of forbidden) mkdirSync(path, { recursive: true });
    giveTo(nobody, given.folder);
    for (const path of forbidden) {
      chownSync(path, 0, 0);
      chmodSync(path, 0o755);
    }
    await play(name, given, { bin, user: nobody, mend: () => forbidden.forEach((path) => chownSync(path, nobody, nobody)) });
  }
}

/** From so few that Node alone just starts to enough for all. */
async function runOutOfDescriptors(bin) {
  const counts = Array.from({ length: values.long ? 60 : 16 }, (_, index) => (values.long ? 18 + index : 18 + Math.floor(index * 1.5)));
  for (const count of counts) await play(`${count} descriptors`, await openCase(join(scratch, `descriptors-${count}`), workloads.mixed), { bin, before: ['sh', '-c', `ulimit -n ${count}; exec "$@"`, 'sh'] });
}

/** The calls that were made to fail; where another thread came in between, as they began. */
function readInjected(lines) {
  return lines.flatMap((line, index) => {
    if (!line.includes('(INJECTED)')) return [];
    const [, thread] = /^(\d+) +<\.\.\. /u.exec(line) ?? [];
    return [thread === undefined ? line : lines.slice(0, index).findLast((each) => each.startsWith(`${thread} `) && each.includes('<unfinished'))];
  });
}

/** A call without what is another in each run: numbers, chance, and what came of it. */
function formOf(line) {
  return line.replace(/^\d+ +/u, '').replace(/\)? +(?:= [-\d?].*|<unfinished.*)$/u, '').replaceAll(/"\/\S*?\/work(?=[/"])/gu, '"').replaceAll(/[0-9a-f]{8,}(?:-[0-9a-f]+)*|\d+/gu, '#');
}

async function play(name, given, { release = () => undefined, ...fault }) {
  const { said, ending } = await disturb(given, { random, ...fault }).finally(release);
  if (ending === 'void') return await rm(given.folder, { recursive: true, force: true });
  endings[ending] += 1;
  if (values.list) console.log(`    ${ending.padEnd(8)} ${name}\n${said.split('\n').filter((line) => /TG\d{4}|^error|^ +→|^ {7}\w/u.test(line)).map((line) => `               ${line}\n`).join('')}`);
  if (given.problems.length > 0) failures.push({ name, folder: given.folder, problems: given.problems });
  else await rm(given.folder, { recursive: true, force: true });
}

async function onTmpfs(options, given, { name, bin, remount }) {
  const state = join(given.work, '.tollgate');
  mkdirSync(state);
  mount(['-t', 'tmpfs', '-o', options, 'tmpfs', state]);
  await play(name, given, { bin, mend: () => mount(['-o', `remount,${remount}`, state]), release: () => unmount(state) });
}

/** By chance one of each class. */
function oneOfEach(list, classOf) {
  const classes = new Map();
  for (const each of list) classes.set(classOf(each), [...(classes.get(classOf(each)) ?? []), each]);
  return [...classes.values()].map((each) => random.pick(each));
}

function mount(args) {
  const { status, stderr } = spawnSync('mount', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`mount ${args.join(' ')}: ${stderr}`);
}

function unmount(folder) {
  spawnSync('umount', ['--lazy', folder]);
}

function requireMount() {
  const place = mkdtempSync(join(scratch, 'power-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', place]);
  unmount(place);
  if (status !== 0) throw new Error('faults: disks that are full or read-only need the power to mount a file system and to be another user: run it as root, on Linux');
}

function giveTo(user, folder) {
  for (const path of ['', ...readdirSync(folder, { recursive: true })]) lchownSync(join(folder, path), user, user);
}
