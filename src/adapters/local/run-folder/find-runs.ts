import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface FoundRun {
  readonly id: string;
  readonly path: string;
}

/** The runs that were kept, the newest first: their names begin with their time. */
export function findRuns(stateFolder: string): readonly FoundRun[] {
  const folder = join(stateFolder, 'runs');
  try {
    return readdirSync(folder).filter((id) => /^\d{8}-\d{6}-/u.test(id)).sort().reverse().map((id) => ({ id, path: join(folder, id) }));
  } catch {
    return [];
  }
}

/** What a run came to, as `run --json` printed it; nothing while it goes on, or when it was killed. */
export function readRunResult({ path }: FoundRun): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(readFileSync(join(path, 'run.json'), 'utf8')) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

export interface FoundLog {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

export function findLogs({ path }: FoundRun): readonly FoundLog[] {
  const folder = join(path, 'logs');
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.log')).sort().map((name) => ({ name: name.slice(0, -4), path: join(folder, name), bytes: statSync(join(folder, name)).size }));
  } catch {
    return [];
  }
}

/** A log in pieces: it may be larger than the memory. */
export function readLog({ path }: FoundLog, take: (bytes: Uint8Array) => void): void {
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.allocUnsafe(256 * 1024);
    for (let length = readSync(file, chunk); length > 0; length = readSync(file, chunk)) take(chunk.subarray(0, length));
  } finally {
    closeSync(file);
  }
}
