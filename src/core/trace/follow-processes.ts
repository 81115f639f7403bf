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
  /** A call that has not come back. */
  begun?: { readonly text: string; readonly folder: string };
}

/** Of a child nothing can be said before its parent was told its number; should that never come, it is not waited for longer. */
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

  /** Where a child begins whose parent is not known: most likely it comes from one that is just making a process. */
  const guessFolder = (): Process['at'] => {
    const making = [...processes.values()].find(({ begun }) => begun !== undefined && isFork(begun.text.slice(0, begun.text.indexOf('('))));
    return { folder: (making ?? processes.get(first ?? 0))?.at.folder ?? folder };
  };

  const wait = (line: TraceLine): void => {
    const lines = waiting.get(line.pid) ?? [];
    lines.push(line);
    waiting.set(line.pid, lines);
    if (lines.length >= mostWaiting) adopt(line.pid, guessFolder());
  };

  const tell = (text: string, { at }: Process, began: string): void => {
    const call = readCall(text);
    if (call === undefined) return;
    const { value = 0 } = call.result;
    if (!isFork(call.name)) onCall(call, { path: began, change: (path) => (at.folder = path) });
    else if (value > 0 && !processes.has(value)) adopt(value, text.includes('CLONE_FS') ? at : { folder: at.folder });
  };

  const follow = (line: TraceLine): void => {
    const { pid } = line;
    const process = processes.get(pid);
    if (process === undefined) return first === undefined ? undefined : wait(line);
    switch (line.kind) {
      case 'call': return tell(line.text, process, learnFolder(line.text, process));
      case 'begun': {
        process.begun = { text: line.text, folder: learnFolder(line.text, process) };
        return;
      }
      case 'rest': {
        const { begun } = process;
        delete process.begun;
        return begun === undefined ? undefined : tell(begun.text + line.text, process, begun.folder);
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
      for (const pid of waiting.keys()) adopt(pid, guessFolder());
    },
  };
}

/** Many calls say which folder the process works in: what was missed of it is caught up with. */
function learnFolder(text: string, { at }: Process): string {
  const said = /\bAT_FDCWD<[^>]*>/u.exec(text)?.[0];
  at.folder = readDescriptor(said) ?? at.folder;
  return at.folder;
}

function isFork(name: string): boolean {
  return name === 'clone' || name === 'clone3' || name === 'fork' || name === 'vfork';
}
