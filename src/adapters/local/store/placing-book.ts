import { closeSync, lstatSync, openSync, readdirSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import { makeFolder } from '../run-folder/state-folder.js';
import { findPathFault } from './path-faults.js';
import { removeQuietly } from './remove-quietly.js';
import { absolute, lookAt, type Site } from './site.js';
import { isGone, makerOf, type TemporaryNames } from './temporary-names.js';
import { createWays } from './way-to.js';

/** A temporary file in the workspace; `home`: where what it holds was before, if it was moved there. */
export type Move = readonly [temporary: string, home: string | null];

/** What is about to lie in the workspace under temporary names: should this process be killed, the next one clears it up. */
export interface PlacingBook {
  readonly note: (moves: readonly Move[]) => void;
  /** Some of it lies there still: the next process looks after it, as after one that was killed. */
  readonly hold: () => void;
  /** Nothing of it lies there any more, but for what is held. */
  readonly close: () => void;
}

const ending = '-placing';

/** One file for all: what it notes of work that is done by then does no harm. */
export function openPlacingBook(folder: string, names: TemporaryNames): PlacingBook {
  let file: number | undefined;
  let isHeld = false;
  const pathOf = (): string => join(folder, `${names.opening()}${ending}`);
  return {
    note: (moves) => {
      try {
        if (file === undefined) {
          makeFolder(folder);
          file = openSync(pathOf(), 'a', 0o600);
        }
        writeSync(file, `${JSON.stringify(moves)}\n`);
      } catch {
        // Placing goes on without: what it notes is needed after a crash alone.
      }
    },
    hold: () => void (isHeld = true),
    close: () => {
      if (file === undefined) return;
      closeSync(file);
      file = undefined;
      if (!isHeld) removeQuietly(pathOf());
    },
  };
}

/** What dead processes left in the workspace: what they had staged goes, what they had put aside goes home. */
export function sweepPlacings(site: Site, folder: string): void {
  for (const name of listPlacings(folder)) {
    try {
      const file = join(folder, name);
      const maker = makerOf(`${name.slice(0, -ending.length)}-0`);
      if (maker === undefined || !isGone(maker, Date.now() - lstatSync(file).mtimeMs)) continue;
      for (const [temporary, home] of readMoves(file)) sweep(site, maker, [temporary, home]);
      removeQuietly(file);
    } catch {
      // It is tried again with the next run.
    }
  }
}

function listPlacings(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(ending));
  } catch {
    return [];
  }
}

/** Only lines that were written whole, and in them only what they can say. */
function readMoves(file: string): readonly Move[] {
  return readFileSync(file, 'utf8').split('\n').flatMap((line) => {
    try {
      const moves: unknown = JSON.parse(line);
      return Array.isArray(moves) ? moves.filter(isMove) : [];
    } catch {
      return [];
    }
  });
}

function isMove(value: unknown): value is Move {
  return Array.isArray(value) && typeof value[0] === 'string' && (value[1] === null || typeof value[1] === 'string');
}

function sweep(site: Site, maker: string, [temporary, home]: Move): void {
  const isOurs = makerOf(basename(temporary)) === maker && findPathFault(temporary, site.reserved) === undefined;
  const wayTo = createWays(site);
  if (!isOurs || wayTo(temporary).kind !== 'open' || lookAt(site, temporary) === undefined) return;
  const isHomeless = home === null || findPathFault(home, site.reserved) !== undefined || wayTo(home).kind !== 'open' || lookAt(site, home) !== undefined;
  if (isHomeless) removeQuietly(absolute(site, temporary));
  else renameSync(absolute(site, temporary), absolute(site, home));
}
