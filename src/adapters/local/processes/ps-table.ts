import { spawnSync } from 'node:child_process';
import { markVariable, splitMarks } from './marks.js';
import type { ProcessEntry, ProcessTable } from './process-table.js';

const columns = 'pid=,ppid=,pgid=,stat=,lstart=,command=';
const line = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+\s+\S+\s+\d+\s+[\d:]+\s+\d+)\s(.*)$/u;
const marksInLine = new RegExp(`(?:^|\\s)${markVariable}=(.*?)(?=\\s[A-Za-z_][A-Za-z0-9_]*=|$)`, 'u');

/** Where there is no /proc (macOS): what `ps` tells, which is the environment of one's own processes only. */
export function createPsTable(): ProcessTable {
  return {
    read: () => askPs(['axeww', '-o', columns]).flatMap(readPsLine),
    startOf: (pid) => askPs(['-ww', '-o', columns, '-p', String(pid)]).flatMap(readPsLine)[0]?.started,
    commandOf: (pid) => askPs(['-ww', '-o', 'command=', '-p', String(pid)])[0]?.trim() ?? '',
    now: () => Math.ceil(Date.now() / 1000),
    countStarts: () => NaN,
    numbers: 0,
  };
}

/** One line of `ps` in the columns above, with the environment behind the command. */
export function readPsLine(text: string): ProcessEntry[] {
  const [, pid, parent, group, state, started, command] = line.exec(text) ?? [];
  if (state === undefined || started === undefined || command === undefined || state.startsWith('Z')) return [];
  return [{
    pid: Number(pid),
    parent: Number(parent),
    group: Number(group),
    session: Number(group),
    started: Date.parse(started) / 1000,
    isStopped: state.startsWith('T'),
    marks: splitMarks(marksInLine.exec(command)?.[1] ?? ''),
  }];
}

function askPs(args: readonly string[]): readonly string[] {
  const { stdout } = spawnSync('ps', args, { encoding: 'utf8', env: { PATH: '/bin:/usr/bin', LC_ALL: 'C' }, maxBuffer: 256 * 1024 * 1024 });
  return stdout.split('\n');
}
