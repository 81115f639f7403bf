import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openRunLease } from '../../src/assembly/open-leases.js';
import { began, keepRun, step } from './kept-run.js';
import type { Place } from './memory-world.js';
import { createPlace, removePlaces } from './memory-world.js';

afterAll(removePlaces);

const over = { kind: 'run-ended', status: 'succeeded', verdict: 'go', outputs: {} } as const;
const world = { env: { PATH: process.env['PATH'] } };
const dayMs = 86_400_000;
const runsIn = ({ folder }: Place): readonly string[] => readdirSync(join(folder, '.tollgate', 'runs')).sort();

/** Runs of some days ago, the newest first. */
function keepRuns({ folder }: Place, days: readonly number[]): readonly string[] {
  return days.map((ago, index) => keepRun(folder, { number: 0x100 + index, at: Date.now() - ago * dayMs, events: [over] }).id);
}

async function prune({ call }: Place, ...argv: readonly string[]): Promise<{ readonly removed: readonly string[]; readonly kept: readonly { readonly run_id: string; readonly reason: string }[] }> {
  const { exitCode, out } = await call(['state', 'prune', '--json', ...argv]);
  expect(exitCode).toBe(0);
  return JSON.parse(out) as Awaited<ReturnType<typeof prune>>;
}

test('runs that are too old or too many go', async () => {
  const place = createPlace();
  const ids = keepRuns(place, [1, 5, 10, 29, 31, 400]);
  expect((await prune(place, '--dry-run')).removed).toEqual([ids[4], ids[5]]);
  expect(runsIn(place)).toHaveLength(6);
  expect((await prune(place)).removed).toEqual([ids[4], ids[5]]);
  expect((await prune(place, '--keep-runs', '3')).removed).toEqual([ids[3]]);
  expect((await prune(place, '--keep-days', '2')).removed).toEqual([ids[1], ids[2]]);
  expect(runsIn(place)).toEqual([ids[0]]);
});

test('never one that can be gone on with, that somebody has in hand, or whose words cannot be read', async () => {
  const place = createPlace();
  const old = (number: number, events: Parameters<typeof keepRun>[1]): string => keepRun(place.folder, { number, ...events }).id;
  const cut = old(1, { events: [step.opened('a'), step.started('a')] });
  const paused = old(2, { events: [{ kind: 'run-paused', reason: 'decision' }] });
  const held = old(3, { events: [over] });
  const lost = old(4, { events: [over] });
  const failed = old(5, { events: [{ ...over, status: 'failed', verdict: 'no-go' }] });
  writeFileSync(join(place.folder, '.tollgate', 'runs', lost, 'journal', '000001.ndjson'), 'junk');
  const claim = openRunLease(join(place.folder, '.tollgate'), held).claim('run', { note: 'resume', takeOver: false });
  const { removed, kept } = await prune(place);
  expect(removed).toEqual([failed]);
  expect(new Map(kept.map(({ run_id: id, reason }) => [id, reason]))).toEqual(new Map([[lost, 'what is written of it cannot be read'], [held, 'somebody has it in hand'], [paused, 'it waits for somebody'], [cut, 'it was cut short, and can be gone on with']]));
  if (claim.kind === 'held') claim.lease.release();
  expect((await prune(place)).removed).toEqual([held]);
});

test('at its end a run lets go of what is due, as the file says', async () => {
  const place = createPlace({ 'ci.yml': 'name: ci\nsteps: [{ id: a, command: "true" }]\n' });
  const ids = keepRuns(place, [1, 2, 3, 40]);
  await place.call(['run', 'ci.yml', '--quiet'], world);
  expect(runsIn(place)).toHaveLength(4);
  place.write('.tollgate.yml', 'keep_runs: 2\n');
  await place.call(['run', 'ci.yml', '--quiet'], world);
  expect(runsIn(place).filter((id) => ids.includes(id))).toEqual([]);
  expect(runsIn(place)).toHaveLength(2);
  place.write('.tollgate.yml', 'keep_days: 0\n');
  const { out } = await place.call(['run', 'ci.yml', '--json', '--quiet'], world);
  expect(runsIn(place)).toEqual([(JSON.parse(out) as { readonly run_id: string }).run_id]);
});

test('what was left half removed or half taken in goes with it', async () => {
  const place = createPlace();
  keepRuns(place, [40]);
  const folder = join(place.folder, '.tollgate', 'runs');
  for (const name of ['.gone-x', '.import-old', '.import-new']) mkdirSync(join(folder, name, 'journal'), { recursive: true });
  utimesSync(join(folder, '.import-old'), began / 1000, began / 1000);
  await prune(place);
  expect(runsIn(place)).toEqual(['.import-new']);
});

test('a run whose artifacts are promised stays', async () => {
  const place = createPlace({ 'a.yml': 'name: a\nsteps: [{ id: a, command: "echo x > a.txt", outputs: { f: a.txt }, artifacts: true }]\n', 'ci.yml': 'name: ci\nsteps: [{ id: a, command: "true" }]\n' });
  expect((await place.call(['run', 'a.yml', '--quiet'], world)).exitCode).toBe(0);
  const [promised] = runsIn(place);
  for (let count = 0; count < 2; count++) await place.call(['run', 'ci.yml', '--quiet'], world);
  expect((await prune(place, '--keep-runs', '1')).kept).toEqual([{ run_id: promised, reason: 'its artifacts are still promised' }]);
  expect(runsIn(place)).toHaveLength(2);
});
