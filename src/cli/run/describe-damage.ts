import type { JournalDamage } from '../../core/journal/join-epochs.js';
import type { RunLook } from '../../assembly/look-at-run.js';
import type { CallProblem } from '../call-problem.js';

/** «…/000001.ndjson is damaged at byte 4711: its check fails». */
export function describeDamage({ file, offset, problem }: JournalDamage): string {
  return `${file} is damaged at byte ${offset}: ${problem}`;
}

/** What to say of a journal that is not as it was written; everything before the damage counts. */
export function warnOfDamage(damage: readonly JournalDamage[]): string {
  return damage.map((each) => `[WARNING] ${describeDamage(each)}; everything before it counts (TG3408)\n`).join('');
}

/** Why nothing can be said of a run. */
export function describeUnreadable(look: Exclude<RunLook, { kind: 'seen' }>, id: string): CallProblem {
  if (look.kind === 'newer') return { message: `run ${id} was written down by tollgate ${look.tollgate}, in a newer format (TG3409)`, hint: `install it: npm install --global tollgate@${look.tollgate}` };
  if (look.damage.length === 0) return { message: `run ${id} has not begun: nothing was written down of it`, next: [{ call: 'history', says: 'the runs that were' }] };
  return { message: `nothing of run ${id} can be used: ${look.damage.map(describeDamage).join('; ')} (TG3408)`, hint: 'start a new run; what the cache holds is not lost' };
}
