import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeJournalFiles } from '../../src/adapters/local/run-folder/journal/node-journal-files.js';
import type { JournalFiles } from '../../src/adapters/local/run-folder/journal/journal-files.js';
import { openEpoch } from '../../src/adapters/local/run-folder/journal/open-epoch.js';
import { journalFolder } from '../../src/adapters/local/run-folder/journal/journal-path.js';
import type { Journal } from '../../src/adapters/local/run-folder/journal/open-journal.js';
import { readJournal } from '../../src/adapters/local/run-folder/journal/read-journal.js';
import { setAside } from '../../src/adapters/local/run-folder/journal/set-aside.js';
import { makeFolder, makeStateFolder } from '../../src/adapters/local/run-folder/state-folder.js';

/** Where the runs of a workspace lie, and which of them. */
export interface RunPlace {
  readonly stateFolder: string;
  readonly runId: string;
}

export const pathOfRun = ({ stateFolder, runId }: RunPlace): string => join(stateFolder, 'runs', runId);

/** As a process does that goes on with a run, or begins one. `room`: for so many writes, and no more. */
export function takeOverJournal(place: RunPlace, room = Infinity): Journal {
  makeStateFolder(place.stateFolder);
  makeFolder(journalFolder(pathOfRun(place)));
  const past = readJournal(pathOfRun(place));
  setAside(past);
  const opened = openEpoch(place, { tollgateVersion: '1.0.0', past, files: withRoom(room) });
  if (opened.kind !== 'opened') throw new Error(opened.reason);
  return opened.journal;
}

function withRoom(room: number): JournalFiles {
  let written = 0;
  return {
    ...nodeJournalFiles,
    open: (path) => {
      const file = nodeJournalFiles.open(path);
      return {
        ...file,
        write: (bytes) => {
          const records = Buffer.from(bytes).toString().split('\n').length - 1;
          if ((written += records) > room) throw Object.assign(new Error('no space is left'), { code: 'ENOSPC' });
          return file.write(bytes);
        },
      };
    },
  };
}

/** Of the last record, so that it is there in part, or is another. */
export function damageJournal(place: RunPlace, how: 'cut' | 'changed'): void {
  const file = newestEpoch(place);
  const bytes = readFileSync(file);
  const begin = bytes.lastIndexOf(0x0a, bytes.length - 2) + 1;
  const middle = begin + Math.floor((bytes.length - begin) / 2);
  if (how === 'cut') truncateSync(file, middle);
  else {
    bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
    writeFileSync(file, bytes);
  }
}

function newestEpoch(place: RunPlace): string {
  const folder = journalFolder(pathOfRun(place));
  const name = readdirSync(folder).filter((each) => each.endsWith('.ndjson')).sort().at(-1);
  if (name === undefined) throw new Error('the run has no journal yet');
  return join(folder, name);
}
