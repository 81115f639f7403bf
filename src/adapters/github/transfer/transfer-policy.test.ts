import fc from 'fast-check';
import { defaultLimits } from './transfer-limits.js';
import type { Trouble } from './transfer-order.js';
import { createTransferPolicy, type GoingCall, type TransferCall, type TransferPolicy } from './transfer-policy.js';

const find: TransferCall = { service: 'cache', direction: 'read' };
const save: TransferCall = { service: 'cache', direction: 'write', bytes: 0 };
const server: Trouble = { cause: 'server', detail: 'HTTP 503' };
const slow: Trouble = { cause: 'time-out', detail: 'given up' };

function open(limits = {}): TransferPolicy {
  return createTransferPolicy({ ...defaultLimits, ...limits });
}

function begin(policy: TransferPolicy, call: TransferCall, now: number): GoingCall {
  const begun = policy.begin(call, now);
  if (begun.kind === 'refused') throw new Error(begun.reason);
  return begun.going;
}

function fail(policy: TransferPolicy, call: TransferCall, [from, to]: readonly [number, number], trouble = server): string {
  return begin(policy, call, from).end(to, trouble);
}

const isRefused = (policy: TransferPolicy, call: TransferCall, now: number): boolean => {
  const begun = policy.begin(call, now);
  if (begun.kind === 'goes') begun.going.letGo();
  return begun.kind === 'refused';
};

describe('how long a call may take', () => {
  test('what moves nothing has ten seconds, what moves has more, and nothing has over a minute', () => {
    const going = begin(open({ patienceMs: 1e9 }), find, 1000);
    expect(going.lastMoment()).toBe(11_000);
    going.progress(5 * 1024 ** 2);
    expect(going.lastMoment()).toBe(16_000);
    going.progress(1024 ** 2);
    expect(going.lastMoment()).toBe(16_000);
    going.progress(1024 ** 4);
    expect(going.lastMoment()).toBe(61_000);
  });

  test('a service that has just failed has half the time to do so again', () => {
    const policy = open();
    fail(policy, find, [0, 100]);
    expect(begin(policy, find, 1000).lastMoment()).toBe(6000);
    begin(policy, find, 1000).end(1500);
    expect(begin(policy, find, 2000).lastMoment()).toBe(12_000);
  });

  // The one that counts: whatever fails, and however calls lie side by side, a run waits no longer than it was told.
  test('all calls that fail hold a run up for no longer than its patience', () => {
    const call = fc.record({ after: fc.nat(9000), service: fc.constantFrom('cache', 'artifacts' as const), write: fc.boolean(), answers: fc.option(fc.nat(20_000), { nil: undefined }), bytes: fc.nat(100 * 1024 ** 2) });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 60 }), fc.integer({ min: 1000, max: 45_000 }), (calls, patienceMs) => {
        const policy = open({ patienceMs });
        const waiting = new Set<{ readonly going: GoingCall; readonly from: number; readonly answersAt: number }>();
        const covered: [number, number][] = [];
        let now = 0;
        const run = (until: number): void => {
          for (;;) {
            const next = [...waiting].map((each) => ({ each, at: Math.max(now, Math.min(each.answersAt, each.going.lastMoment())) })).sort((a, b) => a.at - b.at)[0];
            if (next === undefined || next.at > until) break;
            const { each, at } = next;
            now = at;
            waiting.delete(each);
            const answered = each.answersAt <= at;
            each.going.end(at, answered ? undefined : slow);
            if (!answered) covered.push([each.from, at]);
          }
          now = until;
        };
        for (const { after, service, write, answers, bytes } of calls) {
          run(now + after);
          const begun = policy.begin({ service, direction: write ? 'write' : 'read', ...(write ? { bytes } : {}) }, now);
          if (begun.kind === 'goes') waiting.add({ going: begun.going, from: now, answersAt: answers === undefined ? Infinity : now + answers });
        }
        run(1e9);
        covered.sort((a, b) => a[0] - b[0]);
        let end = 0;
        let held = 0;
        for (const [from, to] of covered) {
          held += Math.max(0, to - Math.max(from, end));
          end = Math.max(end, to);
        }
        expect(held).toBeLessThanOrEqual(patienceMs + 0.001);
      }),
      { numRuns: 300 },
    );
  });

  test('when the patience is spent, nothing is asked any more', () => {
    const policy = open({ failures: 100 });
    for (const from of [0, 10_000, 20_000, 30_000]) fail(policy, find, [from, from + 10_000], slow);
    expect(begin(policy, { service: 'artifacts', direction: 'read' }, 50_000).lastMoment()).toBe(55_000);
    fail(policy, find, [60_000, 65_000], slow);
    for (const call of [find, save, { service: 'artifacts', direction: 'read' } as const]) {
      expect(policy.begin(call, 1e6)).toEqual({ kind: 'refused', reason: expect.stringContaining('45 s have been spent') as string });
    }
  });

  test('what ends well costs nothing, however long it took', () => {
    const policy = open();
    for (let index = 0; index < 50; index++) begin(policy, find, index * 10_000).end(index * 10_000 + 9999);
    expect(begin(policy, find, 1e6).lastMoment()).toBe(1e6 + 10_000);
  });
});

