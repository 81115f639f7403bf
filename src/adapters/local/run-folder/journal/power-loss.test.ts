import { basename } from 'node:path';
import fc from 'fast-check';
import type { DiskState, ModelDisk } from '../../../../../test/rig/model-disk.js';
import { createModelDisk } from '../../../../../test/rig/model-disk.js';
import { eventOf } from '../../../../../test/rig/write-epoch.js';
import { decodeEpoch } from '../../../../core/journal/decode-epoch.js';
import type { JournalReading } from '../../../../core/journal/join-epochs.js';
import { joinEpochs } from '../../../../core/journal/join-epochs.js';
import type { RunEvent } from '../../../../core/run/run-event.js';
import { epochOf } from './journal-path.js';
import { openEpoch } from './open-epoch.js';
import type { Journal } from './open-journal.js';

/** The most that may be on its way to the disk: every order of six is looked at. */
const mostPending = 6;
const folders = ['/s', '/s/runs', '/s/runs/run', '/s/runs/run/journal'];
const existing = folders.slice(0, 2);

type Act = 'append' | 'append durably' | 'time passes' | 'somebody else goes on';

const acts = fc.array(fc.constantFrom<Act>('append', 'append', 'append durably', 'time passes', 'somebody else goes on'), { minLength: 1, maxLength: 10 });

function readDisk(state: DiskState): JournalReading {
  return joinEpochs([...state].flatMap(([file, bytes]) => {
    const epoch = epochOf(basename(file)) ?? 0;
    return [{ file, epoch, decoded: decodeEpoch(bytes, { run: 'run', epoch }) }];
  }));
}

interface Lost {
  readonly read: number;
  readonly acknowledged: number;
}

/** Every way in which the power can be lost on the way, and which of them lost what was said to be safe. */
async function loseEverywhere(given: readonly Act[], disk: ModelDisk): Promise<{ readonly lost: readonly Lost[]; readonly looked: number; readonly broken: readonly unknown[] }> {
  const lost: Lost[] = [];
  const broken: unknown[] = [];
  let looked = 0;
  let acknowledged = 0;
  const written: RunEvent[] = [];
  const look = (): void => {
    if (disk.pendingCount() > mostPending) throw new Error('too much is pending to look at every order');
    for (const state of disk.statesAfterLoss()) {
      looked += 1;
      const { events } = readDisk(state);
      if (events.length < acknowledged) lost.push({ read: events.length, acknowledged });
      if (JSON.stringify(events) !== JSON.stringify(written.slice(0, events.length))) broken.push(events);
    }
  };
  disk.onOperation(look);
  for (const folder of folders.filter((each) => !existing.includes(each))) disk.makeFolder(folder);
  let journal: Journal | undefined;
  let epoch = 0;
  const goOn = (): void => {
    const states = [...disk.statesAfterLoss()];
    // What a process reads is what was written, whether it is on the disk or not.
    const reading = states.map(readDisk).reduce((most, each) => (each.lastSeq >= most.lastSeq && each.end !== null ? each : most));
    const opened = openEpoch({ stateFolder: '/s', runId: 'run' }, { tollgateVersion: '1', past: reading, files: disk.files, lease: { epoch: (epoch += 1), isHeld: () => true, successor: () => null } });
    if (opened.kind === 'failed') throw new Error(opened.reason);
    ({ journal } = opened);
  };
  goOn();
  for (const act of given) {
    if (disk.pendingCount() >= mostPending - 1 && act !== 'append durably') await disk.passTime();
    if (act === 'somebody else goes on' && disk.pendingCount() <= mostPending - 3) goOn();
    else if (act === 'time passes') await disk.passTime();
    else if (act.startsWith('append')) {
      written.push(eventOf(written.length));
      const outcome = journal?.append(written.at(-1)!, { durable: act === 'append durably' });
      if (outcome?.kind !== 'written') throw new Error('nothing refuses here');
      if (act === 'append durably') acknowledged = written.length;
    }
  }
  look();
  return { lost, looked, broken };
}

test('what was said to be safe is there after a loss of power at any moment', async () => {
  let looked = 0;
  await fc.assert(
    fc.asyncProperty(acts, async (given) => {
      const result = await loseEverywhere(given, createModelDisk(existing));
      looked += result.looked;
      expect(result).toMatchObject({ lost: [], broken: [] });
    }),
    { numRuns: 300 },
  );
  expect(looked).toBeGreaterThan(10_000);
}, 60_000);

test('a record is safe once its time has passed', async () => {
  const disk = createModelDisk(existing);
  await loseEverywhere(['append', 'append', 'time passes'], disk);
  expect(disk.pendingCount()).toBe(0);
});

test('with the first safe record everything around it is safe, in a workspace that has not had a run before', () => {
  const disk = createModelDisk([]);
  folders.forEach(disk.makeFolder);
  const opened = openEpoch({ stateFolder: '/s', runId: 'run' }, { tollgateVersion: '1', files: disk.files });
  expect(opened.kind === 'opened' && opened.journal.append(eventOf(1), { durable: true })).toEqual({ kind: 'written' });
  expect(disk.pendingCount()).toBe(0);
});

test.each(['file syncs', 'folder syncs'] as const)('without %s the same look finds losses', async (without) => {
  const { lost } = await loseEverywhere(['append durably'], createModelDisk(existing, without));
  expect(lost.length).toBeGreaterThan(0);
});
