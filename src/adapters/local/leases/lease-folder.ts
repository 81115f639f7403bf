import { closeSync, existsSync, fstatSync, openSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeFile, unplacedEnding } from '../place-file.js';
import { readErrorCode } from '../processes/error-code.js';
import type { LeaseRecord } from './lease-record.js';
import { parseLeaseRecord } from './lease-record.js';

/** The owners that a name has had, a file each, called by its epoch. The highest one rules. */
export interface LeaseFolder {
  readonly epochs: () => readonly number[];
  readonly read: (epoch: number) => FoundLease | undefined;
  /** Exactly one of several who try it at once succeeds. */
  readonly place: (epoch: number, record: LeaseRecord) => boolean;
  readonly isReleased: (epoch: number) => boolean;
  readonly release: (epoch: number) => void;
  readonly isThere: (epoch: number) => boolean;
  /** Keeps hold of the file that is there now, to tell it from any that comes after it. */
  readonly pin: (epoch: number) => PinnedFile;
  readonly touch: (epoch: number, now: number) => void;
  readonly remove: (epoch: number) => void;
  /** What processes have left that were killed on the way. */
  readonly sweep: (before: number) => void;
}

export interface FoundLease {
  /** Nothing in a damaged file. */
  readonly record: LeaseRecord | undefined;
  /** Milliseconds since 1970. */
  readonly lastSeen: number;
}

export interface PinnedFile {
  readonly isThere: () => boolean;
  readonly letGo: () => void;
}

const releasedEnding = '.released';

export function openLeaseFolder(folder: string): LeaseFolder {
  const pathOf = (epoch: number): string => join(folder, String(epoch));
  const names = (): readonly string[] => readdirSync(folder);
  return {
    epochs: () => names().filter((name) => /^[1-9]\d{0,14}$/u.test(name)).map(Number).sort((a, b) => a - b),
    read: (epoch) => {
      const path = pathOf(epoch);
      try {
        const status = statSync(path);
        return { record: status.isFile() ? parseLeaseRecord(readFileSync(path, 'utf8')) : undefined, lastSeen: Math.round(status.mtimeMs) };
      } catch (error) {
        if (readErrorCode(error) === 'ENOENT') return undefined;
        throw error;
      }
    },
    place: (epoch, record) => {
      try {
        placeFile(pathOf(epoch), `${JSON.stringify(record)}\n`);
        return true;
      } catch (error) {
        if (readErrorCode(error) === 'EEXIST') return false;
        throw error;
      }
    },
    isReleased: (epoch) => existsSync(`${pathOf(epoch)}${releasedEnding}`),
    release: (epoch) => writeFileSync(`${pathOf(epoch)}${releasedEnding}`, '', { mode: 0o600 }),
    isThere: (epoch) => existsSync(pathOf(epoch)),
    pin: (epoch) => {
      const path = pathOf(epoch);
      // As long as it is open nobody else is given its number.
      const descriptor = openSync(path, 'r');
      const own = fstatSync(descriptor);
      return {
        isThere: () => {
          const found = statSync(path, { throwIfNoEntry: false });
          return found?.ino === own.ino && found.dev === own.dev;
        },
        letGo: () => closeSync(descriptor),
      };
    },
    touch: (epoch, now) => utimesSync(pathOf(epoch), now / 1000, now / 1000),
    remove: (epoch) => {
      // In place of a file there may be anything.
      rmSync(pathOf(epoch), { recursive: true, force: true });
      rmSync(`${pathOf(epoch)}${releasedEnding}`, { force: true });
    },
    sweep: (before) => {
      for (const name of names()) {
        const path = join(folder, name);
        const status = name.endsWith(unplacedEnding) ? statSync(path, { throwIfNoEntry: false }) : undefined;
        if (status !== undefined && status.mtimeMs < before) rmSync(path, { force: true });
      }
    },
  };
}
