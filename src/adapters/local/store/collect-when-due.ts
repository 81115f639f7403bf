import { lstatSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectGarbage } from './collect-garbage.js';
import { weighStore } from './list-results.js';
import { removeQuietly } from './remove-quietly.js';
import { createTemporaryNames } from './temporary-names.js';

export const defaultMostBytes = 5 * 1024 ** 3;

export interface Growth {
  /** What this process has saved since it last asked. */
  readonly savedBytes: number;
  readonly mostBytes: number;
  readonly now: number;
  /** There was no store before. */
  readonly isNew: boolean;
}

/** Once it is full there is room for a while: a store at its limit is not gone through after every run. */
const shareKept = 0.9;
const weekMs = 7 * 86_400_000;

/**
 * Keeps an estimate of the store's size beside it, and goes through the store only when that says that it is full or is old.
 * Two processes that do so at once may lose what one has counted; the next look at all of it finds out.
 */
export function collectWhenDue(folder: string, { savedBytes, mostBytes, now, isNew }: Growth): void {
  if (savedBytes === 0) return;
  const file = join(folder, 'size');
  const before = isNew ? { bytes: 0, measuredAt: now } : readEstimate(file, now);
  const estimate = before === undefined ? undefined : { ...before, bytes: before.bytes + savedBytes };
  if (estimate !== undefined && estimate.bytes <= mostBytes) return writeEstimate(folder, estimate);
  const bytes = weighStore(folder);
  if (bytes <= mostBytes) return writeEstimate(folder, { bytes, measuredAt: now });
  collectGarbage(folder, { maxBytes: mostBytes * shareKept, now });
  writeEstimate(folder, { bytes: weighStore(folder), measuredAt: now });
}

interface Estimate {
  readonly bytes: number;
  readonly measuredAt: number;
}

function readEstimate(file: string, now: number): Estimate | undefined {
  try {
    if (!lstatSync(file).isFile()) return undefined;
    const [bytes = NaN, measuredAt = NaN] = readFileSync(file, 'utf8').split(' ').map(Number);
    return bytes >= 0 && measuredAt <= now && now - measuredAt < weekMs ? { bytes, measuredAt } : undefined;
  } catch {
    return undefined;
  }
}

function writeEstimate(folder: string, { bytes, measuredAt }: Estimate): void {
  const temporary = join(folder, 'tmp', createTemporaryNames().next());
  try {
    writeFileSync(temporary, `${Math.round(bytes)} ${measuredAt}`, { mode: 0o600 });
    renameSync(temporary, join(folder, 'size'));
  } catch {
    removeQuietly(temporary);
  }
}
