import type { Play, PlayedWorkflow } from '../../../test/rig/play-part.js';
import { playPart, workflowForTest } from '../../../test/rig/play-part.js';
import type { RunProgress, Verdict } from '../run/run-event.js';
import type { Evidence, EvidenceSource, LostEvidence, PartEvidence } from './evidence.js';
import { judgeRun } from './judge-run.js';
import type { Judgement } from './judgement.js';
import type { PlanEvidence } from './plan-evidence.js';
import { readNeeds } from './read-needs.js';

/** What evidence comes to, case by case. */

const commit = 'c'.repeat(40);
const text = `
name: w
phases:
  - id: build
    steps: [{ id: compile, command: x }]
  - id: test
    steps: [{ id: units, command: x, needs: [] }, { id: e2e, command: x, needs: [] }]
  - id: deploy
    steps: [{ id: push, command: x }]
`;
const w = workflowForTest(text);

interface Part extends Play, Partial<EvidenceSource> {
  readonly gates?: Readonly<Record<string, Verdict>>;
  readonly more?: readonly RunProgress[];
  readonly of?: PlayedWorkflow;
}

function part({ job = 'all', cell = null, attempt = 1, runId = 'r', url = null, gates, more = [], of = w, ...rest }: Part = {}): PartEvidence {
  const source = { job, cell, attempt, runId, url, commit: rest.commit === undefined ? commit : rest.commit };
  const events = [...playPart(of, rest), ...more.map((progress) => ({ ...progress, at: 999 }))];
  return { kind: 'part', source, events, ...(gates === undefined ? {} : { gates: new Map(Object.entries(gates)) }) };
}

function plan(phases: Readonly<Record<string, readonly string[]>>, change: Partial<PlanEvidence> = {}): Evidence {
  const keys = (steps: readonly string[]) => steps.map((step) => ({ step, matrix: null, key: `key-${step}`, because: null }));
  return { kind: 'plan', job: 'plan', url: null, plan: { workflow: 'w', commit, runId: 'r', attempt: 1, phases: Object.entries(phases).map(([id, steps]) => ({ id, keys: keys(steps) })), ...change } };
}

function lost(change: Partial<LostEvidence> = {}): Evidence {
  return { kind: 'lost', of: 'part', reason: 'unreadable', because: 'it is cut off', job: 'all', cell: null, attempt: 1, runId: 'r', commit, url: null, phases: null, ...change };
}

function judge(evidence: readonly Evidence[], needs?: Readonly<Record<string, string>>, of: PlayedWorkflow = w): Judgement {
  const read = needs === undefined ? undefined : readNeeds(JSON.stringify(Object.fromEntries(Object.entries(needs).map(([job, result]) => [job, { result, outputs: {} }]))));
  return judgeRun({ evidence, needs: read?.kind === 'read' ? read.needs : null }, { ...of, commit });
}

/** `no-go: build go ran, test no-go failed`; of several runs each with its label; jobs behind a bar. */
function tell({ verdict, runs, jobs }: Judgement): string {
  const told = runs.map(({ label, phases }) => `${label === null ? '' : `${label}: `}${phases.map((phase) => `${phase.id} ${phase.verdict} ${phase.reason}`).join(', ')}`).join('; ');
  return `${verdict}: ${told}${jobs.length === 0 ? '' : ` | ${jobs.map(({ about, reason }) => `${about} ${reason}`).join(', ')}`}`;
}

