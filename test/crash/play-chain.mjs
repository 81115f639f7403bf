import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, watch, writeFileSync } from 'node:fs';
import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestOf } from './workloads.mjs';

const preload = fileURLToPath(new URL('./mark-moments.mjs', import.meta.url));
const { PATH, HOME } = process.env;

/** A workspace for one workload, fresh or with all results kept. `tolerates`: messages that may be there though they tell of damage. */
export async function openCase(folder, workload, template) {
  mkdirSync(folder, { recursive: true });
  if (template === undefined) {
    const work = join(folder, 'work');
    mkdirSync(work);
    writeFileSync(join(work, 'workflow.yml'), workload.text);
    writeFileSync(join(work, 'source.txt'), 'source\n');
    writeFileSync(join(work, '.gitignore'), 'out/\n.tollgate/\n');
  } else await cp(template, folder, { recursive: true, verbatimSymlinks: true });
  return { folder, work: join(folder, 'work'), workload, acknowledged: new Map(), problems: [], decisions: [], tolerates: undefined };
}

/**
 * One process after the other goes on with the same run, each killed at some moment, until one comes to its end.
 * Answers the moments in which they died; what must not have happened lies in the case's `problems`.
 */
export async function playChain(given, { bin, random, user, mostKills, aims, onKill }) {
  for (let kills = 0; ; ) {
    const state = stateOf(given);
    if (state === 'ended') return await finish(given, undefined);
    if (given.workload.warm) await rm(join(given.work, 'out'), { recursive: true, force: true });
    const before = linesRan(given);
    const args = state === 'none' ? ['run', 'workflow.yml'] : chooseArgs(given, random);
    const kill = kills < mostKills ? chooseMoment(given, { random, aims }) : undefined;
    const end = await callKilled(given, { bin, args, kill, user });
    judge(given, end, { before, args });
    if (end.killed) {
      kills += 1;
      onKill(end.moment);
    } else if (end.code === 4 && given.workload.once !== undefined) continue;
    else return await finish(given, end);
    if (given.problems.length > 0) return undefined;
  }
}

/** Goes on with a run to its end, and kills nobody. */
export async function goOn(given, { bin, random, user }) {
  await playChain(given, { bin, random, user, mostKills: 0, aims: [], onKill: () => undefined });
}

/** How long each of them takes, at most and about. */
const momentMs = { save: 40, restore: 15, append: 2, between: 4, step: 15 };

/** Some time after something has begun for the nth time, or after the process has. */
function chooseMoment({ acknowledged, workload: { steps, warm } }, { random, aims }) {
  const moment = random.pick(aims);
  if (moment === 'start') return { moment, nth: 1, afterMs: random.next() * 150 };
  const left = warm ? steps : Math.max(1, steps - acknowledged.size);
  return { moment, nth: 1 + random.below(left), afterMs: random.next() * momentMs[moment] };
}

function chooseArgs(given, random) {
  const { undecided } = given;
  if (undecided === undefined) return ['resume'];
  // Somebody has looked: both answers have to do.
  given.undecided = undefined;
  if (random.chance(0.5)) return ['resume', '--mark-done', undecided, '--reason', 'it was looked at'];
  given.decisions.push(undecided);
  return ['resume', '--rerun', undecided];
}

/** Calls back some time after the file has said the moment for the nth time. */
function aimAt(file, { moment, nth, afterMs }, shoot) {
  let times = 0;
  let timer;
  const look = () => {
    if (timer !== undefined || readFileSync(file, 'latin1').trim() !== moment) return;
    times += 1;
    if (times >= nth) timer = afterMs < 1 ? setImmediate(shoot) : setTimeout(shoot, afterMs);
  };
  const watcher = watch(file, look);
  look();
  return {
    close: () => {
      watcher.close();
      clearTimeout(timer);
      clearImmediate(timer);
    },
  };
}

/**
 * A process, killed at some moment if at all. `before`: a command that starts it; `user`: the number of whoever calls it;
 * `mostMs`: with all that it has started, when it is still there by then.
 */
