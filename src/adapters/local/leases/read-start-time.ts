import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { readErrorCode } from '../processes/error-code.js';
import { createPsTable } from '../processes/ps-table.js';

/** In /proc/<pid>/stat, counted behind the name in parentheses. */
const field = { state: 0, started: 19 } as const;
const hasProc = existsSync('/proc/self/stat');

/** On macOS in whole seconds, asked in two ways. */
export const startTimePrecision = hasProc ? 0 : 2;

/** When this process started, in the unit of this system; thrown where it cannot be told. */
export function readOwnStartTime(): number {
  return hasProc ? Number(readFields('self')[field.started]) : Math.round(performance.timeOrigin / 1000);
}

/**
 * When a process started; `undefined` when there is none by that number, or when it has ended and only waits to be asked for.
 * NaN when it cannot be told.
 */
export function readStartTime(pid: number): number | undefined {
  try {
    if (!hasProc) return createPsTable().startOf(pid);
    if (!isOwnProc()) return NaN;
    const fields = readFields(pid);
    const state = fields[field.state];
    return state === 'Z' || state === 'X' ? undefined : Number(fields[field.started]);
  } catch (error) {
    return ['ENOENT', 'ESRCH'].includes(readErrorCode(error) ?? '') ? undefined : NaN;
  }
}

function readFields(who: number | 'self'): readonly string[] {
  const text = readFileSync(`/proc/${who}/stat`, 'latin1');
  // The name may hold spaces and parentheses of its own.
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** In a pid namespace without a /proc of its own the numbers there are those of other processes. */
function isOwnProc(): boolean {
  return readlinkSync('/proc/self') === String(process.pid);
}
