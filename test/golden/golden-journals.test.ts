import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findRuns } from '../../src/adapters/local/run-folder/find-runs.js';
import { readJournal } from '../../src/adapters/local/run-folder/journal/read-journal.js';
import { createRunPlan } from '../../src/core/run/run-plan.js';
import { parseForTest } from '../rig/parse-text.js';
import { fold } from '../rig/run-rig.js';

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
