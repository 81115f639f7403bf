import type { ProcessRunner, RunningProcess, StopOrder } from '../../ports/process-runner.js';

/** Why an attempt was ended from outside. */
export type EndCause = 'timeout' | 'cancelled';

/** The processes of one attempt, and the way to end them. */
export interface AttemptControl {
  readonly start: (...command: Parameters<ProcessRunner['start']>) => RunningProcess;
  /** Settles when none of its processes is left. */
  readonly stop: (cause: EndCause, order: StopOrder) => Promise<void>;
  readonly cause: () => EndCause | undefined;
}

export function createAttemptControl(processes: ProcessRunner): AttemptControl {
  const running = new Set<RunningProcess>();
  let order: StopOrder | undefined;
  let cause: EndCause | undefined;
  return {
    cause: () => cause,
    start: (command, write) => {
      const started = processes.start(command, write);
      running.add(started);
      void started.ended.then(() => running.delete(started));
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
