import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventOf } from '../../../../test/rig/write-epoch.js';
import { findRuns, readRunResult } from './find-runs.js';
import { readJournal } from './journal/read-journal.js';
import { openRunFolder } from './run-folder-store.js';

const scratch = mkdtempSync(join(tmpdir(), 'tollgate-run-folder-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const runId = '20260101-000000-000-abcd';
const stateIn = (): string => join(mkdtempSync(join(scratch, 'case-')), 'state');
const wish = { tollgateVersion: '1' };

test('a run that never begins leaves nothing', () => {
  const state = stateIn();
  openRunFolder(state, runId, wish);
  expect(findRuns(state)).toEqual([]);
});

test('a run is written down from its first event to its result', () => {
  const state = stateIn();
  const folder = openRunFolder(state, runId, wish);
  expect(folder.begin()).toBeUndefined();
  expect(folder.append(eventOf(1), { durable: true })).toEqual({ kind: 'written' });
  expect(folder.append(eventOf(2))).toEqual({ kind: 'written' });
  folder.finish('{"status":"succeeded"}\n');
  const [run] = findRuns(state);
  expect(run).toEqual({ id: runId, path: folder.path });
  expect(readRunResult(run!)).toEqual({ status: 'succeeded' });
  expect(readJournal(folder.path)).toMatchObject({ events: [eventOf(1), eventOf(2)], epochs: [{ epoch: 1 }], damage: [] });
  expect(readdirSync(folder.path).sort()).toEqual(['journal', 'logs', 'run.json', 'steps']);
  expect(folder.problems()).toEqual([]);
});

test('who goes on with it writes a file of its own, and who wrote before is fenced', () => {
  const state = stateIn();
  const before = openRunFolder(state, runId, wish);
  before.append(eventOf(1));
  const past = readJournal(before.path);
  const after = openRunFolder(state, runId, { ...wish, past });
  expect(after.append(eventOf(2))).toEqual({ kind: 'written' });
  expect(before.append(eventOf(3))).toEqual({ kind: 'fenced', by: null });
  expect(readJournal(after.path)).toMatchObject({ events: [eventOf(1), eventOf(2)], epochs: [{ epoch: 1 }, { epoch: 2 }] });
  after.leave();
});

test('with a lease its epoch counts, but never one that was there before', () => {
  const state = stateIn();
  const lease = { epoch: 5, isHeld: () => true, successor: () => null };
  const first = openRunFolder(state, runId, { ...wish, lease });
  first.append(eventOf(1));
  // The folder of leases was cleaned: its epochs begin anew.
  openRunFolder(state, runId, { ...wish, lease: { ...lease, epoch: 1 }, past: readJournal(first.path) }).append(eventOf(2));
  expect(readJournal(first.path)).toMatchObject({ lastSeq: 2, epochs: [{ epoch: 5 }, { epoch: 6 }] });
});

test('a lease that is lost fences', () => {
  const by = { pid: 1, host: 'h', note: 'n', since: 0, life: 'alive', lastSeen: 0 } as const;
  const folder = openRunFolder(stateIn(), runId, { ...wish, lease: { epoch: 1, isHeld: () => false, successor: () => by } });
  expect(folder.append(eventOf(1))).toEqual({ kind: 'fenced', by });
});

test('where nothing can be written it says why, once', () => {
  const state = stateIn();
  writeFileSync(state, 'a file in its way');
  const folder = openRunFolder(state, runId, wish);
  const reason = folder.begin();
  expect(reason).toEqual(expect.any(String));
  const refused = { kind: 'failed', reason: `${folder.path}: ${reason ?? ''}` };
  expect(folder.append(eventOf(1))).toEqual(refused);
  folder.append(eventOf(2));
  expect(folder.problems()).toEqual([`the journal of the run cannot be written: ${refused.reason}`]);
});

test('a result that cannot be put to its place is named, and nothing of it is left behind', () => {
  const folder = openRunFolder(stateIn(), runId, wish);
  folder.begin();
  mkdirSync(join(folder.path, 'run.json'));
  folder.finish('{}');
  expect(folder.problems()).toEqual([expect.stringMatching(/^the result of the run cannot be written to \/.*run\.json: /u)]);
  expect(readdirSync(folder.path).sort()).toEqual(['journal', 'logs', 'run.json', 'steps']);
});

test('nothing is written over a journal that is there', () => {
  const state = stateIn();
  openRunFolder(state, runId, wish).append(eventOf(1));
  expect(openRunFolder(state, runId, wish).begin()).toBe('another process writes it already');
  expect(readJournal(join(state, 'runs', runId)).events).toEqual([eventOf(1)]);
});

test('a log goes on where another process has left it, and the files of steps are taken in once', () => {
  const state = stateIn();
  mkdirSync(state);
  const folder = openRunFolder(state, runId, wish);
  folder.begin();
  for (const text of ['one\n', 'two\n']) {
    const log = folder.openLog('build');
    log.write(Buffer.from(text));
    log.close();
  }
  expect(readFileSync(folder.logOf('build') ?? '', 'utf8')).toBe('one\ntwo\n');
  const { output } = folder.filesFor('build');
  expect(folder.read(output)).toBeUndefined();
  writeFileSync(output, 'a=1');
  expect([folder.read(output), folder.read(output)]).toEqual(['a=1', undefined]);
});
