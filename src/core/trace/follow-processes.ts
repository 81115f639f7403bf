import type { TracedCall } from './read-call.js';
import { readCall, readDescriptor } from './read-call.js';
import type { TraceLine } from './read-trace-line.js';
import { readTraceLine } from './read-trace-line.js';

/** The folder that a process works in, as it was when the call began. */
export interface WorkingFolder {
  readonly path: string;
  readonly change: (path: string) => void;
}

/** The calls of a tree of processes, out of the lines that tell of all of them at once. */
export interface FollowedProcesses {
  /** Lines that are damaged are passed over. */
  readonly take: (line: string) => void;
  /** The first process has ended. */
  readonly isOver: () => boolean;
  /** No line comes any more. */
  readonly end: () => void;
}

interface Process {
  /** Threads and some children share it. */
  readonly at: { folder: string };
  /** A call that has not come back; where it makes a process that was heard of before, the number of that. */
  begun?: { readonly text: string; readonly folder: string; child?: number };
}

/** Where several are making processes, nothing can be said of a new one before its maker was told its number; should that never come, it is not waited for longer. */
const mostWaiting = 10_000;

export function followProcesses(folder: string, onCall: (call: TracedCall, at: WorkingFolder) => void): FollowedProcesses {
  const processes = new Map<number, Process>();
  const waiting = new Map<number, TraceLine[]>();
  let first: number | undefined;
  let isOver = false;

  const adopt = (pid: number, at: Process['at']): void => {
    processes.set(pid, { at });
    const lines = waiting.get(pid) ?? [];
    waiting.delete(pid);
    for (const line of lines) follow(line);
  };

  /** Whose child may be one that was never heard of: of those that are just making one. */
  const findMakers = (): readonly Process[] => [...processes.values()].filter(({ begun }) => begun !== undefined && begun.child === undefined && isFork(begun.text));

  const adoptUnknown = (pid: number, maker = findMakers()[0]): void => {
    if (maker?.begun === undefined) return adopt(pid, { folder: processes.get(first ?? 0)?.at.folder ?? folder });
    maker.begun.child = pid;
    adopt(pid, folderOfChild(maker, maker.begun));
  };

  const wait = (line: TraceLine): void => {
    const lines = waiting.get(line.pid) ?? [];
    lines.push(line);
    waiting.set(line.pid, lines);
    if (lines.length >= mostWaiting || findMakers().length < 2) adoptUnknown(line.pid);
  };

  const tell = (process: Process, { text, folder: path, child }: NonNullable<Process['begun']>): void => {
    const call = readCall(text);
    if (call === undefined) return;
    const { value = 0 } = call.result;
    if (!isFork(text)) onCall(call, { path, change: (to) => (process.at.folder = to) });
    else if (value > 0 && value !== child && !processes.has(value)) adopt(value, folderOfChild(process, { text, folder: path }));
  };

  const follow = (line: TraceLine): void => {
    const { pid } = line;
    const process = processes.get(pid);
    if (process === undefined) return first === undefined ? undefined : wait(line);
    switch (line.kind) {
      case 'call': return tell(process, { text: line.text, folder: learnFolder(line.text, process) });
      case 'begun': {
        process.begun = { text: line.text, folder: learnFolder(line.text, process) };
        return;
      }
      case 'rest': {
        const { begun } = process;
        delete process.begun;
        return begun === undefined ? undefined : tell(process, { ...begun, text: begun.text + line.text });
      }
      case 'superseded': {
        const { begun } = processes.get(line.by) ?? {};
        processes.delete(line.by);
        if (begun !== undefined) process.begun = begun;
        return;
      }
      case 'ended': {
        processes.delete(pid);
        isOver ||= pid === first;
      }
    }
  };

  return {
    take: (written) => {
      const line = readTraceLine(written);
      if (line === undefined) return;
      if (first === undefined) {
        first = line.pid;
        processes.set(first, { at: { folder } });
      }
      follow(line);
    },
    isOver: () => isOver,
    end: () => {
      for (const pid of waiting.keys()) adoptUnknown(pid);
    },
  };
}

/** Many calls say which folder the process works in: what was missed of it is caught up with. */
function learnFolder(text: string, { at }: Process): string {
  const said = /\bAT_FDCWD<[^>]*>/u.exec(text)?.[0];
  at.folder = readDescriptor(said) ?? at.folder;
  return at.folder;
}

function isFork(text: string): boolean {
  return /^(?:clone3?|v?fork)\(/u.test(text);
}

/** As it was when its making began; a thread goes where its makers go. */
function folderOfChild({ at }: Process, { text, folder }: { readonly text: string; readonly folder: string }): Process['at'] {
  return text.includes('CLONE_FS') ? at : { folder };
}
