import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { epochPath } from '../../src/adapters/local/run-folder/journal/journal-path.js';
import { readJournal } from '../../src/adapters/local/run-folder/journal/read-journal.js';
import { createMemoryRunLog } from '../fakes/memory-run-log.js';
import { createMemoryRunStore } from '../fakes/memory-run-store.js';
import { createRunLogOnGithub } from '../rig/run-log-on-github.js';
import { damageJournal, pathOfRun, takeOverJournal } from '../rig/journal-folder.js';
import { writeEpoch } from '../rig/write-epoch.js';
import type { RunLogSubject } from './run-log-contract.js';
import { describeRunLog, runId } from './run-log-contract.js';

describe('the journal in the folder of a run', () => {
  describeRunLog((): RunLogSubject => {
    const stateFolder = mkdtempSync(join(tmpdir(), 'tollgate-run-log-'));
    const place = { stateFolder, runId };
    return {
      tellsTheSucceeded: true,
      takeOver: (room) => takeOverJournal(place, room),
      read: () => {
        const { events, torn, damage, newer } = readJournal(pathOfRun(place));
        return { events, state: newer !== null ? { newer: newer.tollgate } : damage.length > 0 ? 'damaged' : torn ? 'torn' : 'whole' };
      },
      damage: (how) => damageJournal(place, how),
      succeedByNewer: () => writeFileSync(epochPath(pathOfRun(place), 2), writeEpoch([], { format: 2, tollgate: '9.9.9' }).bytes),
      dispose: () => rmSync(stateFolder, { recursive: true, force: true }),
    };
  });
});

describe('states of a run on GitHub, each owner and each reader a job with an empty disk', () => describeRunLog(() => createRunLogOnGithub(), 10));

describe('states of a run on GitHub, encrypted', () => describeRunLog(() => createRunLogOnGithub({ isSealed: true }), 3));

describe('the fake', () => {
  describeRunLog((): RunLogSubject => {
    const log = createMemoryRunLog();
    return {
      tellsTheSucceeded: true,
      takeOver: (room) => createMemoryRunStore(room, log),
      read: () => {
        const state = log.state();
        return { events: [...log.events], state: state === 'newer' ? { newer: '9.9.9' } : state };
      },
      damage: log.damage,
      succeedByNewer: log.succeedByNewer,
      dispose: () => undefined,
    };
  });
});
