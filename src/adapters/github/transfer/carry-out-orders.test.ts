import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createManualClock } from '../../../../test/fakes/manual-clock.js';
import { makePrivateFolder, openOrderDesk, type CarriedOut, type OrderDesk } from './carry-out-orders.js';
import type { TransferProcess } from './fork-transfer-process.js';
import { defaultLimits } from './transfer-limits.js';
import type { TransferAnswer, TransferOrder } from './transfer-order.js';
import { createTransferPolicy } from './transfer-policy.js';

interface Asked {
  readonly order: TransferOrder;
  readonly answer: (answer: TransferAnswer, reusable?: boolean) => void;
  readonly progress: (bytes: number) => void;
  /** The number of the process. */
  readonly by: number;
}

/** Processes that do what a test says, and nothing until then. */
function createStage(limits = {}) {
  const root = mkdtempSync(join(tmpdir(), 'tollgate-desk-'));
  const clock = createManualClock();
  const asked: Asked[] = [];
  const killed: number[] = [];
  const prepared: number[] = [];
  let started = 0;
  const start = (): TransferProcess => {
    const by = started++;
    let isReusable = true;
    let settle: (answer: TransferAnswer) => void = () => undefined;
    return {
      prepare: () => prepared.push(by),
      carryOut: (order, progress) =>
        new Promise((resolve) => {
          settle = resolve;
          const answer = (given: TransferAnswer, reusable = true): void => {
            isReusable &&= reusable;
            resolve(given);
          };
          asked.push({ order, progress, by, answer });
        }),
      isReusable: () => isReusable,
      kill: () => {
        if (isReusable) killed.push(by);
        isReusable = false;
        settle({ kind: 'failed', trouble: { cause: 'fault', detail: 'killed' } });
        return Promise.resolve();
      },
    };
  };
  const all = { ...defaultLimits, ...limits };
  const policy = createTransferPolicy(all);
  const desk = openOrderDesk({ start, makeFolder: () => makePrivateFolder(root), policy, clock, limits: all });
  return { root, clock, asked, killed, prepared, policy, desk, started: () => started };
}

const find = (desk: OrderDesk, key = 'a'): Promise<CarriedOut> => desk.carryOut({ service: 'cache', direction: 'read', urgency: 'awaited' }, (folder) => ({ kind: 'find', folder, key, prefixes: [] }));
const save = (desk: OrderDesk, key = 'a'): Promise<CarriedOut> => desk.carryOut({ service: 'cache', direction: 'write', bytes: 0, urgency: 'background' }, (folder) => ({ kind: 'save', folder, key, file: 'x' }));
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
};

const stages: ReturnType<typeof createStage>[] = [];
function useStage(limits = {}): ReturnType<typeof createStage> {
  const stage = createStage(limits);
  stages.push(stage);
  return stage;
}
afterEach(() => {
  for (const { root } of stages.splice(0)) rmSync(root, { recursive: true, force: true });
});

test('nothing is started or made before it is needed, and a process is used again', async () => {
  const { desk, asked, started, root } = useStage();
  expect([started(), readdirSync(root)]).toEqual([0, []]);
  for (let index = 0; index < 3; index++) {
    const done = find(desk);
    await settle();
    asked[index]?.answer({ kind: 'absent' });
    expect(await done).toMatchObject({ kind: 'answered', answer: { kind: 'absent' } });
  }
  expect(started()).toBe(1);
  expect(readdirSync(root, { recursive: true })).toHaveLength(1);
});

test('what is prepared is there for the first order, and only then', async () => {
  const { desk, started, prepared, asked, killed, root } = createStage();
  desk.prepare();
  desk.prepare();
  expect([started(), prepared]).toEqual([1, [0]]);
  void find(desk);
  await settle();
  expect([started(), asked[0]?.by]).toEqual([1, 0]);
  await desk.close();
  desk.prepare();
  expect([started(), killed, readdirSync(root)]).toEqual([1, [0], []]);
});

test('what cannot be prepared is told of by the order that needs it', async () => {
  const limits = defaultLimits;
  const start = (): TransferProcess => {
    throw new Error('no more processes');
  };
  const desk = openOrderDesk({ start, makeFolder: () => makePrivateFolder(tmpdir()), policy: createTransferPolicy(limits), clock: createManualClock(), limits });
  expect(() => desk.prepare()).not.toThrow();
  expect(await find(desk)).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('no more processes') as string });
  await desk.close();
});

