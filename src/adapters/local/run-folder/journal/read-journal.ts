import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DecodedEpoch } from '../../../../core/journal/decode-epoch.js';
import { decodeEpoch } from '../../../../core/journal/decode-epoch.js';
import type { EpochFile, JournalReading } from '../../../../core/journal/join-epochs.js';
import { joinEpochs } from '../../../../core/journal/join-epochs.js';
import { describeFileProblem } from '../../describe-file-problem.js';
import { readErrorCode } from '../../processes/error-code.js';
import { epochOf, journalFolder } from './journal-path.js';

/** What the journal of a run says; the folder of a run is called as the run. Whatever lies there, it answers. */
export function readJournal(runPath: string): JournalReading {
  const folder = journalFolder(runPath);
  const run = basename(runPath);
  try {
    return joinEpochs(readdirSync(folder).flatMap((name): EpochFile[] => {
      const epoch = epochOf(name);
      const file = join(folder, name);
      return epoch === undefined ? [] : [{ file, epoch, decoded: readEpoch(file, { run, epoch }) }];
    }));
  } catch (error) {
    const empty = joinEpochs([]);
    return readErrorCode(error) === 'ENOENT' ? empty : { ...empty, damage: [{ file: folder, offset: 0, problem: describeFileProblem(error), keptAs: null }] };
  }
}

function readEpoch(file: string, expected: { readonly run: string; readonly epoch: number }): DecodedEpoch {
  try {
    // Reading a pipe would wait for ever.
    if (!statSync(file).isFile()) return { kind: 'unreadable', problem: 'it is no file' };
    return decodeEpoch(readFileSync(file), expected);
  } catch (error) {
    return { kind: 'unreadable', problem: describeFileProblem(error) };
  }
}
