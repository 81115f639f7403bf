import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { stageSources, stagingFolder } from '../../../../.ci/stage-sources.mjs';
import { createLeases } from './create-leases.js';
import { thisWorld } from './lease-world.js';
import { readStartTime } from './read-start-time.js';

const staged = stagingFolder('leases');
const scratch = mkdtempSync(join(tmpdir(), 'tollgate-leases-'));
const children = new Set<ChildProcess>();

beforeAll(() => stageSources(staged, 'module'));
afterEach(() => children.forEach((child) => child.kill('SIGKILL')));
afterAll(() => {
  for (const folder of [staged, scratch]) rmSync(folder, { recursive: true, force: true });
});

interface Claimant {
  /** As it sees itself. */
  readonly pid: number;
  readonly ask: (command: 'claim' | 'isHeld' | 'successor' | 'release' | 'startTimeOf', given?: Readonly<Record<string, unknown>>) => Promise<unknown>;
  readonly send: (signal: NodeJS.Signals) => void;
  /** Killed, and gone. */
  readonly kill: () => Promise<void>;
}

/** `inside`: a command that starts the rest of its arguments somewhere else. */
async function startClaimant(folder: string, inside: readonly string[] = []): Promise<Claimant> {
  const [command, ...args] = [...inside, process.execPath, join('test', 'rig', 'lease-process.mjs'), staged, folder];
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], env: { PATH: process.env.PATH } });
  children.add(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async (): Promise<unknown> => {
    const line = await lines.next();
    if (line.done === true) throw new Error('the claimant has ended without an answer');
    return JSON.parse(line.value) as unknown;
  };
  const pid = Number(await read());
  return {
    pid,
    ask: (what, given = {}) => {
      child.stdin.write(`${JSON.stringify({ command: what, ...given })}\n`);
      return read();
    },
    send: (signal) => void child.kill(signal),
    kill: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const newFolder = (): string => mkdtempSync(join(scratch, 'case-'));
const name = 'deploy of this workspace';

test('a second one is told who has it, and gets it after the release', async () => {
  const folder = newFolder();
  const [one, other] = [await startClaimant(folder), await startClaimant(folder)];
  expect(await one.ask('claim', { name })).toEqual({ kind: 'held', epoch: 1 });
  const busy = { kind: 'busy', owner: { pid: one.pid, host: hostname(), note: `of ${one.pid}`, life: 'alive', since: expect.any(Number) as number, lastSeen: expect.any(Number) as number } };
  for (const takeOver of [false, true]) expect(await other.ask('claim', { name, takeOver })).toEqual(busy);
  expect(await other.ask('claim', { name: 'something else' })).toEqual({ kind: 'held', epoch: 1 });
  expect(await one.ask('isHeld')).toBe(true);
  await one.ask('release');
  expect(await other.ask('claim', { name })).toEqual({ kind: 'held', epoch: 2 });
  expect(await one.ask('isHeld')).toBe(false);
});

test('a stopped owner is not robbed', async () => {
  const folder = newFolder();
  const [owner, other] = [await startClaimant(folder), await startClaimant(folder)];
  await owner.ask('claim', { name });
  owner.send('SIGSTOP');
  for (const takeOver of [false, true]) expect(await other.ask('claim', { name, takeOver })).toMatchObject({ kind: 'busy', owner: { life: 'alive' } });
  owner.send('SIGCONT');
  expect(await owner.ask('isHeld')).toBe(true);
});

test('a killed owner is succeeded at once', async () => {
  const folder = newFolder();
  const [owner, other] = [await startClaimant(folder), await startClaimant(folder)];
  await owner.ask('claim', { name });
  await owner.kill();
  expect(await other.ask('claim', { name })).toEqual({ kind: 'held', epoch: 2 });
});

test('of twenty who claim from a dead owner exactly one succeeds, again and again', async () => {
  const folder = newFolder();
  const all = await Promise.all(Array.from({ length: 20 }, () => startClaimant(folder)));
  let owner: Claimant | undefined;
  for (let round = 1; round <= 6; round++) {
    const rest = all.filter((each) => each !== owner);
    all.splice(0, all.length, ...rest);
    await owner?.kill();
    const claims = await Promise.all(rest.map((each) => each.ask('claim', { name })));
    const winners = rest.filter((_, index) => (claims[index] as { kind: string }).kind === 'held');
    expect(winners).toHaveLength(1);
    [owner] = winners;
    expect(claims.filter((_, index) => rest[index] !== owner)).toEqual(rest.slice(1).map(() => expect.objectContaining({ kind: 'busy', owner: expect.objectContaining({ pid: owner?.pid }) as object }) as object));
    expect(claims[rest.indexOf(owner!)]).toEqual({ kind: 'held', epoch: round });
  }
}, 60_000);

/** How this user may make a pid namespace. */
function findUnshare(): readonly string[] {
  const ways = [['unshare', '-p', '-f', '--kill-child'], ['unshare', '-r', '-p', '-f', '--kill-child']];
  const way = ways.find(([command = '', ...args]) => spawnSync(command, [...args, 'true']).status === 0);
  if (way === undefined) throw new Error('this test needs the power to make a pid namespace: run it on Linux as root, or where user namespaces are allowed');
  return way;
}

test('an owner in another pid namespace is succeeded after 60 s of silence, or when a person says so; and then it knows', async () => {
  const folder = newFolder();
  const owner = await startClaimant(folder, findUnshare());
  expect(owner.pid).toBeLessThan(10);
  await owner.ask('claim', { name });
  const wish = { note: '', takeOver: false };
  expect(createLeases(folder).claim(name, wish)).toMatchObject({ kind: 'busy', owner: { pid: owner.pid, life: 'unknown' } });
  const after = (milliseconds: number): ReturnType<typeof createLeases> => createLeases(folder, { ...thisWorld, now: () => Date.now() + milliseconds });
  expect(after(50_000).claim(name, wish).kind).toBe('busy');
  expect(await owner.ask('isHeld')).toBe(true);
  expect(after(61_000).claim(name, wish)).toMatchObject({ kind: 'held', lease: { epoch: 2 } });
  expect(await owner.ask('isHeld')).toBe(false);
  expect(await owner.ask('successor')).toMatchObject({ pid: process.pid, life: 'unknown' });

  const another = await startClaimant(folder, findUnshare());
  await another.ask('claim', { name: 'b' });
  expect(createLeases(folder).claim('b', { note: '', takeOver: true })).toMatchObject({ kind: 'held', lease: { epoch: 2 } });
  expect(await another.ask('isHeld')).toBe(false);
});

test('in a namespace without a /proc of its own nobody is taken for dead by the numbers of others', async () => {
  const inside = await startClaimant(newFolder(), findUnshare());
  // NaN, which JSON has no word for.
  expect(await inside.ask('startTimeOf', { pid: inside.pid })).toBeNull();
});

test('an owner that has ended and that nobody has asked for yet is dead', async () => {
  const folder = newFolder();
  // The shell becomes a program that never asks for its child, which ends when we close what it reads.
  const parent = spawn('/bin/sh', ['-c', 'cat <&3 & echo $!; exec sleep 300'], { stdio: ['ignore', 'pipe', 'inherit', 'pipe'] });
  children.add(parent);
  const [line] = (await once(createInterface({ input: parent.stdout! }), 'line')) as [string];
  const pid = Number(line);
  await until(() => readFileSync(`/proc/${parent.pid ?? 0}/comm`, 'utf8') === 'sleep\n');
  const identity = { ...thisWorld.identifySelf(), pid, startTime: readStartTime(pid) ?? 0 };
  expect(createLeases(folder, { ...thisWorld, identifySelf: () => identity }).claim(name, { note: '', takeOver: false }).kind).toBe('held');
  const other = await startClaimant(folder);
  expect(await other.ask('claim', { name })).toMatchObject({ kind: 'busy', owner: { pid, life: 'alive' } });
  (parent.stdio[3] as Writable).end();
  await until(() => readStartTime(pid) === undefined);
  expect(thisWorld.ask(pid)).toBe('there');
  expect(await other.ask('claim', { name })).toEqual({ kind: 'held', epoch: 2 });
});

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 5000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error('it did not come about in five seconds');
    await new Promise((resolve) => void setImmediate(resolve));
  }
}
