import type { RunEvent, RunProgress } from '../../run/run-event.js';
import { step } from '../../../../test/cli/kept-run.js';
import { sampleFacts } from '../../../../test/rig/run-rig.js';
import { createPaint } from '../paint.js';
import { describeOffset, renderStory } from './story-text.js';
import { tellStory } from './tell-story.js';

const timed = (events: readonly RunProgress[]): readonly RunEvent[] => events.map((event, index) => ({ ...event, at: 1_000 + index * 100 }));
const epochOf = (epoch: number, taken: number, at = 0) => ({ epoch, taken, at, tollgate: '1.2.3' });
const storyOf = (events: readonly RunProgress[], { epochs = [epochOf(1, events.length)], torn = false } = {}): readonly string[] => tellStory({ events: timed(events), epochs, torn }).map(({ mark, text }) => `${mark} ${text}`);
const started: RunProgress = { kind: 'run-started', ...sampleFacts };
const ended: RunProgress = { kind: 'run-ended', status: 'succeeded', verdict: 'go', outputs: {} };

test('cells are called by their values, and further attempts by their number', () => {
  expect(storyOf([step.opened('test', { isMatrix: true, cells: [{ node: 20 }, { node: 24 }] }), step.started('test', 1), step.started('test', 0, 2), step.succeeded('test', {}, 1), ended])).toEqual([
    '· test was due, in 2 cells', '▶ test[node=24] started', '▶ test[node=20] started, attempt 2', '✔ test[node=24] succeeded in 20 ms', '✔ the run succeeded: GO',
  ]);
});

test('where another process went on is said where it was, with what became of the one before', () => {
  const resumed: RunProgress = { kind: 'run-resumed', spent: { usd: 0.5, tokens: 0 }, ...sampleFacts, attempt: 2 };
  const all = [started, step.opened('a'), step.started('a'), resumed, ended];
  const story = storyOf(all, { epochs: [epochOf(1, 3), epochOf(2, 2, 61_200)] });
  expect(story[3]).toBe('✂ the process before was cut short here; another process took over, 1 min 0 s later (tollgate 1.2.3)');
  expect(story[4]).toMatch(/^▶ attempt 2 of the run began; spent before: \$0\.50 · /u);
  expect(storyOf([started, { ...ended, status: 'failed', verdict: 'no-go' }, resumed, ended], { epochs: [epochOf(1, 2), epochOf(2, 2, 1_100)] })[2]).toBe('✂ another process took over, 0 ms later (tollgate 1.2.3)');
  expect(storyOf([started, ended], { epochs: [epochOf(1, 2), epochOf(2, 0, 1_100)] })).toHaveLength(3);
});

test('a story without an end says that it has none', () => {
  expect(storyOf([started, step.opened('a')]).at(-1)).toBe('✂ here it stops: nothing more was written');
  expect(storyOf([started], { torn: true }).at(-1)).toMatch(/in the middle of a record/u);
  expect(storyOf([started, { kind: 'run-paused', reason: 'decision' }]).at(-1)).toBe('‖ the run paused: it waits for a decision');
});

const failure = { kind: 'exit', code: 'TG3101', message: 'no', hints: [] } as const;
const everyOther: readonly (readonly [string, RunProgress])[] = [
  ['the run was stopped: Ctrl-C', { kind: 'run-stopped', cause: 'SIGINT', failure: null, hard: false }],
  ['the run was stopped at once: no (TG3101)', { kind: 'run-stopped', cause: 'timeout', failure, hard: true }],
  ['phase p was skipped: b', { kind: 'phase-skipped', phase: 'p', reason: 'when', because: 'b' }],
  ['phase p failed: no (TG3101)', { kind: 'phase-failed', phase: 'p', failure }],
  ['phase p ended: NO-GO', { kind: 'phase-ended', phase: 'p', status: 'failed', verdict: 'no-go' }],
  ['group 1.2 was skipped: b', { kind: 'group-skipped', group: '1.2', reason: 'when', because: 'b' }],
  ['a was skipped: b', { kind: 'step-skipped', step: 'a', reason: 'when', because: 'b' }],
  ['a could not start: no (TG3101)', { kind: 'step-refused', step: 'a', failure, tolerated: false }],
  ['ada said of a: it has had no effect, and runs again', { kind: 'step-decided', step: 'a', decision: 'rerun', reason: null, by: 'ada' }],
  ['a failed after 20 ms: no (TG3101) · $0.50', step.failed('a', 'no')],
  ['a was to be tried again in 2.0 s', { kind: 'retry-planned', step: 'a', cell: 0, delayMs: 2_000 }],
  ['a was told to end: another cell failed', { kind: 'attempt-stopping', step: 'a', cell: 0, cause: 'fail-fast' }],
  ['the server a ended by itself: no (TG3101)', { kind: 'background-ended', step: 'a', cell: 0, failure }],
  ['a waited for b, which made the very result', { kind: 'twin-awaited', step: 'a', cell: 0, twin: 'b' }],
];

test.each(everyOther)('«%s»', (text, event) => {
  expect(storyOf([event])[0]?.slice(2)).toBe(text);
});

test.each([[0, '0.000'], [146, '0.146'], [59_999, '59.999'], [60_000, '1:00.000'], [192_040, '3:12.040'], [7_500_000, '2:05:00.000'], [-5, '0.000']])('%d ms after its start is %s', (ms, text) => {
  expect(describeOffset(ms)).toBe(text);
});

test('nothing that steps are called can steer the terminal', () => {
  const lines = tellStory({ events: timed([{ kind: 'phase-skipped', phase: 'p', reason: 'when', because: '\u001b[2J\nx' }]), epochs: [], torn: false });
  expect(renderStory(lines, createPaint(false)).split('\n')[0]).toBe('0.000  – phase p was skipped: \\x1b[2J x');
});
