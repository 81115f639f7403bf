import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleFacts } from '../rig/run-rig.js';
import { began, keepRun, step } from './kept-run.js';
import { createPlace, removePlaces } from './memory-world.js';

afterAll(removePlaces);

const ended = (status: 'succeeded' | 'failed' | 'cancelled') => ({ kind: 'run-ended', status, verdict: status === 'succeeded' ? 'go' : 'no-go', outputs: {} }) as const;
const oneStep = [step.opened('a'), step.started('a'), step.succeeded('a')];
const dayMs = 86_400_000;

interface Told {
  readonly has_more: boolean;
  readonly runs: readonly { readonly run_id: string; readonly status: string }[];
}

function createHistory() {
  const place = createPlace();
  const runs = [
    keepRun(place.folder, { number: 1, events: [...oneStep, ended('succeeded')], facts: { commit: 'abcdef0123', actor: 'ada', trigger: 'push' } }),
    keepRun(place.folder, { number: 2, at: began + dayMs, facts: { workflow: 'release' }, events: [step.opened('a'), step.started('a'), step.failed('a', 'no'), step.opened('b'), { kind: 'result-reused', step: 'b', cell: 0, source: 'cache', key: 'k', attempts: 0, durationMs: 0, result: { outcome: 'succeeded', failure: null, exitCode: 0, stdout: '', outputs: {}, costUsd: 0, tokens: 0, endsRun: null, tail: [], warnings: [] } }, ended('failed')] }),
    keepRun(place.folder, { number: 3, at: began + 2 * dayMs, events: oneStep }),
    keepRun(place.folder, { number: 4, at: began + 3 * dayMs, events: [...oneStep, { kind: 'run-paused', reason: 'decision' }] }),
  ].map(({ id }) => id);
  const ask = async (...argv: readonly string[]): Promise<{ readonly places: readonly number[]; readonly hasMore: boolean }> => {
    const { exitCode, out } = await place.call(['history', '--json', ...argv]);
    expect(exitCode).toBe(0);
    const told = JSON.parse(out) as Told;
    return { places: told.runs.map(({ run_id: id }) => runs.indexOf(id) + 1), hasMore: told.has_more };
  };
  return { place, runs, ask };
}

test('the newest run comes first, with all that is known of it', async () => {
  const { place, runs, ask } = createHistory();
  expect(await ask()).toEqual({ places: [4, 3, 2, 1], hasMore: false });
  const { out } = await place.call(['history', '--json']);
  expect((JSON.parse(out) as Told).runs.slice(1)).toEqual([
    expect.objectContaining({ status: 'cancelled', reason: 'interrupted', verdict: null }),
    expect.objectContaining({ workflow: 'release', status: 'failed', verdict: 'no-go', steps: { total: 2, cached: 1, failed: 1 }, cost_usd: 0.5 }),
    {
      run_id: runs[0], workflow: 'ci', status: 'succeeded', reason: null, verdict: 'go', attempt: 1, started_at: '2025-01-15T08:30:00.000Z', ended_at: '2025-01-15T08:30:00.400Z', duration_ms: 400,
      steps: { total: 1, cached: 0, failed: 0 }, cost_usd: 0, tokens: 0, commit: 'abcdef0123', trigger: 'push', actor: 'ada', inputs: {}, partial: [],
    },
  ]);
});

test('filters choose, and each can name several', async () => {
  const { ask } = createHistory();
  expect((await ask('--workflow', 'release')).places).toEqual([2]);
  expect((await ask('--workflow', 'CI,release')).places).toEqual([4, 3, 2, 1]);
  expect((await ask('--status', 'interrupted')).places).toEqual([3]);
  expect((await ask('--status', 'failed,paused')).places).toEqual([4, 2]);
  expect((await ask('--status', 'cancelled')).places).toEqual([]);
  expect((await ask('--since', '2025-01-17')).places).toEqual([4, 3]);
  expect((await ask('--since', '1h')).places).toEqual([]);
});

test('only so many are shown, and that there are more is said', async () => {
  const { place, ask } = createHistory();
  expect(await ask('--limit', '3')).toEqual({ places: [4, 3, 2], hasMore: true });
  expect(await ask('--limit', '4')).toEqual({ places: [4, 3, 2, 1], hasMore: false });
  expect(await ask('--limit', '1', '--workflow', 'release')).toEqual({ places: [2], hasMore: false });
  expect((await place.call(['history', '--limit', '3'])).err).toContain('There are more: --limit 15');
});