const whole = 'build go ran, test go ran, deploy go ran';
const all = { build: ['compile'], test: ['units', 'e2e'], deploy: ['push'] };
const perPhase = [part({ job: 'b', select: { phases: ['build'] } }), part({ job: 't', select: { phases: ['test'] } }), part({ job: 'd', select: { phases: ['deploy'] } })];
const gated = workflowForTest('name: w\nphases: [{ id: build, steps: [{ id: compile, command: x }], gate: { criteria: [{ id: c, run: x }] } }]');
const guarded = workflowForTest('name: w\nphases: [{ id: build, steps: [{ id: compile, command: x }] }, { id: deploy, when: "false", steps: [{ id: push, command: x }], gate: { criteria: [{ id: c, run: x }] } }]');
const unsure = workflowForTest('name: w\nphases: [{ id: build, when: "fromJSON(inputs.x)", steps: [{ id: compile, command: x }] }]\ninputs: { x: { type: string } }');
const odd = workflowForTest('name: w\nphases: [{ id: build, steps: [{ id: a, command: x, continue_on_error: true }, { id: b, command: x, when: "false" }, { id: c, command: x, matrix: { n: [] } }, { id: d, command: x, costly: true }] }]');
const costly = workflowForTest('name: w\nphases: [{ id: build, steps: [{ id: d, command: x, costly: required }] }]');
const once = workflowForTest('name: w\nphases: [{ id: build, steps: [{ id: send, command: x, effects: once }] }]');
const ending = workflowForTest('name: w\nphases: [{ id: check, steps: [{ id: changed, type: assert, condition: "false", on_false: end }, { id: rest, command: x }], gate: { criteria: [{ id: c, run: x }] } }, { id: deploy, steps: [{ id: push, command: x }], gate: { criteria: [{ id: c, run: x }] } }]');