describe('a service that fails', () => {
  test('is left alone after three failures in a row, and tried once after twenty seconds', () => {
    const policy = open();
    for (const from of [0, 1000, 2000]) fail(policy, find, [from, from + 10]);
    expect(policy.begin(find, 2100)).toEqual({ kind: 'refused', reason: expect.stringContaining('3 times in a row') as string });
    expect(isRefused(policy, save, 22_009)).toBe(true);
    const probe = begin(policy, find, 22_010);
    expect(isRefused(policy, find, 22_020)).toBe(true);
    probe.end(22_030);
    expect([isRefused(policy, find, 22_040), isRefused(policy, save, 22_040)]).toEqual([false, false]);
  });

  test('is left alone again when the one try fails, and the other service goes on', () => {
    const policy = open();
    for (const from of [0, 1000, 2000]) fail(policy, find, [from, from + 10]);
    expect(isRefused(policy, { service: 'artifacts', direction: 'write' }, 2100)).toBe(false);
    fail(policy, find, [30_000, 30_010]);
    expect([isRefused(policy, find, 50_009), isRefused(policy, find, 50_010)]).toEqual([true, false]);
  });

  test('a failure between answers leaves it as it is; an answer that helps nobody is one', () => {
    const policy = open();
    for (const [index, trouble] of [server, server, { cause: 'damaged', detail: 'x' }, server, server].entries()) fail(policy, find, [index, index + 1], trouble as Trouble);
    expect(isRefused(policy, find, 100)).toBe(false);
    fail(policy, find, [100, 101]);
    expect(isRefused(policy, find, 102)).toBe(true);
  });

  test.each([[3600, 3_600_000], [undefined, 60_000]])('that has had too many requests and says %s is left alone in that direction', (retryAfter, until) => {
    const policy = open();
    fail(policy, save, [0, 0], { cause: 'rate-limit', detail: 'HTTP 429', ...(retryAfter === undefined ? {} : { retryAfter }) });
    expect([isRefused(policy, save, until - 1), isRefused(policy, save, until), isRefused(policy, find, 1)]).toEqual([true, false, false]);
  });

  test('that lets nobody in is not asked again', () => {
    const policy = open();
    fail(policy, find, [0, 0], { cause: 'denied', detail: 'HTTP 403' });
    expect([isRefused(policy, find, 1e9), isRefused(policy, save, 1e9)]).toEqual([true, false]);
  });
});

test('what the process before has warned of is not said again', () => {
  const before = createTransferPolicy(defaultLimits);
  before.warn('cache', server);
  const policy = createTransferPolicy(defaultLimits, before.warned());
  policy.warn('artifacts', server);
  expect(policy.takeWarnings()).toEqual([]);
  policy.warn('cache', { cause: 'quota', detail: 'full' });
  expect([policy.takeWarnings().length, policy.warned()]).toEqual([1, [server.cause, 'quota']]);
});

test('there is one warning for a cause, which says what it means and what to do', () => {
  const policy = open({ failures: 100 });
  const causes = ['gone', 'rate-limit', 'denied', 'server', 'time-out', 'unreachable', 'damaged', 'quota', 'refused', 'fault'] as const;
  for (const cause of causes) for (const service of ['cache', 'artifacts'] as const) policy.warn(service, { cause, detail: `of ${cause}` });
  const warnings = policy.takeWarnings();
  expect(warnings).toHaveLength(causes.length);
  for (const [index, cause] of causes.entries()) expect(warnings[index]).toMatch(new RegExp(`of ${cause}.*: .*the run itself is not touched\\. [A-Z].*\\.$`, 'u'));
  policy.warn('cache', server);
  expect(policy.takeWarnings()).toEqual([]);
});

test('in no minute are there more saves than may be, and none waits longer than it has to', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(2000), { maxLength: 200 }), fc.integer({ min: 1, max: 20 }), (gaps, savesPerMinute) => {
      const policy = open({ savesPerMinute });
      const moments: number[] = [];
      let now = 0;
      for (const gap of gaps) {
        now += gap;
        const moment = now + policy.placeSave(now);
        const before = moments.at(-savesPerMinute);
        expect(moment).toBe(Math.max(now, before === undefined ? 0 : before + 60_000));
        moments.push(moment);
      }
    }),
  );
});
