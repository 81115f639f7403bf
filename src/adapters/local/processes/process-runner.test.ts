import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProcessEnd, RunningProcess } from '../../../ports/process-runner.js';
import { createProcessRunner } from './process-runner.js';

const runner = createProcessRunner();
const folder = mkdtempSync(join(tmpdir(), 'tollgate-processes-'));
const run = `test-${process.pid}`;
const chance = (): string => randomBytes(6).toString('hex');

afterEach(async () => {
  await runner.endMarked(`${run}/`, { signal: 'SIGTERM', killAfterMs: 0 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Started extends RunningProcess {
  readonly mark: string;
  readonly output: () => string;
  readonly size: () => number;
  /** Waits for a word in the output, which is how the scripts say that they are ready. */
  readonly says: (word: string) => Promise<void>;
}

function start(file: string, args: readonly string[], given: { env?: Record<string, string>; folder?: string; mark?: string } = {}): Started {
  const mark = given.mark ?? `${run}/${chance()}`;
  let output = '';
  let listeners: (() => void)[] = [];
  let bytesSeen = 0;
  const running = runner.start({ file, args, env: { PATH: process.env['PATH'] ?? '', ...given.env }, folder: given.folder ?? folder, mark }, (_, bytes) => {
    bytesSeen += bytes.length;
    if (output.length < 1_000_000) output += Buffer.from(bytes).toString('latin1');
    listeners.forEach((listener) => listener());
  });
  const says = (word: string): Promise<void> => new Promise((resolve) => {
    const look = (): void => {
      if (output.includes(word)) resolve();
    };
    listeners = [...listeners, look];
    look();
  });
  return { ...running, mark, output: () => output, size: () => bytesSeen, says };
}

const sh = (script: string, given?: Parameters<typeof start>[2]): Started => start('/bin/sh', ['-c', script], given);
const bash = (script: string, given?: Parameters<typeof start>[2]): Started => start('/bin/bash', ['-c', script], given);
const soon = { signal: 'SIGTERM', killAfterMs: 300 } as const;
const patient = { signal: 'SIGTERM', killAfterMs: 60_000 } as const;
const alive = async (mark: string): Promise<readonly string[]> => (await runner.findMarked(mark)).map(({ command }) => command);

/** A shell says that it is ready a moment before it has become the program that it ends with. */
async function untilAlive(mark: string, wanted: readonly string[]): Promise<void> {
  const deadline = performance.now() + 5000;
  let commands = await alive(mark);
  while (commands.join() !== wanted.join() && performance.now() < deadline) commands = await alive(mark);
  expect(commands).toEqual(wanted);
}

describe('an end', () => {
  test.each([[0], [1], [127], [255]])('with exit code %i', async (code) => {
    expect(await sh(`exit ${code}`).ended).toEqual({ kind: 'exited', code, outputHeld: false });
  });

  test('by a signal', async () => {
    expect(await sh('kill -SEGV $$').ended).toEqual({ kind: 'signalled', signal: 'SIGSEGV', outputHeld: false });
  });

  test('has the output of both streams before it', async () => {
    const seen = { stdout: 0, stderr: 0 };
    const running = runner.start({ file: 'sh', args: ['-c', 'head -c 300000 /dev/zero; head -c 200000 /dev/zero >&2'], env: { PATH: process.env['PATH'] ?? '' }, folder, mark: `${run}/streams` }, (stream, bytes) => {
      seen[stream] += bytes.length;
    });
    await running.ended;
    expect(seen).toEqual({ stdout: 300_000, stderr: 200_000 });
  });

  test('stdin is closed, so that nothing waits for an answer', async () => {
    const reading = sh('read line; echo "$?"; cat; echo end');
    await reading.ended;
    expect(reading.output()).toBe('1\nend\n');
  });

  test('a `write` that throws is the end of following it, and not of us', async () => {
    const running = runner.start({ file: '/bin/sh', args: ['-c', 'echo a; echo b'], env: {}, folder, mark: `${run}/throws` }, () => {
      throw new Error('the disk is full');
    });
    await expect(running.ended).rejects.toThrow('the disk is full');
  });
});

describe('a start that fails', () => {
  const script = (name: string, text: string, mode: number): string => {
    writeFileSync(join(folder, name), text, { mode });
    return join(folder, name);
  };

  test.each<[string, () => RunningProcess, Extract<ProcessEnd, { kind: 'not-started' }>['reason'], RegExp]>([
    ['no such program on the PATH', () => start('no-such-program', []), 'no-program', /no program no-such-program/u],
    ['no such file', () => start('./no-such-file', []), 'no-program', /no program/u],
    ['a file in the place of a folder', () => start(`${script('plain', '', 0o644)}/x`, []), 'no-program', /no program/u],
    ['an interpreter that is missing', () => start(script('strange', '#!/no/such/interpreter\n', 0o755), []), 'no-program', /first line/u],
    ['no such folder', () => start('true', [], { folder: join(folder, 'none') }), 'no-folder', /none/u],
    ['a folder that is a file', () => start('true', [], { folder: script('file', '', 0o644) }), 'no-folder', /not a folder/u],
    ['not executable', () => start(script('text', 'x', 0o644), []), 'not-executable', /may not be executed/u],
    ['a folder as the program', () => start(folder, []), 'not-executable', /may not be executed/u],
    ['an argument that is too long', () => start('true', ['x'.repeat(131_072)]), 'too-long', /longer than/u],
    ['too many arguments', () => start('true', Array<string>(40_000).fill('x'.repeat(100))), 'too-long', /longer than/u],
    ['a NUL in an argument', () => start('true', ['a\0b']), 'other', /null bytes/u],
  ])('%s', async (_, make, reason, message) => {
    const running = make();
    expect(running.pid).toBeUndefined();
    const end = await running.ended;
    expect(end).toEqual({ kind: 'not-started', reason, message: expect.stringMatching(message) as string });
    await running.stop(soon);
  });

  test('a mark of two words is our own fault', () => {
    expect(() => start('true', [], { mark: 'a b' })).toThrow('one word');
  });
});

describe('output that a descendant holds open', () => {
  test('does not hold the end, and what was written before it is in', async () => {
    const held = sh('sleep 300 & head -c 150000 /dev/zero; echo last');
    expect(await held.ended).toEqual({ kind: 'exited', code: 0, outputHeld: true });
    expect(held.output()).toHaveLength(150_005);
    expect(await alive(held.mark)).toEqual(['sleep 300']);
  });

  test('one who never stops writing is let go after a second, and lives', async () => {
    const started = performance.now();
    const held = sh('yes & exit 3');
    expect(await held.ended).toEqual({ kind: 'exited', code: 3, outputHeld: true });
    expect(performance.now() - started).toBeLessThan(2000);
    const size = held.size();
    expect(await alive(held.mark)).toEqual(['yes']);
    await held.stop(soon);
    expect(held.size()).toBe(size);
  });

  test('a slow `write` loses nothing', async () => {
    let bytes = 0;
    const pause = new Int32Array(new SharedArrayBuffer(4));
    const held = runner.start({ file: '/bin/sh', args: ['-c', 'sleep 300 & head -c 400000 /dev/zero'], env: { PATH: process.env['PATH'] ?? '' }, folder, mark: `${run}/slow` }, (_, piece) => {
      Atomics.wait(pause, 0, 0, 150);
      bytes += piece.length;
    });
    expect(await held.ended).toMatchObject({ outputHeld: true });
    expect(bytes).toBe(400_000);
  });
});

describe('stop', () => {
  test.each([
    ['a plain process', 'echo ready; exec sleep 300'],
    ['a child in the background', 'sleep 300 & echo ready; wait'],
    ['one that does not heed SIGTERM', "trap '' TERM; echo ready; while :; do sleep 0.05; done"],
    ['a session of its own', 'setsid sleep 300 & echo ready; wait'],
    ['a double fork that left the session', '(setsid sh -c "sleep 300 & echo ready" &); sleep 300'],
    ['a double fork that does not heed SIGTERM', `(setsid sh -c "trap '' TERM; echo ready; while :; do sleep 0.05; done" &) ; exit 0`],
    ['one that is stopped', 'sh -c "echo ready; kill -STOP \\$\\$" & wait'],
    ['one that cleared its environment', 'env -i sleep 300 & echo ready; wait'],
    ['one that cleared its environment and left the session', 'setsid env -i /bin/sleep 300 & echo ready; wait'],
  ])('%s', async (_, script) => {
    const running = bash(script);
    await running.says('ready');
    await running.stop(soon);
    expect(await alive(running.mark)).toEqual([]);
    expect((await running.ended).kind).not.toBe('not-started');
  });

  test('the signal is the one that is asked for, and comes once', async () => {
    const running = bash('trap "echo int" INT; trap "echo term" TERM; echo ready; for i in $(seq 20); do sleep 0.02; done; echo done');
    await running.says('ready');
    await running.stop({ signal: 'SIGINT', killAfterMs: 60_000 });
    expect(running.output()).toBe('ready\nint\ndone\n');
  });

  test('what is started to tidy up is left in peace', async () => {
    const running = bash('trap "sleep 0.2; echo tidy; exit 9" TERM; echo ready; while :; do sleep 0.01; done');
    await running.says('ready');
    await running.stop(patient);
    expect(await running.ended).toEqual({ kind: 'exited', code: 9, outputHeld: false });
    expect(running.output()).toContain('tidy\n');
  });

  test('what cleared its environment is found after the first process has ended', async () => {
    const running = sh('env -i /bin/sleep 300 & echo "$!"');
    await running.ended;
    const pid = Number(running.output());
    expect((await runner.findMarked(running.mark)).map((each) => each.pid)).toEqual([pid]);
    await running.stop(soon);
    expect(await runner.findMarked(running.mark)).toEqual([]);
  });

  test('others are left alone', async () => {
    const other = sh('echo ready; exec sleep 300');
    const running = sh('echo ready; exec sleep 300');
    await Promise.all([other.says('ready'), running.says('ready')]);
    await running.stop(soon);
    await untilAlive(other.mark, ['sleep 300']);
  });

  test('twice at a time', async () => {
    const running = bash("trap '' TERM; echo ready; while :; do sleep 0.05; done");
    await running.says('ready');
    await Promise.all([running.stop(patient), running.stop({ signal: 'SIGTERM', killAfterMs: 0 })]);
    expect(await running.ended).toMatchObject({ kind: 'signalled', signal: 'SIGKILL' });
  });

  test('after the end there is nothing to do', async () => {
    const running = sh('exit 0');
    await running.ended;
    await running.stop(soon);
  });
});

describe('marks', () => {
  test('reach every descendant, and an outer run finds what an inner one started', async () => {
    const inner = sh('echo ready; exec sleep 300', { env: { TOLLGATE_MARK: `${run}/outer/a` } });
    await untilAlive(inner.mark, ['sleep 300']);
    expect(await runner.findMarked(`${run}/outer/`)).toEqual([{ pid: inner.pid, mark: `${run}/outer/a`, command: 'sleep 300' }]);
    expect(await runner.findMarked(inner.mark)).toEqual([{ pid: inner.pid, mark: inner.mark, command: 'sleep 300' }]);
    expect(await createProcessRunner().endMarked(`${run}/outer/`, soon)).toEqual([{ pid: inner.pid, mark: `${run}/outer/a`, command: 'sleep 300' }]);
    expect(await inner.ended).toMatchObject({ kind: 'signalled', signal: 'SIGTERM' });
  });

  test('what another runner left is found and ended by the mark alone', async () => {
    const left = sh('setsid sleep 300 & echo done');
    await left.ended;
    const next = createProcessRunner();
    expect((await next.endMarked(left.mark, soon)).map(({ command }) => command)).toEqual(['sleep 300']);
    expect(await next.findMarked(left.mark)).toEqual([]);
    expect(await next.endMarked(left.mark, soon)).toEqual([]);
  });
});

test('the kernel takes a child sooner than us', async () => {
  const child = sh('sleep 0.1; cat /proc/self/oom_score_adj');
  await child.ended;
  const own = Number(readFileSync('/proc/self/oom_score_adj', 'latin1'));
  expect(Number(child.output())).toBe(Math.min(1000, own + 300));
});
