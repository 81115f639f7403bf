import type { ProcessRunner, RunningProcess, StopOrder } from '../../ports/process-runner.js';

/** Why an attempt was ended from outside. */
export type EndCause = 'timeout' | 'phase-timeout' | 'run-timeout' | 'cancelled';

/** The processes of one attempt, and the way to end them. */
export interface AttemptControl {
  readonly start: (...command: Parameters<ProcessRunner['start']>) => RunningProcess;
  /** Settles when none of its processes is left. */
  readonly stop: (cause: EndCause, order: StopOrder) => Promise<void>;
  readonly cause: () => EndCause | undefined;
  /** Settles when its first process is there. */
  readonly begun: Promise<void>;
}

/** For what nobody watches any more. */
const lastOrder: StopOrder = { signal: 'SIGTERM', killAfterMs: 10_000 };

export function createAttemptControl(processes: ProcessRunner): AttemptControl {
  const running = new Set<RunningProcess>();
  let order: StopOrder | undefined;
  let cause: EndCause | undefined;
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  return {
    cause: () => cause,
    begun,
    start: (command, write) => {
      const started = processes.start(command, write);
      running.add(started);
      if (started.pid !== undefined) begin();
      started.ended.then(
        () => running.delete(started),
        // What it says cannot be taken in any more, and it would go on.
        () => started.stop(order ?? lastOrder).finally(() => running.delete(started)),
      ).catch(() => undefined);
      // It was stopped between two commands: what starts now has no future.
      if (order !== undefined) void started.stop(order);
      return started;
    },
    stop: async (why, given) => {
      cause ??= why;
      order = given;
      await Promise.all([...running].map((each) => each.stop(given)));
    },
  };
}