test.each<[string, readonly Evidence[], Readonly<Record<string, string>> | undefined, string, PlayedWorkflow?]>([
  ['nothing at all', [], undefined, 'no-go: build no-go absent, test no-go absent, deploy no-go absent'],
  ['success of every job, and nothing written down', [], { all: 'success' }, 'no-go: build no-go absent, test no-go absent, deploy no-go absent'],
  ['one job that ran everything', [part()], { all: 'success' }, `go: ${whole}`],
  ['a job for each phase', perPhase, undefined, `go: ${whole}`],
  ['a job for each phase, one of them missing', perPhase.slice(0, 2), undefined, 'no-go: build go ran, test go ran, deploy no-go absent'],
  ['a phase by its steps', [...perPhase.filter(({ source }) => source.job !== 't'), part({ job: 'm', cell: 'units', select: { phases: ['test'], only: ['test.units'] } }), part({ job: 'm', cell: 'e2e', select: { phases: ['test'], only: ['test.e2e'] } })], undefined, `go: ${whole}`],
  ['a phase of which a step was not run', [...perPhase.filter(({ source }) => source.job !== 't'), part({ job: 'm', select: { phases: ['test'], only: ['test.units'] } })], undefined, 'no-go: build go ran, test no-go partial, deploy go ran'],
  ['a failed step', [part({ ends: { e2e: 'failed' } })], undefined, 'no-go: build go ran, test no-go failed, deploy no-go left-out'],
  ['a failed step of a part', [...perPhase.filter(({ source }) => source.job !== 't'), part({ job: 'm', cell: 'units', select: { only: ['units'] } }), part({ job: 'm', cell: 'e2e', select: { only: ['e2e'] }, ends: { e2e: 'failed' } })], undefined, 'no-go: build go ran, test no-go failed, deploy go ran'],
  ['all hits in a job', [part({ ends: { compile: 'hit', units: 'hit', e2e: 'hit', push: 'hit' } })], undefined, 'go: build go hits, test go hits, deploy go hits'],
  ['all hits before any job', [plan(all)], { plan: 'success', work: 'skipped' }, 'go: build go hits, test go hits, deploy go hits'],
  ['some hits, and the rest in a part', [plan({ build: ['compile'], test: ['units'] }), part({ job: 'm', select: { phases: ['test'], only: ['test.e2e'] } }), part({ job: 'd', select: { phases: ['deploy'] } })], { plan: 'success', m: 'success', d: 'success' }, 'go: build go hits, test go ran, deploy go ran'],
  ['hits of some steps alone', [plan({ build: ['compile'], test: ['units'] })], undefined, 'no-go: build go hits, test no-go partial, deploy no-go absent'],
  ['hits named under the wrong phase', [plan({ build: ['compile', 'units', 'e2e', 'push'] })], undefined, 'no-go: build go hits, test no-go absent, deploy no-go absent'],
  ['hits of another commit', [plan(all, { commit: 'd'.repeat(40) })], undefined, 'no-go: build no-go stale, test no-go stale, deploy no-go stale'],
  ['hits of another workflow', [plan(all, { workflow: 'v' })], undefined, 'no-go: build no-go absent, test no-go absent, deploy no-go absent'],
  ['hits do not ask a gate', [plan({ build: ['compile'] })], undefined, 'no-go: build no-go gate', gated],
  ['a gate that did not run', [part({ of: gated })], undefined, 'no-go: build no-go gate', gated],
  ['a gate that said GO', [part({ of: gated, gates: { build: 'go' } })], undefined, 'go: build go ran', gated],
  ['a gate that said NO-GO', [part({ of: gated, gates: { build: 'no-go' } })], undefined, 'no-go: build no-go gate', gated],
  ['a phase left out by its own condition needs no gate', [part({ of: guarded })], undefined, 'go: build go ran, deploy go when', guarded],
  ['a part whose phase was left out by its own condition explains the job that was skipped', [part({ of: guarded })], { all: 'success', deploy: 'skipped' }, 'go: build go ran, deploy go when', guarded],
  ['steps that are tolerated, conditional, empty or costly', [part({ of: odd, ends: { a: 'failed' } })], undefined, 'go: build go ran', odd],
  ['a phase of which nobody can tell whether it runs', [part({ of: unsure })], undefined, 'no-go: build no-go failed', unsure],
  ['a required costly step that was not allowed', [part({ of: costly })], undefined, 'no-go: build no-go left-out', costly],
  ['an early end, gates and all', [part({ of: ending, ends: { changed: 'ends' } })], { all: 'success', deploy: 'skipped' }, 'go: check go ran, deploy go ended-early', ending],
  ['an early end in one job speaks for those after it', [part({ of: ending, job: 'check', select: { phases: ['check'] }, ends: { changed: 'ends' } })], { check: 'success', deploy: 'skipped' }, 'go: check go ran, deploy go ended-early', ending],
  ['a step that may have had its effect', [part({ of: once, ends: { send: 'cut' } })], undefined, 'no-go: build no-go undecided', once],
  ['a job that is still at it', [part({ cutAfter: 5 })], undefined, 'no-go: build no-go cut-off, test no-go cut-off, deploy no-go cut-off'],
  ['a job that was cut off after its first phase', [part({ cutAfter: 7 })], undefined, 'no-go: build go ran, test no-go cut-off, deploy no-go cut-off'],
  ['a job that was stopped', [part({ stopAfter: 8 })], { all: 'cancelled' }, 'no-go: build go ran, test no-go cancelled, deploy no-go cancelled | all job-cancelled'],
  ['a job that was stopped speaks of its own phases alone', [perPhase[0]!, part({ job: 't', select: { phases: ['test'] }, stopAfter: 3 }), perPhase[2]!], undefined, 'no-go: build go ran, test no-go cancelled, deploy go ran'],
  ['another commit', [part({ commit: 'd'.repeat(40) })], undefined, 'no-go: build no-go stale, test no-go stale, deploy no-go stale'],
  ['no commit', [part({ commit: null })], undefined, 'no-go: build no-go stale, test no-go stale, deploy no-go stale'],
  ['a commit that only the run knows', [part({ commit: null, facts: { commit } })], undefined, `go: ${whole}`],
  ['a failure of another commit', [part(), part({ job: 'old', commit: 'd'.repeat(40), ends: { e2e: 'failed' } })], undefined, `go: ${whole}`],
  ['a part of another workflow', [part(), part({ job: 'old', facts: { workflow: 'v' }, ends: { e2e: 'failed' } })], undefined, `go: ${whole}`],
  ['a second attempt that went well', [part({ ends: { e2e: 'failed' } }), part({ attempt: 2 })], undefined, `go: ${whole}`],
  ['a second attempt that failed', [part(), part({ attempt: 2, ends: { e2e: 'failed' } })], undefined, 'no-go: build go ran, test no-go failed, deploy no-go left-out'],
  ['jobs that were not run again', [perPhase[0]!, part({ job: 't', select: { phases: ['test'] }, ends: { units: 'failed' } }), part({ job: 't', attempt: 2, select: { phases: ['test'] } }), perPhase[2]!], undefined, `go: ${whole}`],
  ['two of one attempt that contradict', [part({ job: 'a' }), part({ job: 'b', ends: { e2e: 'failed' } })], undefined, 'no-go: build go ran, test no-go failed, deploy no-go left-out'],
  ['a later attempt that contradicts, of another job', [part({ job: 'a', ends: { e2e: 'failed' } }), part({ job: 'b', attempt: 2 })], undefined, `go: ${whole}`],
  ['a part that cannot be read', [lost()], undefined, 'no-go: build no-go unreadable, test no-go unreadable, deploy no-go unreadable'],
  ['a part that cannot be read beside a good one', [part(), lost({ job: 'other', reason: 'damaged', phases: ['test'] })], undefined, 'no-go: build go ran, test no-go damaged, deploy go ran'],
  ['a part of a newer Tollgate', [part(), lost({ job: 'other', reason: 'newer' })], undefined, 'no-go: build no-go newer, test no-go newer, deploy no-go newer'],
  ['a part that cannot be read, and its job ran again', [lost(), part({ attempt: 2 })], undefined, `go: ${whole}`],
  ['a part that cannot be read, of the job that ran again', [part(), lost({ attempt: 2, reason: 'missing' })], undefined, 'no-go: build no-go missing, test no-go missing, deploy no-go missing'],
  ['a part that cannot be read, and another cell of its job ran again', [...perPhase, lost({ job: 't', cell: 'a' }), part({ job: 't', cell: 'b', attempt: 2, select: { phases: ['test'] } })], undefined, 'no-go: build no-go unreadable, test go ran, deploy no-go unreadable'],
  ['a part that cannot be read, and its job ran again in another run', [part({ attempt: 2 }), lost({ runId: 'other' })], undefined, `no-go: build no-go unreadable, test no-go unreadable, deploy no-go unreadable; ${whole}`],
  ['a part that cannot be read, of a run that is not known, and its job ran again', [...perPhase, lost({ job: 't', runId: null }), part({ job: 't', attempt: 2, select: { phases: ['test'] } })], undefined, `go: ${whole}`],
  ['a part of which nothing is known', [part({ attempt: 7 }), lost({ job: null, attempt: null, runId: null, commit: null })], undefined, 'no-go: build no-go unreadable, test no-go unreadable, deploy no-go unreadable'],
  ['a part of another commit that cannot be read', [part(), lost({ job: 'old', commit: 'd'.repeat(40) })], undefined, `go: ${whole}`],
  ["what plan left cannot be read, and nobody needs it", [part(), lost({ job: 'plan', of: 'plan' })], undefined, `go: ${whole}`],
  ['events that make no run', [{ ...part(), events: [] }], undefined, 'no-go: build no-go unreadable, test no-go unreadable, deploy no-go unreadable'],
  ['events of another form of the workflow', [part({ of: once })], undefined, 'no-go: build no-go unreadable, test no-go unreadable, deploy no-go unreadable'],
  ['values made up by a person', [perPhase[0]!, perPhase[1]!, part({ job: 'd', select: { phases: ['deploy'], set: [{ name: 'compile.outputs.zip', value: 'a.zip' }] } })], undefined, 'no-go: build go ran, test go ran, deploy no-go given'],
  ['a part that calls itself NO-GO and does not say why', [part({ more: [{ kind: 'run-ended', status: 'failed', verdict: 'no-go', outputs: {} }] })], undefined, 'no-go: build no-go contradiction, test no-go contradiction, deploy no-go contradiction'],
  ['a server that failed after its phase was closed', [part({ more: [{ kind: 'background-ended', step: 'compile', cell: 0, failure: { kind: 'background', code: 'TG3110', message: 'it ended', hints: [] } }] })], undefined, 'no-go: build no-go failed, test go ran, deploy go ran'],
  ['a job that failed, whatever its part says', [part()], { all: 'success', scan: 'failure' }, `no-go: ${whole} | scan job-failed`],
  ['a job that was skipped, and nobody says why', [part()], { all: 'success', scan: 'skipped' }, `no-go: ${whole} | scan job-skipped`],
  ['a job that was skipped in this attempt, and has left its part', [part()], { all: 'skipped' }, `go: ${whole}`],
  ['a word that GitHub has never used', [part()], { all: 'splendid' }, `no-go: ${whole} | all job-unknown`],
  ['a matrix of GitHub that runs the workflow twice', [part({ runId: 'r1', cell: 'os=linux' }), part({ runId: 'r2', cell: 'os=macos', ends: { push: 'failed' } })], undefined, 'no-go: os=linux: build go ran, test go ran, deploy go ran; os=macos: build go ran, test go ran, deploy no-go failed'],
  ['two runs do not complete each other', [part({ runId: 'r1', cell: 'a', select: { phases: ['build', 'test'] } }), part({ runId: 'r2', cell: 'b' })], undefined, 'no-go: a: build go ran, test go ran, deploy no-go absent; b: build go ran, test go ran, deploy go ran'],
])('%s', (...[, evidence, needs, expected, of = w]) => {
  expect(tell(judge(evidence, needs, of))).toBe(expected);
});

