import type { Failure } from '../../core/run/failure.js';
import type { AttemptResult } from '../../core/run/run-event.js';
import { cellKey } from '../../core/run/run-state.js';
import type { StepOutcome } from '../../core/run/step-execution.js';
import type { Attempt, BegunAttempt } from '../attempt/execute-attempt.js';
import { beginAttempt, readKillAfter } from '../attempt/execute-attempt.js';
import { awaitReady } from './await-ready.js';

export interface Servers {
  /** Settles when the server is ready, or is known not to become so. */
  readonly start: (attempt: Attempt, at: ServerPlace) => Promise<AttemptResult>;
  /** How long it is given to end is asked of its step, unless it is said. */
  readonly stop: (at: ServerPlace, killAfterMs: number | undefined) => Promise<void>;
}

export interface ServerPlace {
  readonly step: string;
  readonly cell: number;
}

interface Server {
  readonly attempt: Attempt;
  stopping: boolean;
}

/** Background steps: done when they are ready, and stopped when nobody needs them any more. */
export function createServers(onLost: (at: ServerPlace, failure: Failure) => void): Servers {
  const running = new Map<string, Server>();

  async function start(attempt: Attempt, at: ServerPlace): Promise<AttemptResult> {
    const begun = beginAttempt(attempt, 'endless');
    let ended: StepOutcome | undefined;
    const gone = begun.outcome.then((outcome) => (ended = outcome));
    const readiness = {
      world: begun.world,
      clock: attempt.ports.clock,
      probe: attempt.ports.probe,
      tools: begun.tools,
      said: attempt.output.said,
      isOver: () => ended !== undefined || attempt.control.cause() !== undefined,
    };
    // What fails before its process is there was never up, not even for a moment.
    const ready = Promise.race([attempt.control.begun, gone]).then(() => awaitReady(attempt.placed, readiness));
    const failure = await Promise.race([ready, gone.then(() => undefined)]);
    if (ended !== undefined || attempt.control.cause() !== undefined) return await endEarly(attempt, { begun, outcome: await gone });
    if (failure !== undefined) {
      await attempt.control.stop('cancelled', { signal: 'SIGTERM', killAfterMs: readKillAfter(attempt) });
      const outcome = await gone;
      attempt.output.close();
      return { ...begun.settle({ ...outcome, failure }).result, outcome: 'failed', failure, tail: attempt.output.tail() };
    }
    const server: Server = { attempt, stopping: false };
    running.set(cellKey(at.step, at.cell), server);
    void gone.then((outcome) => {
      attempt.output.close();
      running.delete(cellKey(at.step, at.cell));
      if (!server.stopping) onLost(at, describeLost(attempt, outcome));
    });
    return begun.settle({ failure: null, exitCode: null }).result;
  }

  return {
    start,
    stop: async (at, killAfterMs) => {
      const server = running.get(cellKey(at.step, at.cell));
      if (server === undefined) return;
      server.stopping = true;
      await server.attempt.control.stop('cancelled', { signal: 'SIGTERM', killAfterMs: killAfterMs ?? readKillAfter(server.attempt) });
    },
  };
}

/** It was gone before it was ready; when we ended it, that is what it came to. */
async function endEarly(attempt: Attempt, { begun, outcome }: { readonly begun: BegunAttempt; readonly outcome: StepOutcome }): Promise<AttemptResult> {
  await Promise.resolve();
  attempt.output.close();
  if (attempt.control.cause() !== undefined) return begun.settle(outcome).result;
  return begun.settle({ ...outcome, failure: outcome.failure?.kind === 'exit' || outcome.failure === null ? describeLost(attempt, outcome) : outcome.failure }).result;
}

function describeLost({ placed }: Attempt, { exitCode, failure }: StepOutcome): Failure {
  const how = exitCode === null ? (failure?.message ?? 'it ended') : `it exited ${exitCode}`;
  return { kind: 'background', code: 'TG3110', message: `the server ended by itself: ${how}`, at: placed.step.background?.at ?? placed.step.id.at, hints: ['A command that is meant to end is no background step'] };
}
