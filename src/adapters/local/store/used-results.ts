import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../run-folder/state-folder.js';
import { digestOf } from './digest.js';
import { removeQuietly } from './remove-quietly.js';
import type { ResultPlace } from './store-layout.js';
import type { TemporaryNames } from './temporary-names.js';

/** Which results were used, so that those go first that were not used for longest. */
export interface UsedResults {
  readonly add: (place: ResultPlace) => void;
  readonly keep: (now: number) => void;
}

export interface UseNotes {
  readonly file: string;
  readonly names: TemporaryNames;
  /** Makes a result one that was used now. */
  readonly touch: (place: ResultPlace, now: number) => void;
}

const hourMs = 3_600_000;
/** As many workflows as anybody runs in turn. */
const mostNotes = 32;

/** A run that uses what another used within the hour touches nothing: the file knows what was touched together, and when. */
export function openUsedResults({ file, names, touch }: UseNotes): UsedResults {
  const used = new Map<string, ResultPlace>();
  return {
    add: (place) => void used.set(`${place.domain}\n${place.key}`, place),
    keep: (now) => {
      if (used.size === 0) return;
      const set = digestOf([...used.keys()].sort().join('\n'));
      const notes = readNotes(file).filter(({ at }) => Math.abs(now - at) < hourMs);
      if (notes.some((note) => note.set === set)) return used.clear();
      for (const place of used.values()) touch(place, now);
      used.clear();
      writeNotes(file, names, [...notes, { set, at: now }].slice(-mostNotes));
    },
  };
}

interface Note {
  readonly set: string;
  readonly at: number;
}

function readNotes(file: string): readonly Note[] {
  try {
    return readFileSync(file, 'utf8').split('\n').map((line) => ({ set: line.slice(0, 64), at: Number(line.slice(65)) }));
  } catch {
    return [];
  }
}

function writeNotes(file: string, names: TemporaryNames, notes: readonly Note[]): void {
  const temporary = join(dirname(file), names.next());
  try {
    makeFolder(dirname(file));
    writeFileSync(temporary, notes.map(({ set, at }) => `${set} ${at}`).join('\n'), { mode: 0o600 });
    renameSync(temporary, file);
  } catch {
    // The next run touches them again.
    removeQuietly(temporary);
  }
}
