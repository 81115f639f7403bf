import { asDuration, readSetting } from '../core/run/opening/read-setting.js';
import type { RunProgress } from '../core/run/run-event.js';
import type { RunValues } from '../core/run/values/run-values.js';
import type { Clock } from '../ports/clock.js';
import type { RunJob } from './run-job.js';

/** The clocks of a run and of its phases. */
export interface TimeLimits {
  readonly armRun: () => void;
  /** From when the phase begins. */
  readonly armPhase: (id: string) => void;
  readonly disarmPhase: (id: string) => void;
  readonly disarmAll: () => void;
}

export interface TimeLimitsParts {
  readonly job: RunJob;
  readonly clock: Clock;
  readonly values: RunValues;
  /** At once, when a limit cannot be read. */
  readonly record: (progress: RunProgress) => void;
  readonly post: (progress: RunProgress) => void;
}

const runLimitMs = 21_600_000;

export function createTimeLimits({ job: { parsed, plan }, clock, values, record, post }: TimeLimitsParts): TimeLimits {
  const timers = new Map<string, () => void>();
  return {
    armRun: () => {
      const setting = parsed.outline.workflow.timeout;
      const limit = setting === undefined ? ({ kind: 'value', value: runLimitMs } as const) : readSetting(setting, values.worldAt({ kind: 'run' }, 'no'), asDuration);
      if (limit.kind === 'failed') return record({ kind: 'run-stopped', cause: 'timeout', failure: limit.failure, hard: false });
      if (limit.value === 'none') return;
      const { value } = limit;
      timers.set('run', clock.after(value, () => post({ kind: 'run-stopped', cause: 'timeout', hard: false, failure: { kind: 'timeout', code: 'TG3112', message: `the run took longer than ${value / 1000} s`, ...(setting === undefined ? {} : { at: setting.at }), hints: ['Give it more with timeout: at the top of the workflow'] } })));
    },
    armPhase: (id) => {
      const phase = parsed.outline.phases[plan.phases.get(id)?.index ?? -1]?.phase;
      if (phase?.timeout === undefined) return;
      const limit = readSetting(phase.timeout, values.worldAt({ kind: 'phase', phase: id }, 'no'), asDuration);
      if (limit.kind === 'failed') return record({ kind: 'phase-failed', phase: id, failure: limit.failure });
      if (limit.value === 'none') return;
      const { value } = limit;
      const { at } = phase.timeout;
      timers.set(`phase ${id}`, clock.after(value, () => post({ kind: 'phase-failed', phase: id, failure: { kind: 'timeout', code: 'TG3113', message: `phase ${id} took longer than ${value / 1000} s`, at, hints: ['Give it more with timeout: at the phase'] } })));
    },
    disarmPhase: (id) => timers.get(`phase ${id}`)?.(),
    disarmAll: () => {
      for (const disarm of timers.values()) disarm();
    },
  };
}
