import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { useTransferRig } from '../../../../test/rig/transfer-rig.js';
import { defaultLimits } from './transfer-limits.js';

const rig = useTransferRig();

/** Transfer processes below a process. */
function findChildren(parent = process.pid): readonly number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const rows = lines.map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/u.exec(line)).filter((row) => row !== null);
  return rows.filter(([, , ppid, args]) => Number(ppid) === parent && args?.includes('transfer.js')).map(([, pid]) => Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    return !/^\s*Z/u.test(execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }));
  } catch {
    return false;
  }
}

/** Also one that has ended and that nobody has asked about yet. */
function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

async function timed<Value>(work: Promise<Value>): Promise<readonly [Value, number]> {
  const from = performance.now();
  return [await work, performance.now() - from];
}

const unavailable = (reason: RegExp): unknown => ({ kind: 'unavailable', reason: expect.stringMatching(reason) as string });

describe('a fault of the services', () => {
  test('is told long before the client would give up, and the next call works', async () => {
    const { github, open, write } = rig();
    const file = write('pack', 'p');
    await Promise.all(([
      ['cache.lookup', 'error-503', /HTTP 503/u], ['cache.lookup', 'html-502', /no JSON/u], ['cache.lookup', 'reset', /ECONNRESET|socket hang up/u], ['cache.lookup', 'empty-200', /no JSON/u],
      ['cache.create', 'error-500', /HTTP 500/u], ['cache.finalize', 'error-502', /HTTP 502/u], ['artifact.list', 'error-504', /HTTP 504/u],
    ] as const).map(async ([call, fault, reason]) => {
      const { cache, artifacts, takeWarnings } = open({ job: { label: `${call} ${fault}` } });
      const set = github.fault({ call, fault, job: `${call} ${fault}` });
      const ask = call === 'cache.lookup' ? cache.find({ key: 'none' }) : call === 'artifact.list' ? artifacts.list() : cache.save(call, file);
      const [answer, ms] = await timed<unknown>(ask);
      expect([call, fault, answer]).toEqual([call, fault, unavailable(reason)]);
      expect(ms).toBeLessThan(defaultLimits.answerMs);
      expect(set.hits).toBe(fault === 'reset' ? 1 : 2);
      expect(takeWarnings()).toHaveLength(1);
      set.end();
      expect(await cache.find({ key: 'none' })).toEqual({ kind: 'absent' });
    }));
  });

  test.each(['rate-limited-3600', 'rate-limited-silent'])('%s: nobody asks again', async (fault) => {
    const { github, open, write } = rig();
    const { cache, takeWarnings } = open();
    github.fault({ call: 'cache.create', fault });
    for (let index = 0; index < 3; index++) expect(await cache.save(`k${index}`, write('pack', 'p'))).toEqual(unavailable(/no more requests/u));
    expect(github.requests().map(({ call }) => call)).toEqual(['cache.create']);
    expect(takeWarnings()).toHaveLength(1);
    expect(await cache.find({ key: 'a' })).toEqual({ kind: 'absent' });
  });

  test.each(['silence', 'stall-in-body'])('%s is cut at the deadline, and the next call works', async (fault) => {
    const { github, open, write, list } = rig();
    const { cache, takeWarnings } = open({ limits: { answerMs: 3000 } });
    expect(await cache.save('a', write('pack', 'x'.repeat(1000)))).toEqual({ kind: 'saved' });
    const set = github.fault({ call: 'cache.download', fault });
    const [found, ms] = await timed(cache.find({ key: 'a' }));
    expect(found).toEqual(unavailable(/did not answer in time/u));
    expect(ms).toBeLessThan(3500);
    expect(set.hits).toBe(1);
    set.end();
    expect(await cache.find({ key: 'a' })).toMatchObject({ kind: 'found' });
    expect(takeWarnings()).toHaveLength(1);
    expect(list().filter((path) => path.includes('order-') && path.endsWith('archive'))).toEqual([]);
  });

  test('what comes damaged is never taken for the pack', async () => {
    const { github, open, write } = rig();
    const { cache } = open({ limits: { answerMs: 4000 } });
    await cache.save('a', write('pack', Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * index) % 251))));
    for (const fault of ['wrong-length', 'flipped-byte', 'gone', 'reset', 'truncated']) {
      const set = github.fault({ call: 'cache.download', fault });
      expect([fault, (await cache.find({ key: 'a' })).kind]).toEqual([fault, 'unavailable']);
      expect(set.hits).toBeGreaterThan(0);
      set.end();
    }
  });

  test('an outage from the start costs what it may, and says so once', async () => {
    const { github, open } = rig();
    const { cache, takeWarnings } = open({ limits: { answerMs: 600, patienceMs: 2000, failures: 1000 } });
    github.fault({ fault: 'silence' });
    const [answers, ms] = await timed((async () => {
      const kinds = new Set<string>();
      for (let index = 0; index < 100; index++) kinds.add((await cache.find({ key: 'a' })).kind);
      return [...kinds];
    })());
    expect(answers).toEqual(['unavailable']);
    expect(ms).toBeLessThan(3000);
    expect(takeWarnings()).toHaveLength(1);
  });

  test('nobody there', async () => {
    const { github, open } = rig();
    const { cache, takeWarnings } = open();
    await github.goDown();
    const [found, ms] = await timed(cache.find({ key: 'a' }));
    expect(found).toEqual(unavailable(/cannot be reached \(ECONNREFUSED\)/u));
    expect(ms).toBeLessThan(4000);
    expect(takeWarnings()).toEqual([expect.stringContaining('cannot be reached')]);
    await github.comeUp();
    expect(await cache.find({ key: 'a' })).toEqual({ kind: 'absent' });
  });
});