test('a run that is known to have begun and left nothing is no GO', () => {
  const judged = judgeRun({ evidence: [part()], needs: null, runs: ['r', 'lost'] }, { ...w, commit });
  expect(judged.runs.map(({ runId, verdict }) => `${runId} ${verdict}`)).toEqual(['lost no-go', 'r go']);
  expect(judged.verdict).toBe('no-go');
});

test('what does not count is named, with the reason', () => {
  const judged = judge([part({ attempt: 2, url: 'https://example.org/2' }), lost(), part({ job: 'old', commit: 'd'.repeat(40) }), plan(all, { workflow: 'v' })]);
  expect(judged.passedOver.map(({ origin, reason, because }) => `${origin.job ?? ''} ${reason}: ${because}`)).toEqual([
    'all superseded: a later attempt of its job can be read',
    'old stale: it is of commit dddddddddddd',
    'plan foreign: it is of the workflow v',
  ]);
  expect(judged.runs[0]?.phases[0]?.from).toEqual([{ job: 'all', cell: null, attempt: 2, url: 'https://example.org/2' }]);
});

test('every NO-GO says what, why and what to do next', () => {
  const judged = judge([part({ job: 'work', ends: { e2e: 'failed' }, url: 'https://example.org/1' })], { work: 'failure', scan: 'skipped' });
  expect(judged.runs[0]?.phases[1]?.problem).toEqual({
    about: 'test', reason: 'failed', what: 'phase test is NO-GO: e2e failed: exit code 1',
    why: 'What the phase stands for is not shown to hold, so nothing may be built on it.',
    next: 'Mend what failed and push; if it failed by chance, choose «Re-run failed jobs»: the run goes on at the failed step.',
    at: { job: 'work', cell: null, attempt: 1, url: 'https://example.org/1' },
  });
  const problems = [...judged.jobs, ...judged.runs.flatMap(({ phases }) => phases.flatMap(({ problem }) => problem ?? []))];
  expect(problems).toHaveLength(4);
  for (const { what, why, next } of problems) for (const sentence of [what, why, next]) expect(sentence.length).toBeGreaterThan(10);
});

test('a phase without evidence names the jobs that GitHub skipped', () => {
  const judged = judge(perPhase.slice(0, 2), { b: 'success', t: 'success', d: 'skipped' });
  expect(judged.runs[0]?.phases[2]?.problem?.what).toBe('phase deploy is NO-GO: nothing written down says how it ended; GitHub skipped d');
});