test('as text each has a line of its own', async () => {
  const { place, runs } = createHistory();
  const lines = (await place.call(['history'])).out.split('\n');
  expect(lines[0]).toMatch(new RegExp(`^‖ paused {6}${runs[3] ?? ''} {2}ci {7}\\d+ d ago {2}400 ms {2}1 step$`, 'u'));
  expect(lines[1]).toMatch(/^✂ interrupted /u);
  expect(lines[2]).toMatch(/^✖ NO-GO .* 1\/2 cached/u);
  expect(lines[3]).toMatch(/^✔ GO /u);
});

test('a result that is there is believed as long as it is of the last record', async () => {
  const { place, runs } = createHistory();
  const write = (run: number, ended_at: string): void => writeFileSync(join(place.folder, '.tollgate', 'runs', runs[run] ?? '', 'run.json'), JSON.stringify({ schema_version: 1, run_id: runs[run], workflow: 'told', status: 'succeeded', reason: null, verdict: 'go', attempt: 1, started_at: '2025-01-15T08:30:00.000Z', ended_at, phases: [], steps: [], cost_usd: 7, tokens: 0, inputs: {}, partial: [], commit: null, actor: null, trigger: 'cli' }));
  write(0, '2025-01-15T08:30:00.400Z');
  write(2, '2025-01-15T08:30:00.400Z');
  const { out } = await place.call(['history', '--json']);
  expect((JSON.parse(out) as { readonly runs: readonly { readonly workflow: string; readonly cost_usd: number }[] }).runs.map((run) => [run.workflow, run.cost_usd])).toEqual([['ci', 0], ['ci', 0], ['release', 0.5], ['told', 7]]);
});

test('what a run came to before it was gone on with is told no more', async () => {
  const place = createPlace({ 'ci.yml': 'name: ci\nsteps: [{ id: a, command: "true" }]\n' });
  const { path } = keepRun(place.folder, { events: [...oneStep, ended('failed'), { kind: 'run-resumed', spent: { usd: 0, tokens: 0 }, ...sampleFacts, workflow: 'ci', attempt: 2 }, ended('succeeded')] });
  writeFileSync(join(path, 'run.json'), JSON.stringify({ schema_version: 1, run_id: 'x', workflow: 'ci', status: 'failed', reason: null, verdict: 'no-go', attempt: 1, started_at: '2025-01-15T08:30:00.000Z', ended_at: '2025-01-15T08:30:00.400Z', phases: [], steps: [], cost_usd: 0, tokens: 0, inputs: {}, partial: [], commit: null, actor: null, trigger: 'cli' }));
  for (const command of ['history', 'status']) expect((await place.call([command])).out).toMatch(/^(?:✔ )?GO /u);
});

test('records that are longer than a piece of a file are read as well', async () => {
  const place = createPlace();
  const long = 'x'.repeat(40_000);
  const { id } = keepRun(place.folder, { facts: { inputs: { long } }, events: [...oneStep, { kind: 'run-ended', status: 'succeeded', verdict: 'go', outputs: { long } }] });
  const { out } = await place.call(['history', '--json']);
  expect((JSON.parse(out) as Told).runs).toEqual([expect.objectContaining({ run_id: id, status: 'succeeded', inputs: { long } })]);
});

test.each([
  [['--status', 'faild'], "error: --status: 'faild' is none of running, succeeded, failed, paused, cancelled, interrupted; did you mean 'failed'?"],
  [['--since', 'tuesday'], "error: --since: 'tuesday' is no moment"],
  [['--workflow', 'relaese'], "error: no run is of a workflow 'relaese'; did you mean 'release'?"],
  [['--limit', '0'], "error: --limit: '0' is not a whole number of at least 1"],
])('%j is refused with what would do', async (argv, message) => {
  const { exitCode, err } = await createHistory().place.call(['history', ...argv]);
  expect([exitCode, err.split('\n')[0]]).toEqual([2, message]);
});

test('where no run is it leads to the workflows', async () => {
  const { exitCode, out, err } = await createPlace().call(['history']);
  expect({ exitCode, out }).toEqual({ exitCode: 0, out: '' });
  expect(err).toContain('tollgate list');
});
