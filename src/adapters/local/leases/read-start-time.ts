import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { readErrorCode } from '../processes/error-code.js';
import { createPsTable } from '../processes/ps-table.js';

/** In /proc/<pid>/stat, counted behind the name in parentheses. */
const field = { state: 0, started: 19 } as const;
const hasProc = existsSync('/proc/self/stat');

/** On macOS in whole seconds, asked in two ways. */
export const startTimePrecision = hasProc ? 0 : 2;

/**
 * When a process started, in the unit of this system; `undefined` when there is none by that number, or when it has ended and
 * only waits to be asked for. NaN when it cannot be told.
 */
export function readStartTime(who: number | 'self'): number | undefined {
  try {
    if (!hasProc) return who === 'self' ? Math.round(performance.timeOrigin / 1000) : createPsTable().startOf(who);
    if (who !== 'self' && !isOwnProc()) return NaN;
    const text = readFileSync(`/proc/${who}/stat`, 'latin1');
    // The name may hold spaces and parentheses of its own.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const state = fields[field.state];
    return state === 'Z' || state === 'X' ? undefined : Number(fields[field.started]);
  } catch (error) {
    return ['ENOENT', 'ESRCH'].includes(readErrorCode(error) ?? '') ? undefined : NaN;
  }
}

/** In a pid namespace without a /proc of its own the numbers there are those of other processes. */
function isOwnProc(): boolean {
  return readlinkSync('/proc/self') === String(process.pid);
}
