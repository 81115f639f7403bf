import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { readStartTime } from './read-start-time.js';

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
  const startTime = readStartTime('self');
  if (startTime === undefined || Number.isNaN(startTime)) throw new Error('when this process started cannot be read');
  return {
    pid: process.pid,
    startTime,
    host: hostname(),
    machine: readOr(() => readFileSync('/etc/machine-id', 'latin1')),
    bootId: readOr(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1')),
    pidNamespace: readOr(() => readlinkSync('/proc/self/ns/pid')),
  };
}

function readOr(read: () => string): string {
  try {
    return read().trim();
  } catch {
    return '';
  }
}
