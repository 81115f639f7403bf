import fc from 'fast-check';
import type { Play } from '../../../test/rig/play-part.js';
import { playPart, workflowForTest } from '../../../test/rig/play-part.js';
import type { Evidence, LostEvidence, PartEvidence } from './evidence.js';
import type { GivenEvidence } from './judge-run.js';
import { judgeRun } from './judge-run.js';
import type { NeedResult } from './read-needs.js';

/** What holds of every verdict, whatever evidence there is. */

const commit = 'c'.repeat(40);
const w = workflowForTest(`
name: w
phases:
  - id: a
    steps: [{ id: a1, command: x }]
  - id: b
    steps: [{ parallel: [{ id: b1, command: x }, { id: b2, command: x }] }, { id: b3, command: x }]
  - id: c
    when: "false"
    steps: [{ id: c1, command: x }]
`);
const phases = { a: ['a1'], b: ['b1', 'b2', 'b3'], c: ['c1'] } as const;

/** A job asks for the same in each attempt, as on GitHub. */
const jobs = {
  all: {}, a: { phases: ['a'] }, b: { phases: ['b'] }, c: { phases: ['c'] }, ab: { phases: ['a', 'b'] }, left: { phases: ['b'], only: ['b.b1'] }, right: { phases: ['b'], only: ['b2', 'b3'] },
} as const satisfies Record<string, Play['select']>;

type Job = keyof typeof jobs;
interface Drawn {
  readonly piece: Evidence;
  /** It went well as far as it was asked for. */
  readonly isGood: boolean;
}

const rarely = <T, U>(arbitrary: fc.Arbitrary<T>, usual: U): fc.Arbitrary<T | U> => fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary });
const attempts = fc.integer({ min: 1, max: 3 });
const commits = fc.constantFrom(commit, commit, commit, commit, 'd'.repeat(40));

function makePart(job: Job, attempt: number, made: { readonly commit: string; readonly fails: readonly string[]; readonly cutAfter: number | undefined; readonly stopAfter: number | undefined }): Drawn {
  const ends = Object.fromEntries(made.fails.map((step) => [step, 'failed' as const]));
  const events = playPart(w, { select: jobs[job], ends, ...(made.cutAfter === undefined ? {} : { cutAfter: made.cutAfter }), ...(made.stopAfter === undefined ? {} : { stopAfter: made.stopAfter }) });
  const last = events.at(-1);
  const piece: PartEvidence = { kind: 'part', source: { job, cell: null, attempt, runId: 'r', commit: made.commit, url: null }, events };
  return { piece, isGood: last?.kind === 'run-ended' && last.status === 'succeeded' };
}

const parts: fc.Arbitrary<Drawn> = fc
  .record({
    job: fc.constantFrom(...(Object.keys(jobs) as Job[])),
    attempt: attempts,
    commit: commits,
    fails: rarely(fc.subarray(['a1', 'b1', 'b2', 'b3']), []),
    cutAfter: rarely(fc.integer({ min: 1, max: 20 }), undefined),
    stopAfter: rarely(fc.integer({ min: 1, max: 20 }), undefined),
  })
  .map(({ job, attempt, ...made }) => makePart(job, attempt, made));

const plans: fc.Arbitrary<Drawn> = fc.record({ attempt: attempts, commit: commits, steps: fc.subarray(['a1', 'b1', 'b2', 'b3', 'c1']) }).map(({ attempt, commit: of, steps }) => ({
  isGood: true,
  piece: {
    kind: 'plan', job: 'plan', url: null,
    plan: { workflow: 'w', commit: of, runId: 'r', attempt, phases: Object.entries(phases).map(([id, own]) => ({ id, keys: own.filter((step) => steps.includes(step)).map((step) => ({ step, matrix: null, key: 'k', because: null })) })) },
  },
}));

const losses: fc.Arbitrary<Drawn> = fc
  .record({ of: fc.constantFrom('part' as const, 'plan' as const), reason: fc.constantFrom('missing' as const, 'damaged' as const, 'newer' as const), job: fc.option(fc.constantFrom(...(Object.keys(jobs) as Job[]))), attempt: fc.option(attempts), phases: fc.option(fc.subarray(['a', 'b', 'c'])), commit: fc.option(commits) })
  .map((made) => ({ isGood: false, piece: { kind: 'lost', because: 'it is gone', cell: null, runId: 'r', url: null, ...made } }));

/** Sets that are GO now and then: else the properties would say nothing. */
const pieces = fc.array(fc.oneof({ weight: 6, arbitrary: parts }, { weight: 2, arbitrary: plans }, { weight: 1, arbitrary: losses }), { maxLength: 6 });
const needs = fc.option(fc.dictionary(fc.constantFrom(...Object.keys(jobs), 'scan'), fc.constantFrom<NeedResult>('success', 'success', 'success', 'skipped', 'failure', 'cancelled'), { maxKeys: 3 }).map((given) => new Map(Object.entries(given))));

/** One run has begun, whatever is left of it. */
const judge = (evidence: readonly Drawn[], given: GivenEvidence['needs'] = null) => judgeRun({ evidence: evidence.map(({ piece }) => piece), needs: given, runs: ['r'] }, { ...w, commit });
const isGo = (evidence: readonly Drawn[], given: GivenEvidence['needs'] = null): boolean => judge(evidence, given).verdict === 'go';
const without = (list: readonly Drawn[], at: number): readonly Drawn[] => list.filter((_, index) => index !== at);

