import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { readErrorCode } from '../processes/error-code.js';

/** Names for what is not finished yet; each tells who makes it, so that whoever finds it knows whether it is left over. */
export interface TemporaryNames {
  readonly next: () => string;
  /** What all of its names begin with. */
  readonly opening: () => string;
}

const prefix = '.tollgate-tmp-';
const form = /^\.tollgate-tmp-([0-9a-f]{8}-\d{1,10})-[0-9a-f]{8}-\d{1,15}$/u;
/** What another machine or container left: whether its maker lives cannot be seen from here. */
const mostAgeMs = 3_600_000;

export function createTemporaryNames(): TemporaryNames {
  let begin: string | undefined;
  const opening = (): string => (begin ??= `${prefix}${nameThisMachine()}-${process.pid}-${randomBytes(4).toString('hex')}`);
  let count = 0;
  return { next: () => `${opening()}-${count++}`, opening };
}

/** Machine and process that made a file of this name; nothing when it is no temporary one. */
export function makerOf(name: string): string | undefined {
  return name.startsWith(prefix) ? form.exec(name)?.[1] : undefined;
}

/** True when whoever made it is dead, or cannot be seen and has had its time. */
export function isGone(maker: string, ageMs: number): boolean {
  const [machine, pid] = maker.split('-');
  return machine === nameThisMachine() ? !isAlive(Number(pid)) : ageMs > mostAgeMs;
}

/** A pid means something within one boot and one pid namespace. */
function nameThisMachine(): string {
  return createHash('sha256').update(`${hostname()}\n${readBoot()}`).digest('hex').slice(0, 8);
}

function readBoot(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')}\n${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return readErrorCode(error) === 'EPERM';
  }
}
