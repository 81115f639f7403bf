import { createSystemClock } from '../../src/adapters/local/system-clock.js';
import type { Clock } from '../../src/ports/clock.js';
import { createManualClock } from '../fakes/manual-clock.js';

interface Subject {
  readonly clock: Clock;
  /** Lets time pass until all waits up to then have come. */
  readonly pass: (milliseconds: number) => Promise<void>;
}

const subjects: Readonly<Record<string, () => Subject>> = {
  'the system clock': () => ({
    clock: createSystemClock(),
    pass: (milliseconds) => new Promise((resolve) => {
      setTimeout(resolve, milliseconds + 20);
    }),
  }),
  'the manual clock': () => {
    const clock = createManualClock();
    return {
      clock,
      pass: (milliseconds) => {
        clock.advance(milliseconds);
        return Promise.resolve();
      },
    };
  },
};

describe.each(Object.entries(subjects))('%s', (_, create) => {
  test('tells the milliseconds since 1970', () => {
    expect(create().clock.now()).toBeGreaterThan(Date.UTC(2025, 0, 1));
  });

  test('calls back once, later, and not before its time', async () => {
    const { clock, pass } = create();
    const calls: number[] = [];
    const started = { steady: clock.steady(), now: clock.now() };
    clock.after(20, () => calls.push(clock.steady() - started.steady));
    expect(calls).toEqual([]);
    await pass(60);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toBeGreaterThanOrEqual(20);
    expect(clock.steady() - started.steady).toBeGreaterThanOrEqual(59);
    expect(clock.now() - started.now).toBeGreaterThanOrEqual(59);
  });

  test('calls back at once only after those who asked have gone on', async () => {
    const { clock, pass } = create();
    const calls: string[] = [];
    clock.after(0, () => calls.push('zero'));
    clock.after(-5, () => calls.push('past'));
    expect(calls).toEqual([]);
    await pass(5);
    expect(calls.sort()).toEqual(['past', 'zero']);
  });

  test('calls in the order in which they are due', async () => {
    const { clock, pass } = create();
    const calls: string[] = [];
    clock.after(200, () => calls.push('late'));
    clock.after(5, () => {
      calls.push('soon');
      clock.after(10, () => calls.push('then'));
    });
    await pass(220);
    expect(calls).toEqual(['soon', 'then', 'late']);
  });

  test('what is taken back does not come, and may be taken back again', async () => {
    const { clock, pass } = create();
    const calls: string[] = [];
    const takeBack = clock.after(10, () => calls.push('taken back'));
    const takeBackLate = clock.after(1, () => calls.push('came'));
    takeBack();
    takeBack();
    await pass(30);
    takeBackLate();
    expect(calls).toEqual(['came']);
  });

  test('a wait of two months does not come today', async () => {
    const { clock, pass } = create();
    const calls: string[] = [];
    const takeBack = clock.after(60 * 86_400_000, () => calls.push('today'));
    await pass(20);
    takeBack();
    expect(calls).toEqual([]);
  });
});

test('moving the manual clock on by two months brings what was due', () => {
  const clock = createManualClock();
  const calls: number[] = [];
  clock.after(60 * 86_400_000, () => calls.push(clock.steady()));
  clock.advance(60 * 86_400_000 - 1);
  expect([clock.waiting(), calls]).toEqual([1, []]);
  clock.advance(1);
  expect([clock.waiting(), calls]).toEqual([0, [60 * 86_400_000]]);
});
