import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { describeFileProblem } from '../describe-file-problem.js';
import { readOwnStartTime } from './read-start-time.js';

/** Which process of all that ever were: pids come round again, and hosts start anew. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startTime: number;
  readonly host: string;
  /** Machines that are called alike differ in it; empty where they have none. */
  readonly machine: string;
  /** Of this start of the machine; empty where it does not say (macOS), and start times tell alone. */
  readonly bootId: string;
  /** Pids mean something in it alone; empty where there is only one. */
  readonly pidNamespace: string;
}

export function identifySelf(): ProcessIdentity {
  return {
    pid: process.pid,
    startTime: readOwnStart(),
    host: hostname(),
    machine: readOr(() => readFileSync('/etc/machine-id', 'latin1')),
    bootId: readOr(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1')),
    pidNamespace: readOr(() => readlinkSync('/proc/self/ns/pid')),
  };
}

function readOwnStart(): number {
  try {
    const startTime = readOwnStartTime();
    if (Number.isNaN(startTime)) throw new Error('it does not say');
    return startTime;
  } catch (error) {
    throw new Error(`when this process started cannot be read from /proc/self/stat: ${describeFileProblem(error)}`, { cause: error });
  }
}

function readOr(read: () => string): string {
  try {
    return read().trim();
  } catch {
    return '';
  }
}
