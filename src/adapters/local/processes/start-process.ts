import { spawn, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import type { ProcessCommand, ProcessEnd, WriteOutput } from '../../../ports/process-runner.js';
import { describeStartFailure } from './describe-start-failure.js';
import { addMark } from './marks.js';

/** Output held open by a descendant: what was written before the end is in by the first quiet moment. */
const quietMs = 100;
const heldMs = 1000;

export interface StartedProcess {
  readonly pid: number | undefined;
  readonly ended: Promise<ProcessEnd>;
}

/** `onExit` is told at once, before the output is in. */
export function startProcess(command: ProcessCommand, write: WriteOutput, onExit: (pid: number) => void): StartedProcess {
  const env = addMark(command.env, command.mark);
  let child: ChildProcess;
  try {
    child = spawn(command.file, command.args, { cwd: command.folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    return { pid: undefined, ended: Promise.resolve(describeStartFailure(error, command)) };
  }
  const { pid } = child;
  const ended = new Promise<ProcessEnd>((resolve, reject) => {
    child.once('error', (error) => {
      if (pid === undefined) resolve(describeStartFailure(error, command));
    });
    if (pid === undefined) return;
    followOutput(child, { write, onExit: () => onExit(pid), resolve, reject });
  });
  return { pid, ended };
}

interface Following {
  readonly write: WriteOutput;
  readonly onExit: () => void;
  readonly resolve: (end: ProcessEnd) => void;
  readonly reject: (error: unknown) => void;
}

function followOutput(child: ChildProcess, { write, onExit, resolve, reject }: Following): void {
  let lastOutput = 0;
  let isOver = false;
  const streams = [['stdout', child.stdout], ['stderr', child.stderr]] as const;
  for (const [name, stream] of streams) {
    // Nothing is kept here: the next piece is read when `write` has come back, and meanwhile the process waits.
    stream?.on('data', (bytes: Buffer) => {
      if (isOver) return;
      lastOutput = performance.now();
      try {
        write(name, bytes);
      } catch (error) {
        isOver = true;
        reject(error);
      }
    });
  }
  const settle = (outputHeld: boolean): void => {
    isOver = true;
    if (child.signalCode !== null) resolve({ kind: 'signalled', signal: child.signalCode, outputHeld });
    else resolve({ kind: 'exited', code: child.exitCode ?? 0, outputHeld });
  };
  child.once('exit', () => {
    onExit();
    const exited = performance.now();
    const look = (): void => {
      const now = performance.now();
      const wait = Math.min(exited + heldMs, Math.max(exited, lastOutput) + quietMs) - now;
      if (wait > 0) timer = setTimeout(lookAfterReading, wait);
      else {
        settle(true);
        for (const [, stream] of streams) letGo(stream);
      }
    };
    // Timers come before reading: after a slow `write` there may be more in the pipe than we know.
    const lookAfterReading = (): void => {
      immediate = setImmediate(look);
    };
    let immediate: NodeJS.Immediate | undefined;
    let timer: NodeJS.Timeout | undefined = setTimeout(lookAfterReading, quietMs);
    child.once('close', () => {
      clearTimeout(timer);
      clearImmediate(immediate);
      if (!isOver) settle(false);
    });
  });
}

/**
 * A descendant goes on writing into it. Closing our end would kill it (SIGPIPE), so the rest is read and thrown away for as
 * long as we live, without keeping us alive.
 */
function letGo(stream: ChildProcess['stdout']): void {
  if (stream instanceof Socket) stream.unref();
}
