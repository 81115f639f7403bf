import { spawn, type ChildProcess } from 'node:child_process';
import { createProcTable } from './proc-table.js';
import type { ProcessEntry } from './process-table.js';
import { createPsTable, readPsLine } from './ps-table.js';

const mark = `table-${process.pid}`;
const children: ChildProcess[] = [];
const start = (args: readonly string[]): ChildProcess => {
  const child = spawn(args[0] ?? '', args.slice(1), { env: { TOLLGATE_MARK: `outer/x ${mark}`, LATER: '1' }, detached: true, stdio: 'ignore' });
  children.push(child);
  return child;
};
afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

async function until(find: () => ProcessEntry | undefined): Promise<ProcessEntry> {
  const deadline = performance.now() + 5000;
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error('it did not come about in five seconds');
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

describe.each([['/proc', createProcTable()], ['ps', createPsTable()]])('the table of %s', (_, table) => {
  test('has a child with its parent, group, session, start and marks', async () => {
    const child = start(['/bin/sleep', '300']);
    const pid = child.pid ?? 0;
    const found = await until(() => table.read().find((each) => each.pid === pid && each.marks.length > 0));
    expect(found).toEqual({ pid, parent: process.pid, group: pid, session: pid, started: expect.any(Number) as number, isStopped: false, marks: ['outer/x', mark] });
    // On Linux ps works out the second anew each time.
    expect(Math.abs(found.started - (table.startOf(pid) ?? 0))).toBeLessThanOrEqual(1);
    expect(found.started).toBeLessThanOrEqual(table.now() + 1);
    expect(table.commandOf(pid)).toBe('/bin/sleep 300');
  });

  test('knows a stopped one, and has none that has ended', async () => {
    const child = start(['/bin/sleep', '300']);
    const pid = child.pid ?? 0;
    child.kill('SIGSTOP');
    await until(() => table.read().find((each) => each.pid === pid && each.isStopped));
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    expect(table.startOf(pid)).toBeUndefined();
    expect(table.read().some((each) => each.pid === pid)).toBe(false);
    expect(table.commandOf(pid)).toBe('');
  });
});

test('a zombie is not in the table of /proc', async () => {
  // The shell becomes a program that never asks for its child.
  const parent = start(['/bin/sh', '-c', '/bin/sleep 0 & exec /bin/sleep 300']);
  const table = createProcTable();
  const { readdirSync, readFileSync } = await import('node:fs');
  const isZombieOf = (pid: string): boolean => {
    try {
      return readFileSync(`/proc/${pid}/stat`, 'latin1').includes(`) Z ${parent.pid ?? 0} `);
    } catch {
      return false;
    }
  };
  const findZombie = (): string | undefined => readdirSync('/proc').find((name) => /^\d+$/u.test(name) && isZombieOf(name));
  await until(() => (findZombie() === undefined ? undefined : table.read()[0]));
  const zombie = Number(findZombie());
  expect(table.startOf(zombie)).toBeUndefined();
  expect(table.read().some(({ pid }) => pid === zombie)).toBe(false);
});

test('a line of ps as macOS writes it', () => {
  expect(readPsLine('  501     1   500 Ss   Sat Nov 21 05:42:50 2026     /bin/sleep 300 HOME=/Users/x TOLLGATE_MARK=outer/a run/b SHELL=/bin/zsh')).toEqual([
    { pid: 501, parent: 1, group: 500, session: 500, started: new Date(2026, 10, 21, 5, 42, 50).getTime() / 1000, isStopped: false, marks: ['outer/a', 'run/b'] },
  ]);
  expect(readPsLine('  501     1   500 T+   Sat Nov  1 05:42:50 2026     (sleep)')).toMatchObject([{ isStopped: true, marks: [] }]);
  expect(readPsLine('  501     1   500 Z    Sat Nov  1 05:42:50 2026     <defunct>')).toEqual([]);
  expect(readPsLine('')).toEqual([]);
});