export function callKilled({ folder, work }, { bin, args, kill, user, mostMs, before = [] }) {
  const momentFile = join(folder, 'moment');
  if (kill !== undefined) writeFileSync(momentFile, 'start');
  return new Promise((resolve) => {
    const child = spawn(before[0] ?? process.execPath, [...before.slice(1), ...(before.length > 0 ? [process.execPath] : []), ...(kill === undefined ? [] : ['--import', preload]), bin, ...args], { cwd: work, env: { PATH, HOME, CRASH_MOMENT: momentFile }, stdio: ['ignore', 'pipe', 'pipe'], detached: mostMs !== undefined, ...(user === undefined ? {} : { uid: user, gid: user }) });
    let [out, err] = ['', ''];
    const aim = kill === undefined ? undefined : aimAt(momentFile, kill, () => child.kill('SIGKILL'));
    const late = mostMs === undefined ? undefined : setTimeout(() => process.kill(-child.pid, 'SIGKILL'), mostMs);
    child.stdout.setEncoding('utf8').on('data', (text) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (err += text));
    child.on('close', (code, signal) => {
      aim?.close();
      clearTimeout(late);
      const killed = signal === 'SIGKILL' || code === 137;
      resolve({ code, killed, out, err, moment: kill === undefined ? undefined : readFileSync(momentFile, 'latin1').trim() });
    });
  });
}

const tellsOfDamage = /TG34(?:02|08)|fault (?:in|of) [Tt]ollgate/u;
const tellsOfFault = /TG34(?:01|02|05|08|11)|fault (?:in|of) [Tt]ollgate|^error:/u;

/** What this process did, held against what those before it had acknowledged. `isDisturbed`: it may fail, and say so. */
export function judge(given, { code, killed, out, err }, { before, args, isDisturbed = false }) {
  const { acknowledged, workload, problems } = given;
  const called = args.join(' ');
  for (const [, name] of out.matchAll(/^▶ \S+ (\S+?(?:\[[^\]]*\])?) started$/gmu)) {
    if (acknowledged.has(name)) problems.push(`${called}: ${name} was acknowledged, and is run again`);
  }
  const now = linesRan(given);
  for (const name of acknowledged.keys()) if ((now[name] ?? 0) !== (before[name] ?? 0)) problems.push(`${called}: ${name} was acknowledged, and its command ran again`);
  for (const [, name] of out.matchAll(/^✔ \S+ (\S+?(?:\[[^\]]*\])?) succeeded in .*$/gmu)) acknowledged.set(name, now[name] ?? 0);
  for (const [name, times] of Object.entries(now)) {
    const allowed = 1 + given.decisions.filter((each) => each === name).length;
    if (workload.once?.test(name) && times > allowed) problems.push(`${called}: ${name} has its effect once, and was begun ${times} times where ${allowed} are allowed`);
  }
  if (code === 4) given.undecided = /^ {2}(\S+) has an effect that must happen once/mu.exec(err)?.[1];
  const torn = `${out}\n${err}`.split('\n').filter((line) => (isDisturbed ? tellsOfDamage : tellsOfFault).test(line) && given.tolerates?.test(line) !== true);
  if (torn.length > 0) problems.push(`${called}: ${torn.join(' · ')}`);
  if (!killed && !isDisturbed && code !== 0 && !(code === 4 && workload.once !== undefined)) problems.push(`${called}: ended with ${code}\n${out.slice(-1500)}${err.slice(-1500)}`);
}

/** The run has come to its end: everything is there, once, and nothing besides. */
async function finish(given, end) {
  const { work, workload, acknowledged, problems } = given;
  // Killed after its last record, it said nothing more.
  if (end !== undefined && !/^GO /mu.test(end.out)) problems.push('the run ended without a verdict');
  for (const [path, digest] of workload.outputs) {
    const found = await readFile(join(work, path)).catch(() => undefined);
    if (found === undefined || digestOf(found) !== digest) problems.push(found === undefined ? `${path} is missing` : `${path} is not what its step makes`);
  }
  if (acknowledged.size === 0) problems.push('nothing was acknowledged');
  // And it could clear up nothing.
  for (const path of end === undefined ? [] : leftovers(work)) problems.push(`${path} was left behind`);
  return undefined;
}

function leftovers(work) {
  return readdirSync(work, { recursive: true }).filter((path) => /\.tollgate-tmp-/u.test(path));
}

/** How far the journals say that the run has come. */
export function stateOf({ work }) {
  const runs = join(work, '.tollgate', 'runs');
  const texts = existsSync(runs) ? readdirSync(runs, { recursive: true }).filter((path) => path.endsWith('.ndjson')).map((path) => readFileSync(join(runs, path), 'utf8')) : [];
  const has = (kind) => texts.some((text) => text.includes(`{"kind":"${kind}"`));
  return texts.some((text) => text.includes('{"kind":"run-ended","status":"succeeded"')) ? 'ended' : has('run-started') ? 'begun' : 'none';
}

/** How often each step has begun. */
export function linesRan({ folder }) {
  const file = join(folder, 'ran.log');
  const counts = {};
  if (existsSync(file)) for (const line of readFileSync(file, 'utf8').split('\n').slice(0, -1)) counts[line] = (counts[line] ?? 0) + 1;
  return counts;
}
