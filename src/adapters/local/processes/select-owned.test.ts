import type { ProcessEntry } from './process-table.js';
import type { Claim } from './select-owned.js';
import { selectOwned } from './select-owned.js';
import type { SessionView } from './session-book.js';

const entry = (pid: number, parent: number, given: Partial<ProcessEntry> = {}): ProcessEntry => ({ pid, parent, group: pid, session: pid, started: 100, isStopped: false, marks: [], ...given });
const claimOf = (prefix: string, sessions: readonly (readonly [number, SessionView])[] = []): Claim => ({ covers: (mark) => mark.startsWith(prefix), sessions: new Map(sessions) });
const self = 50;
const base = [entry(1, 0), entry(self, 1)];
const pidsOf = (entries: readonly ProcessEntry[], claim: Claim, known: readonly (ProcessEntry & { mark: string })[] = []): readonly string[] => selectOwned([...base, ...entries], claim, known, self).map(({ pid, mark }) => `${pid} ${mark}`);

test('the marked, by any of their marks, and all that come from them', () => {
  const entries = [entry(60, self, { marks: ['other/1', 'run/a'] }), entry(61, 60), entry(62, 61), entry(63, self, { marks: ['other/2'] }), entry(64, 1)];
  expect(pidsOf(entries, claimOf('run/'))).toEqual(['60 run/a', '61 run/a', '62 run/a']);
});

test('never this process nor those it comes from, though their other children', () => {
  const entries = [entry(1, 0), entry(40, 1, { marks: ['run/a'] }), entry(self, 40, { marks: ['run/a'] }), entry(41, 40, { marks: ['run/a'] }), entry(51, self)];
  expect(selectOwned(entries, claimOf(''), [], self).map(({ pid }) => pid)).toEqual([41]);
});

test('a session that was started here, while its first process lives', () => {
  const sessions: [number, SessionView][] = [[60, { mark: 'run/a', isLive: true, until: Infinity }], [70, { mark: 'other', isLive: true, until: Infinity }]];
  expect(pidsOf([entry(61, 1, { session: 60, started: 900 }), entry(71, 1, { session: 70 }), entry(81, 1, { session: 80 })], claimOf('run/', sessions))).toEqual(['61 run/a']);
});

test('of a session whose number may be another\'s by now, only those that were there before', () => {
  const sessions: [number, SessionView][] = [[60, { mark: 'run/a', isLive: false, until: 500 }]];
  expect(pidsOf([entry(61, 1, { session: 60, started: 500 }), entry(62, 1, { session: 60, started: 501 }), entry(63, 61, { session: 60, started: 501 })], claimOf('run/', sessions))).toEqual(['61 run/a', '63 run/a']);
});

test('one that was ours stays ours, and one that has come to its number is not', () => {
  const known = [{ ...entry(61, 60), mark: 'run/a' }];
  expect(pidsOf([entry(61, 1)], claimOf('run/'), known)).toEqual(['61 run/a']);
  expect(pidsOf([entry(61, 1, { started: 101 })], claimOf('run/'), known)).toEqual([]);
});

test('parents in a circle, as a table read while it changes may have them', () => {
  expect(pidsOf([entry(61, 62), entry(62, 61)], claimOf('run/'))).toEqual([]);
});
