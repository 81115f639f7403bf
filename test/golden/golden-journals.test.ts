import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findRuns } from '../../src/adapters/local/run-folder/find-runs.js';
import { readJournal } from '../../src/adapters/local/run-folder/journal/read-journal.js';
import { createRunPlan } from '../../src/core/run/run-plan.js';
import type { RunFacts } from '../../src/core/run/run-event.js';
import { collectEarlier } from '../../src/core/run/resume/earlier-run.js';
import { parseForTest } from '../rig/parse-text.js';
import { fold, startRig } from '../rig/run-rig.js';

/** What a run has to come to, whichever Tollgate has written it down. */
interface Expected {
  readonly status: string;
  readonly verdict: string | null;
  /** How many owners the run has had, where that is not one. */
  readonly epochs?: number;
  readonly steps: Readonly<Record<string, string>>;
  readonly cells?: Readonly<Record<string, readonly string[]>>;
}

const root = fileURLToPath(new URL('journals', import.meta.url));
const cases = readdirSync(root).flatMap((format) => readdirSync(join(root, format)).map((name) => join(format, name)));

test('there are runs of every format', () => {
  expect(new Set(cases.map((each) => each.split('/')[0]))).toEqual(new Set(['v1']));
  expect(cases.length).toBeGreaterThanOrEqual(5);
});

test.each(cases)('%s can be read, and comes to what it came to', (name) => {
  const folder = join(root, name);
  const { parsed } = parseForTest(readFileSync(join(folder, 'workflow.yml'), 'utf8'));
  const { epochs = 1, ...expected } = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected;
  const [run] = findRuns(folder);
  const reading = readJournal(run!.path);
  expect(reading.epochs).toHaveLength(epochs);
  expect(reading).toMatchObject({ damage: [], newer: null, torn: false });
  const { status, verdict, steps } = fold(createRunPlan(parsed!), reading.events);
  const cells = Object.fromEntries(Object.keys(expected.cells ?? {}).map((id) => [id, steps.get(id)?.cells.map((cell) => cell.status)]));
  expect({ status, verdict, steps: Object.fromEntries([...steps].map(([id, step]) => [id, step.status])), ...(expected.cells === undefined ? {} : { cells }) }).toEqual(expected);
});

const unfinished = cases.filter((each) => !each.endsWith('succeeded'));

test.each(unfinished)('%s can be gone on with: what was done is not done again', async (name) => {
  const folder = join(root, name);
  const [run] = findRuns(folder);
  const { events } = readJournal(run!.path);
  const begun = collectEarlier(events)!;
  // As if it were gone on with where it was begun.
  const facts = Object.fromEntries(Object.entries(begun.facts).filter(([field]) => field !== 'tree')) as unknown as RunFacts;
  const undecided = new Set(begun.undecided.map(({ step }) => step));
  const said = [...undecided].map((step) => ({ kind: 'step-decided', step, decision: 'mark-done', reason: 'seen', by: null, at: 0 }) as const);
  const earlier = { ...collectEarlier([...events, ...said])!, facts };
  const done = new Set([...earlier.results.map(({ step }) => step), ...undecided]);
  const rig = startRig(readFileSync(join(folder, 'workflow.yml'), 'utf8'), { earlier, inputs: facts.inputs });
  const executed: string[] = [];
  for (let running = await rig.running(); running.length > 0; running = await rig.running()) {
    const [step = ''] = running;
    executed.push(step);
    (await rig.started(step)).exits(0);
  }
  expect((await rig.ended()).status).toBe('succeeded');
  const isFinally = (step: string): boolean => rig.going.state.steps.get(step) !== undefined && /^clean/u.test(step);
  expect(executed.filter((step) => done.has(step) && !isFinally(step))).toEqual([]);
});
