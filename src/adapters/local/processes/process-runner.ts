import { existsSync } from 'node:fs';
import type { MarkedProcess, ProcessRunner } from '../../../ports/process-runner.js';
import { endProcesses } from './end-processes.js';
import { createProcTable } from './proc-table.js';
import type { ProcessTable } from './process-table.js';
import { createPsTable } from './ps-table.js';
import { prepareOomScore } from './raise-oom-score.js';
import type { Claim } from './select-owned.js';
import { selectOwned } from './select-owned.js';
import { createSessionBook } from './session-book.js';
import { startProcess } from './start-process.js';

/** Processes of this machine, found again by the mark in their environment, their session and where they come from. */
export function createProcessRunner(): ProcessRunner {
  const table = existsSync('/proc/self/environ') ? createProcTable() : createPsTable();
  const raiseOomScore = prepareOomScore();
  const sessions = createSessionBook(table);
  const claimBy = (covers: Claim['covers']) => (): Claim => ({ covers, sessions: sessions.look() });
  const beginsWith = (prefix: string): (() => Claim) => claimBy((mark) => mark.startsWith(prefix));
  return {
    start: (command, write) => {
      const { mark } = command;
      const { pid, ended } = startProcess(command, write, sessions.end);
      if (pid === undefined) return { pid, ended, stop: () => Promise.resolve() };
      sessions.begin(pid, mark);
      raiseOomScore?.(pid);
      return {
        pid,
        ended,
        stop: async (order) => {
          await endProcesses(table, claimBy((each) => each === mark), order);
        },
      };
    },
    findMarked: (mark) => Promise.resolve(findProcesses(table, beginsWith(mark)())),
    endMarked: (mark, order) => endProcesses(table, beginsWith(mark), order),
  };
}

function findProcesses(table: ProcessTable, claim: Claim): readonly MarkedProcess[] {
  return selectOwned(table.read(), claim, [], process.pid).map(({ pid, mark }) => ({ pid, mark, command: table.commandOf(pid) }));
}