test('a call that is not answered in time is given up, its process killed and another one started', async () => {
  const { desk, clock, killed, started, policy, root, asked } = useStage();
  const done = find(desk);
  await settle();
  writeFileSync(join(asked[0]?.order.folder ?? '', 'left'), 'over');
  clock.advance(9999);
  await settle();
  expect(killed).toEqual([]);
  clock.advance(1);
  expect(await done).toEqual({ kind: 'unavailable', reason: expect.stringContaining('given up after 10.0 s') as string });
  expect(killed).toEqual([0]);
  expect(policy.takeWarnings()).toEqual([expect.stringContaining('did not answer in time')]);
  void find(desk);
  await settle();
  expect(started()).toBe(2);
  expect(readdirSync(root, { recursive: true, encoding: 'utf8' }).some((path) => path.endsWith('left'))).toBe(false);
  expect(clock.waiting()).toBe(1);
});

test('what moves is not given up', async () => {
  const { desk, clock, asked, killed } = useStage({ patienceMs: 1e9 });
  const done = find(desk);
  await settle();
  clock.advance(9000);
  asked[0]?.progress(20 * 1024 ** 2);
  clock.advance(20_000);
  await settle();
  expect(killed).toEqual([]);
  clock.advance(1000);
  expect(await done).toMatchObject({ kind: 'unavailable' });
});

test('a failure that spends the last patience ends what else is waiting', async () => {
  const { desk, clock, asked } = useStage({ patienceMs: 12_000 });
  const first = find(desk);
  await settle();
  clock.advance(8000);
  const second = find(desk);
  await settle();
  clock.advance(2000);
  expect((await first).kind).toBe('unavailable');
  clock.advance(2000);
  expect((await second).kind).toBe('unavailable');
  expect(clock.steady()).toBe(12_000);
  expect(await find(desk)).toEqual({ kind: 'unavailable', reason: expect.stringContaining('12 s have been spent') as string });
  expect(asked).toHaveLength(2);
});

test('an outage from the start to the end costs the patience and no more', async () => {
  const { desk, clock } = useStage();
  let waited = 0;
  for (let call = 0; call < 500; call++) {
    const from = clock.steady();
    const kinds: string[] = [];
    void (call % 3 === 0 ? save(desk) : find(desk)).then(({ kind }) => kinds.push(kind));
    for (await settle(); kinds.length === 0; await settle()) clock.advance(100);
    expect(kinds).toEqual(['unavailable']);
    waited += clock.steady() - from;
    clock.advance(1000);
  }
  expect(waited).toBeLessThanOrEqual(45_100);
});

test('so many at once, what is awaited first, and one place that saves never take', async () => {
  const { desk, asked, started } = useStage();
  for (const key of ['s1', 's2', 's3', 's4']) void save(desk, key);
  await settle();
  for (const key of ['f1', 'f2']) void find(desk, key);
  await settle();
  const keys = (): readonly string[] => asked.map(({ order }) => ('key' in order ? order.key : ''));
  expect(keys()).toEqual(['s1', 's2', 'f1']);
  asked[0]?.answer({ kind: 'saved' });
  await settle();
  expect(keys()).toEqual(['s1', 's2', 'f1', 'f2']);
  asked[1]?.answer({ kind: 'saved' });
  await settle();
  expect(keys()).toEqual(['s1', 's2', 'f1', 'f2', 's3']);
  expect(started()).toBe(3);
});

test('a process that has something under way is not used again', async () => {
  const { desk, asked, started } = useStage();
  const done = find(desk);
  await settle();
  asked[0]?.answer({ kind: 'failed', trouble: { cause: 'server', detail: 'HTTP 503' } }, false);
  expect(await done).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('HTTP 503') as string });
  void find(desk);
  await settle();
  expect([started(), asked[1]?.by]).toEqual([2, 1]);
});

test('what was found stays until it is let go', async () => {
  const { desk, asked } = useStage();
  const done = find(desk);
  await settle();
  const { folder } = asked[0]?.order ?? { folder: '' };
  asked[0]?.answer({ kind: 'found', key: 'a', file: join(folder, 'pack') });
  const found = await done;
  expect(existsSync(folder)).toBe(true);
  if (found.kind === 'answered') found.release();
  expect(existsSync(folder)).toBe(false);
});

test('the end answers everything, without a warning, and removes everything', async () => {
  const { desk, asked, policy, root, killed } = useStage();
  const done = [find(desk), find(desk), find(desk), find(desk), save(desk)];
  await settle();
  await desk.close();
  expect((await Promise.all(done)).map(({ kind }) => kind)).toEqual(Array.from({ length: 5 }, () => 'unavailable'));
  expect([asked.length, [...killed].sort(), policy.takeWarnings(), readdirSync(root)]).toEqual([3, [0, 1, 2], [], []]);
  expect((await find(desk)).kind).toBe('unavailable');
});
