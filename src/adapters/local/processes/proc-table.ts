import { readdirSync, readFileSync } from 'node:fs';
import { markVariable, splitMarks } from './marks.js';
import type { ProcessEntry, ProcessTable } from './process-table.js';

/** The unit of start times in /proc, the same on every architecture that Node runs on. */
const ticksPerSecond = 100;
/** Never given out a second time. */
const reservedNumbers = 300;
const kernelThread = 0x0020_0000;
/** Where the fields of /proc/<pid>/stat stand, counted behind the name in parentheses. */
const field = { state: 0, parent: 1, group: 2, session: 3, flags: 6, started: 19 } as const;

/**
 * Linux. Read at one go and without waiting: the shorter a look takes, the less can slip through it.
 */
export function createProcTable(): ProcessTable {
  // This clock stands still while the machine sleeps; behind by that, it makes us leave alone what may be another's.
  const ahead = readUptime() - performance.now() / 1000;
  return {
    read: () => readdirSync('/proc').flatMap((name) => (/^\d+$/u.test(name) ? readEntry(Number(name)) : [])),
    startOf: (pid) => {
      const fields = readFields(pid);
      return fields === undefined ? undefined : Number(fields[field.started]);
    },
    commandOf: (pid) => (readProc(pid, 'cmdline') ?? '').replaceAll('\0', ' ').trim(),
    now: () => Math.ceil((ahead + performance.now() / 1000) * ticksPerSecond) + 1,
    countStarts: () => {
      // Threads take numbers too, and are counted. A machine that is only played may leave it at zero.
      const count = Number(/^processes (\d+)$/mu.exec(readText('/proc/stat') ?? '')?.[1]);
      return count > 0 ? count : NaN;
    },
    numbers: Number(readText('/proc/sys/kernel/pid_max') ?? 0) - reservedNumbers,
  };
}

function readUptime(): number {
  return Number(readFileSync('/proc/uptime', 'latin1').split(' ')[0]);
}

function readEntry(pid: number): ProcessEntry[] {
  const fields = readFields(pid);
  if (fields === undefined || (Number(fields[field.flags]) & kernelThread) !== 0) return [];
  const number = (at: number): number => Number(fields[at]);
  return [{
    pid,
    parent: number(field.parent),
    group: number(field.group),
    session: number(field.session),
    started: number(field.started),
    isStopped: fields[field.state] === 'T',
    marks: readMarks(pid),
  }];
}

/** Nothing for a process that is gone, or that has ended and only waits to be asked for. */
function readFields(pid: number): readonly string[] | undefined {
  const text = readProc(pid, 'stat');
  if (text === undefined) return undefined;
  // The name may hold spaces and parentheses of its own.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const state = fields[field.state];
  return state === 'Z' || state === 'X' ? undefined : fields;
}

function readMarks(pid: number): readonly string[] {
  const environment = readProc(pid, 'environ');
  if (environment?.includes(`${markVariable}=`) !== true) return [];
  const entry = environment.split('\0').find((each) => each.startsWith(`${markVariable}=`));
  return entry === undefined ? [] : splitMarks(entry.slice(markVariable.length + 1));
}

/** Processes go while they are read, and those of others keep their environment to themselves. */
function readProc(pid: number, file: 'stat' | 'environ' | 'cmdline'): string | undefined {
  return readText(`/proc/${pid}/${file}`);
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
