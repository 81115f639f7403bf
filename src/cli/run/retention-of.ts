import { resolve } from 'node:path';
import type { Retention } from '../../assembly/find-due-runs.js';
import { findDueRuns } from '../../assembly/find-due-runs.js';
import type { Call } from '../command.js';
import { stateFolderOf } from './state-folder-of.js';

/** How long runs are kept where nothing else is said; see runs.md, section 6. */
const usual = { runs: 100, days: 30 };

export function retentionOf(call: Call): Retention {
  const { options } = call;
  return { stateFolder: resolve(stateFolderOf(call)), keepRuns: options['keep-runs'].value ?? usual.runs, keepDays: options['keep-days'].value ?? usual.days, now: Date.now() };
}

/** At the end of a run, which is still in hand: most find nothing to do, and read a list of names. A fault of it fails no run. */
export async function retireWhenDue(call: Call): Promise<void> {
  try {
    const retention = retentionOf(call);
    if (findDueRuns(retention).length > 0) (await import('../../assembly/retire-runs.js')).retireRuns(retention);
  } catch {
    // What is due stays due.
  }
}
