import type { MarkedProcess, ProcessCommand, ProcessEnd, ProcessRunner, StopOrder, WriteOutput } from '../../src/ports/process-runner.js';

/** A process that does what the test says, when the test says it. */
export interface ScriptedProcess {
  readonly command: ProcessCommand;
  /** Its script, as the shell gets it. */
  readonly script: string;
  /** `<step>/<cell>/<attempt>`. */
  readonly place: string;
  readonly stops: readonly StopOrder[];
  readonly isOver: () => boolean;
  readonly says: (text: string, stream?: 'stdout' | 'stderr') => void;
  readonly exits: (code: number) => void;
  readonly isKilledBy: (signal: string) => void;
  readonly cannotStart: (reason: Extract<ProcessEnd, { kind: 'not-started' }>['reason']) => void;
  /** From now on it does not end when it is asked to. */
  readonly isStubborn: () => void;
}

export interface ScriptedProcessRunner extends ProcessRunner {
  /** In the order in which they were started. */
  readonly all: readonly ScriptedProcess[];
  /** What steps have left running. */
  readonly left: MarkedProcess[];
  /** What was ended of it, with the order. */
  readonly endings: readonly (readonly [string, StopOrder])[];
}

/** Starts nothing: each process is a script in the hands of the test. One that is stopped ends at once, unless it is stubborn. */
export function createScriptedProcessRunner(): ScriptedProcessRunner {
  const all: ScriptedProcess[] = [];
  const start = (command: ProcessCommand, write: WriteOutput): ReturnType<ProcessRunner['start']> => {
    let end: ProcessEnd | undefined;
    let stubborn = false;
    let settle: (end: ProcessEnd) => void = () => undefined;
    let reject: (error: unknown) => void = () => undefined;
    const ended = new Promise<ProcessEnd>((resolve, refuse) => {
      settle = resolve;
      reject = refuse;
    });
    const stops: StopOrder[] = [];
    const finish = (how: ProcessEnd): void => {
      if (end !== undefined) throw new Error(`${command.mark} has ended already`);
      end = how;
      settle(how);
    };
    all.push({
      command,
      script: command.args.at(-1) ?? '',
      place: command.mark.split('/').slice(1).join('/'),
      stops,
      isOver: () => end !== undefined,
      says: (text, stream = 'stdout') => {
        try {
          write(stream, Buffer.from(text));
        } catch (error) {
          reject(error);
        }
      },
      exits: (code) => finish({ kind: 'exited', code, outputHeld: false }),
      isKilledBy: (signal) => finish({ kind: 'signalled', signal, outputHeld: false }),
      cannotStart: (reason) => finish({ kind: 'not-started', reason, message: reason }),
      isStubborn: () => {
        stubborn = true;
      },
    });
    return {
      pid: all.length,
      ended,
      stop: async (order) => {
        stops.push(order);
        if (end === undefined && !stubborn) finish({ kind: 'signalled', signal: order.signal, outputHeld: false });
        await ended.catch(() => undefined);
      },
    };
  };
  const left: MarkedProcess[] = [];
  const endings: (readonly [string, StopOrder])[] = [];
  return {
    all, left, endings, start,
    findMarked: (mark) => Promise.resolve(left.filter((each) => each.mark.startsWith(mark))),
    endMarked: (mark, order) => {
      endings.push([mark, order]);
      const ended = left.filter((each) => each.mark.startsWith(mark));
      for (const each of ended) left.splice(left.indexOf(each), 1);
      return Promise.resolve(ended);
    },
  };
}