describe('its life', () => {
  test('killed in the middle it is an answer, and another one goes on', async () => {
    const { github, open } = rig();
    const { cache } = open();
    expect(findChildren()).toEqual([]);
    const set = github.fault({ fault: 'silence' });
    const found = cache.find({ key: 'a' });
    await until(() => set.hits > 0);
    for (const pid of findChildren()) process.kill(pid, 'SIGKILL');
    expect(await found).toEqual(unavailable(/ended \(SIGKILL\)/u));
    set.end();
    expect(await cache.find({ key: 'a' })).toEqual({ kind: 'absent' });
  });

  test('killed while it waits for an order it is replaced, and nobody hears of it', async () => {
    const { cache, takeWarnings } = rig().open();
    expect(await cache.find({ key: 'a' })).toEqual({ kind: 'absent' });
    const children = findChildren();
    for (const pid of children) process.kill(pid, 'SIGKILL');
    await until(() => !children.some(isThere));
    expect(await cache.find({ key: 'a' })).toEqual({ kind: 'absent' });
    expect([children.length, findChildren().length, takeWarnings()]).toEqual([1, 1, []]);
  });

  test('when it is closed nothing is left, and who waits has an answer', async () => {
    const { github, open, list } = rig();
    const { cache, close } = open();
    const set = github.fault({ fault: 'silence' });
    const found = cache.find({ key: 'a' });
    await until(() => set.hits > 0);
    const children = findChildren();
    expect(children).toHaveLength(1);
    await close();
    expect(await found).toEqual(unavailable(/at its end/u));
    expect(children.filter(isAlive)).toEqual([]);
    expect(list()).toEqual(['private place']);
  });

  const start = (body: string) => {
    const { github, scratch, script } = rig();
    const from = (path: string): string => JSON.stringify(pathToFileURL(join(script, '..', '..', path)).href);
    const code = `
      const { openTransfers } = await import(${from('adapters/github/transfer/open-transfers.js')});
      const { createSystemClock } = await import(${from('adapters/local/system-clock.js')});
      const { cache } = openTransfers({ script: ${JSON.stringify(script)}, env: process.env, folder: ${JSON.stringify(join(scratch, 'private'))}, clock: createSystemClock() });
      ${body}`;
    const env = { PATH: process.env['PATH'], ...github.env({ runId: 7 }), RUNNER_DEBUG: '1' };
    return spawn(process.execPath, ['--input-type=module', '-e', code], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  };

  test('it does not keep its parent alive, and prints nothing where that prints', async () => {
    const child = start("console.log((await cache.find({ key: 'a' })).kind);");
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (output += bytes.toString()));
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(output).toBe('absent\n');
  });

  test('it does not outlive its parent', async () => {
    const set = rig().github.fault({ fault: 'silence' });
    const parent = start("await cache.find({ key: 'a' });");
    await until(() => set.hits > 0);
    const children = findChildren(parent.pid);
    expect(children).toHaveLength(1);
    parent.kill('SIGKILL');
    await until(() => !children.some(isAlive));
  });
});