test('the pieces that are drawn are GO often enough, and NO-GO too', () => {
  const found = fc.sample(pieces, { numRuns: 400, seed: 7 }).map((list) => isGo(list));
  expect(found.filter(Boolean).length).toBeGreaterThan(40);
  expect(found.filter((go) => !go).length).toBeGreaterThan(40);
});

test('nothing is no GO, whatever the jobs say', () => {
  fc.assert(fc.property(needs, (given) => expect(isGo([], given)).toBe(false)));
});

test('in which order the evidence comes changes nothing at all', () => {
  const shuffled = pieces.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
  fc.assert(fc.property(shuffled, needs, ([list, other], given) => expect(judge(other, given)).toEqual(judge(list, given))), { numRuns: 300 });
});

test('a GO rests on a piece for every step: one of this commit that ran it, found it done or says why it need not run', () => {
  fc.assert(
    fc.property(pieces, needs, (list, given) => {
      const judged = judge(list, given);
      if (judged.verdict !== 'go') return;
      for (const step of Object.values(phases).flat()) {
        const isShown = list.some(({ piece }) => {
          if (piece.kind === 'plan') return piece.plan.commit === commit && piece.plan.phases.some(({ keys }) => keys.some((key) => key.step === step));
          if (piece.kind === 'lost' || piece.source.commit !== commit) return false;
          if (step === 'c1') return piece.events.some((event) => event.kind === 'phase-skipped' && event.phase === 'c' && event.reason === 'when');
          return piece.events.some((event) => event.kind === 'attempt-ended' && event.step === step && event.result.outcome === 'succeeded');
        });
        expect(`${step} ${isShown}`).toBe(`${step} true`);
      }
      for (const { phases: all } of judged.runs) for (const { from } of all) expect(from.length).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});

test('taking away what speaks for a run never makes it GO', () => {
  fc.assert(
    fc.property(pieces, needs, (list, given) => {
      if (isGo(list, given)) return;
      list.forEach(({ isGood }, at) => isGood && expect(isGo(without(list, at), given)).toBe(false));
    }),
    { numRuns: 500 },
  );
});

test('where GitHub says how the jobs ended, taking away any part whatever never makes a run GO', () => {
  const truthful = fc.uniqueArray(parts, { selector: ({ piece }) => (piece.kind === 'part' ? `${piece.source.job} ${piece.source.attempt}` : ''), maxLength: 6 }).map((list) => list.filter(({ piece }) => piece.kind === 'part' && piece.source.commit === commit));
  const resultsOf = (list: readonly Drawn[]): ReadonlyMap<string, NeedResult> => {
    const sorted = list.flatMap(({ piece, isGood }) => (piece.kind === 'part' ? [{ ...piece.source, isGood }] : [])).sort((a, b) => a.attempt - b.attempt);
    return new Map(sorted.map(({ job, isGood }) => [job, isGood ? 'success' : 'failure']));
  };
  fc.assert(
    fc.property(truthful, fc.array(plans, { maxLength: 1 }), (list, planned) => {
      const given = resultsOf(list);
      const all = [...list, ...planned];
      if (isGo(all, given)) return;
      all.forEach((_, at) => expect(isGo(without(all, at), given)).toBe(false));
    }),
    { numRuns: 500 },
  );
});

test('a part that is there and cannot be read is no better than what it says, and no GO where nothing later speaks', () => {
  const lose = ({ piece }: Drawn): Drawn => {
    if (piece.kind !== 'part') return { piece, isGood: false };
    const { job, cell, attempt, runId, commit: of, url } = piece.source;
    const lost: LostEvidence = { kind: 'lost', of: 'part', reason: 'damaged', because: 'it is cut off', job, cell, attempt, runId, commit: of, url, phases: null };
    return { piece: lost, isGood: false };
  };
  const isLatest = (list: readonly Drawn[], { piece }: Drawn): boolean => piece.kind === 'part' && piece.source.commit === commit && list.every(({ piece: other }) => (other.kind === 'part' ? other.source.attempt : other.kind === 'plan' ? other.plan.attempt : 0) <= piece.source.attempt);
  fc.assert(
    fc.property(pieces, needs, (list, given) => {
      list.forEach((drawn, at) => {
        const worse = list.map((each, index) => (index === at ? lose(each) : each));
        if (isLatest(list, drawn)) expect(isGo(worse, given)).toBe(false);
      });
    }),
    { numRuns: 300 },
  );
});

test('a failing part of the latest attempt makes every run NO-GO', () => {
  fc.assert(
    fc.property(pieces, needs, fc.constantFrom<Job>('all', 'b', 'ab', 'left'), (list, given, job) => {
      const failing = makePart(job, 3, { commit, fails: ['b1'], cutAfter: undefined, stopAfter: undefined });
      expect(isGo([...list, failing], given)).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test('what GitHub says of jobs never makes a run GO, and a job that did not succeed always keeps it from being so', () => {
  fc.assert(
    fc.property(pieces, needs, fc.constantFrom<NeedResult>('failure', 'cancelled', 'unknown'), (list, given, result) => {
      if (!isGo(list)) expect(isGo(list, given)).toBe(false);
      expect(isGo(list, new Map([...(given ?? []), ['other', result]]))).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test('pieces of another commit change no verdict', () => {
  fc.assert(
    fc.property(pieces, needs, parts, (list, given, { piece, isGood }) => {
      if (piece.kind !== 'part') return;
      const stale: Drawn = { isGood, piece: { ...piece, source: { ...piece.source, commit: 'e'.repeat(40) } } };
      expect(isGo([...list, stale], given)).toBe(isGo(list, given));
    }),
    { numRuns: 300 },
  );
});
