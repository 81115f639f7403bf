import type { Clock } from '../ports/clock.js';
import type { LeaseOwner } from '../ports/lease.js';
import type { RunReporter } from '../ports/run-reporter.js';
import type { RunStore } from '../ports/run-store.js';
import { evolve } from '../core/run/evolve.js';
import type { RunEvent, RunProgress } from '../core/run/run-event.js';
import type { RunPlan } from '../core/run/run-plan.js';
import type { RunState } from '../core/run/run-state.js';

/** The one way by which something that happened becomes part of the run. */
export interface EventRecorder {
  readonly record: (progress: RunProgress) => void;
  /** What nothing was executed for is written in one go, before anything is executed or waited for. */
  readonly flush: () => void;
  /** What begins now would be known to nobody. */
  readonly isLost: () => boolean;
  /** Somebody else goes on with the run. */
  readonly fence: () => { readonly by: LeaseOwner | null } | undefined;
}

export interface RecorderParts {
  readonly plan: RunPlan;
  readonly state: RunState;
  readonly clock: Clock;
  readonly store: RunStore;
  readonly reporter: RunReporter;
  /** Called once, when nothing can be written down any more. */
  readonly onUnwritten: (reason: string) => void;
}

/** Written down, then folded, then told: nothing is done on the strength of an event that is not written. */
export function createEventRecorder({ plan, state, clock, store, reporter, onUnwritten }: RecorderParts): EventRecorder {
  const group: RunEvent[] = [];
  let isUnwritten = false;
  let fence: { readonly by: LeaseOwner | null } | undefined;

  const write = (events: readonly RunEvent[], durable: boolean): boolean => {
    const written = isUnwritten ? undefined : store.append(events, { durable });
    if (written?.kind === 'fenced') {
      fence = written;
      return false;
    }
    if (written?.kind === 'failed') {
      isUnwritten = true;
      onUnwritten(written.reason);
    }
    for (const event of events) if (isEffectless(event)) report(event);
    return true;
  };
  /** Nobody is told of a success that will be done again. */
  const report = (event: RunEvent): void => {
    if (!isUnwritten || !isSuccess(event)) tell(() => reporter.onEvent(event, state));
  };
  return {
    record: (progress) => {
      if (fence !== undefined) return;
      const event: RunEvent = { ...progress, at: clock.now() };
      if (isEffectless(event)) {
        evolve(plan, state, event);
        group.push(event);
        return;
      }
      if (!write([...group.splice(0), event], mustLast(event, state))) return;
      // A run of which nobody could say afterwards that it has succeeded has not: it ends again, with what went wrong.
      if (isUnwritten && event.kind === 'run-ended' && event.status === 'succeeded') return;
      evolve(plan, state, event);
      report(event);
    },
    flush: () => {
      if (group.length > 0) write(group.splice(0), false);
    },
    isLost: () => isUnwritten || fence !== undefined,
    fence: () => fence,
  };
}

/** It only says what the plan and earlier results say already: lost, it is found out again. */
function isEffectless({ kind }: RunEvent): boolean {
  return kind === 'phase-started' || kind === 'phase-skipped' || kind === 'phase-ended' || kind === 'group-opened' || kind === 'group-skipped' || kind === 'step-opened' || kind === 'step-skipped' || kind === 'result-reused';
}

function isSuccess(event: RunEvent): boolean {
  return event.kind === 'result-reused' || (event.kind === 'attempt-ended' && event.result.outcome === 'succeeded');
}

/** What would be worse to repeat, or to take for undone, than to wait a moment for the disk. */
function mustLast(event: RunEvent, state: RunState): boolean {
  if (event.kind === 'run-paused' || event.kind === 'run-ended' || event.kind === 'run-resumed' || event.kind === 'step-decided') return true;
  return (event.kind === 'attempt-started' || event.kind === 'attempt-ended') && state.steps.get(event.step)?.terms?.once === true;
}

/** People are told what happens; that nobody could be told changes nothing. */
export function tell(say: () => void): void {
  try {
    say();
  } catch {
    // The run goes on as if it had been heard.
  }
}
