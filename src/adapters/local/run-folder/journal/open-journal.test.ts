import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createManualClock } from '../../../../../test/fakes/manual-clock.js';
import { eventOf } from '../../../../../test/rig/write-epoch.js';
import type { LeaseOwner } from '../../../../ports/lease.js';
import { makeFolder } from '../state-folder.js';
import type { JournalFile, JournalFiles } from './journal-files.js';
import { epochPath, journalFolder } from './journal-path.js';
import { nodeJournalFiles } from './node-journal-files.js';
import type { Journal, JournalStart } from './open-journal.js';
import { openJournal } from './open-journal.js';
import { readJournal } from './read-journal.js';

const scratch = mkdtempSync(join(tmpdir(), 'tollgate-journal-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const somebody: LeaseOwner = { pid: 7, host: 'elsewhere', note: 'another', since: 1, life: 'unknown', lastSeen: 2 };

interface Bench {
  readonly start: JournalStart;
  readonly runPath: string;
  /** What was asked of the disk, a word each. */
  readonly asked: string[];
  readonly clock: ReturnType<typeof createManualClock>;
  readonly open: (change?: Partial<JournalStart>) => Journal;
}

/** A journal on this machine's disk; `wrong` may spoil what is asked of its file. */
function setUp(wrong: (file: JournalFile) => Partial<JournalFile> = () => ({})): Bench {
  const runPath = mkdtempSync(join(scratch, 'run-'));
  const runId = basename(runPath);
  makeFolder(journalFolder(runPath));
  const asked: string[] = [];
  const clock = createManualClock();
  const noted = (file: JournalFile): JournalFile => ({
    ...file,
    sync: () => {
      asked.push('sync');
      file.sync();
    },
    syncLater: () => {
      asked.push('sync later');
      return file.syncLater();
    },
  });
  const files: JournalFiles = {
    ...nodeJournalFiles,
    after: clock.after,
    open: (path) => {
      const file = noted(nodeJournalFiles.open(path));
      return { ...file, ...wrong(file) };
    },
  };
  const start: JournalStart = { runPath, runId, epoch: 1, follows: null, tollgateVersion: '1', fence: { isHeld: () => true, successor: () => somebody }, around: [], now: () => 0, files };
  return {
    start, runPath, asked, clock,
    open: (change = {}) => {
      const opened = openJournal({ ...start, ...change });
      if (opened.kind === 'failed') throw new Error(opened.reason);
      return opened.journal;
    },
  };
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => void setImmediate(resolve));
};

function fail(code: string): never {
  throw Object.assign(new Error(code), { code });
}

test('every record can be read as soon as it is written, and outlives the closing', () => {
  const { open, runPath } = setUp();
  const journal = open();
  for (let number = 1; number <= 3; number++) {
    expect(journal.append(eventOf(number))).toEqual({ kind: 'written' });
    expect(readJournal(runPath)).toMatchObject({ lastSeq: number, damage: [], torn: false });
  }
  journal.close();
  expect(readJournal(runPath).events).toEqual([1, 2, 3].map((number) => eventOf(number)));
  expect(journal.append(eventOf(4))).toEqual({ kind: 'failed', reason: 'it is closed' });
  expect(readFileSync(epochPath(runPath, 1), 'utf8')).toMatch(/^[0-9a-f]{16} 0 \{"format":1,"run":"run-\w+","epoch":1,"follows":null,"at":0,"tollgate":"1"\}\n/u);
});

test('one owner goes on from another, and nobody writes an epoch twice', () => {
  const { open, runPath, start } = setUp();
  open().append(eventOf(1));
  const { end, lastEpoch } = readJournal(runPath);
  open({ epoch: lastEpoch + 3, follows: end }).append(eventOf(2));
  expect(readJournal(runPath)).toMatchObject({ events: [eventOf(1), eventOf(2)], lastEpoch: 4, epochs: [{ epoch: 1, taken: 1 }, { epoch: 4, taken: 1 }] });
  expect(openJournal(start)).toEqual({ kind: 'failed', reason: 'another process writes it already' });
});

test('what is to be durable is synced at once, the rest together within 100 ms', async () => {
  const { open, asked, clock } = setUp();
  const journal = open();
  journal.append(eventOf(1), { durable: true });
  expect(asked).toEqual(['sync']);
  journal.append(eventOf(2));
  clock.advance(50);
  journal.append(eventOf(3));
  expect(asked).toEqual(['sync']);
  clock.advance(49);
  await settle();
  expect(asked).toEqual(['sync', 'sync later']);
  clock.advance(1000);
  await settle();
  expect(asked).toEqual(['sync', 'sync later']);
  journal.append(eventOf(4));
  journal.close();
  expect(asked).toEqual(['sync', 'sync later', 'sync']);
  expect(clock.waiting()).toBe(0);
});

test('what is written while a sync is under way is in the next one', async () => {
  let finish: () => void = () => undefined;
  const { open, asked, clock } = setUp((file) => ({
    syncLater: () => {
      void file.syncLater();
      return new Promise((resolve) => (finish = resolve));
    },
  }));
  const journal = open();
  journal.append(eventOf(1));
  clock.advance(100);
  journal.append(eventOf(2));
  clock.advance(100);
  expect(asked).toEqual(['sync later']);
  finish();
  await settle();
  clock.advance(100);
  expect(asked).toEqual(['sync later', 'sync later']);
});

test('what a sync under way has begun with is synced once more when it has to be safe now', () => {
  const { open, asked, clock } = setUp((file) => ({
    syncLater: () => {
      void file.syncLater();
      return new Promise(() => undefined);
    },
  }));
  const journal = open();
  journal.append(eventOf(1));
  clock.advance(100);
  expect(journal.sync()).toBeUndefined();
  expect(asked).toEqual(['sync later', 'sync']);
});

test.each(['ENOSPC', 'EIO', 'EROFS', 'EDQUOT'])('%s: nothing half-written stays, and nothing is written after it', (code) => {
  let left = 40;
  const { open, runPath } = setUp((file) => ({
    write: (bytes) => {
      if (left === 0) return fail(code);
      const taken = file.write(bytes.subarray(0, left));
      left -= taken;
      return taken;
    },
  }));
  const journal = open();
  const outcome = journal.append(eventOf(1));
  expect(outcome).toEqual({ kind: 'failed', reason: expect.any(String) as string });
  left = 10_000;
  expect(journal.append(eventOf(2))).toEqual(outcome);
  expect(journal.problem()).toBe((outcome as { reason: string }).reason);
  expect(readJournal(runPath)).toMatchObject({ events: [], torn: false, damage: [] });
});

test('a record that could not be cut off again counts for nothing', () => {
  let left = 40;
  const { open, runPath } = setUp((file) => ({
    write: (bytes) => (left === 0 ? fail('EIO') : (left -= file.write(bytes.subarray(0, left)), 40)),
    cut: () => fail('EIO'),
  }));
  expect(open().append(eventOf(1)).kind).toBe('failed');
  expect(readJournal(runPath)).toMatchObject({ events: [], torn: true, damage: [] });
});

test('a disk that takes a record in pieces gets all of it', () => {
  const { open, runPath } = setUp((file) => ({ write: (bytes) => file.write(bytes.subarray(0, 7)) }));
  expect(open().append(eventOf(1))).toEqual({ kind: 'written' });
  expect(readJournal(runPath)).toMatchObject({ events: [eventOf(1)], torn: false });
});

test.each(['at once', 'later'])('a sync that fails %s ends the writing: what is on the disk is not known', async (when) => {
  const { open, clock } = setUp(() => (when === 'at once' ? { sync: () => fail('EIO') } : { syncLater: () => Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' })) }));
  const journal = open();
  const outcome = journal.append(eventOf(1), { durable: when === 'at once' });
  expect(outcome.kind).toBe(when === 'at once' ? 'failed' : 'written');
  clock.advance(100);
  await settle();
  expect(journal.append(eventOf(2))).toMatchObject({ kind: 'failed' });
});

test('a record that was to be safe and is not is taken back, and those before it stay', () => {
  let isBroken = false;
  const { open, runPath } = setUp((file) => ({ sync: () => (isBroken ? fail('EIO') : file.sync()) }));
  const journal = open();
  expect(journal.append(eventOf(1), { durable: true })).toEqual({ kind: 'written' });
  expect(journal.append(eventOf(2))).toEqual({ kind: 'written' });
  isBroken = true;
  expect(journal.append(eventOf(3), { durable: true }).kind).toBe('failed');
  expect(readJournal(runPath)).toMatchObject({ events: [eventOf(1), eventOf(2)], torn: false, damage: [] });
});

test('what a successor may have read is not taken back', () => {
  const { open, runPath } = setUp(() => ({ sync: () => fail('EIO') }));
  let asked = 0;
  const journal = open({ fence: { isHeld: () => (asked += 1) === 1, successor: () => somebody } });
  expect(journal.append(eventOf(1), { durable: true }).kind).toBe('failed');
  expect(readJournal(runPath).events).toEqual([eventOf(1)]);
});

test('who was succeeded writes nothing', () => {
  const { open, runPath } = setUp();
  const journal = open({ fence: { isHeld: () => false, successor: () => somebody } });
  expect(journal.append(eventOf(1))).toEqual({ kind: 'fenced', by: somebody });
  expect(readJournal(runPath).events).toEqual([]);
});

test('who is succeeded between the look and the record is told so', () => {
  const { open } = setUp();
  let looks = 0;
  const journal = open({ fence: { isHeld: () => (looks += 1) === 1, successor: () => somebody } });
  expect(journal.append(eventOf(1))).toEqual({ kind: 'fenced', by: somebody });
});

test('where it cannot be begun it says why', () => {
  const { start, runPath } = setUp();
  rmSync(runPath, { recursive: true });
  expect(openJournal(start)).toEqual({ kind: 'failed', reason: 'there is no such file' });
  writeFileSync(runPath, '');
  expect(openJournal(start)).toEqual({ kind: 'failed', reason: 'there is no such file' });
});
