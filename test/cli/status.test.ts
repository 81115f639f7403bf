import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openRunLease } from '../../src/assembly/open-leases.js';
import type { StatusJson } from '../../src/core/report/run/status-json.js';
import { keepRun, step } from './kept-run.js';
import type { Place } from './memory-world.js';
import { createPlace, removePlaces } from './memory-world.js';

afterAll(removePlaces);

const workflow = `name: ci
phases:
  - id: build
    steps:
      - { id: one, command: "true" }
      - { id: two, command: "true", matrix: { n: [1, 2] } }
      - { id: ship, command: "true", needs: [one], effects: once }
  - { id: after, steps: [{ id: end, command: "true" }] }
finally: [{ id: bye, command: "true" }]
`;

const underWay = [
  { kind: 'phase-started', phase: 'build' } as const,
  step.opened('one'), step.started('one'), step.succeeded('one'),
  step.opened('two', { cells: [{ n: 1 }, { n: 2 }], isMatrix: true }), step.started('two'), step.started('two', 1), step.succeeded('two'),
  step.opened('ship', { once: true }), step.started('ship'),
];

async function statusOf({ call }: Place, ...given: readonly string[]): Promise<StatusJson> {
  const { exitCode, out } = await call(['status', ...given, '--json']);
  expect(exitCode).toBe(0);
  return JSON.parse(out) as StatusJson;
}

const stepsOf = ({ steps }: StatusJson): readonly unknown[] => steps.map(({ id, phase, status, cells }) => [id, phase, status, ...(cells ?? []).map((cell) => cell.status)]);

test('of a run whose process was killed it says how far it came, and what somebody has to decide', async () => {
  const place = createPlace({ 'ci.yml': workflow });
  const run = keepRun(place.folder, { events: underWay, facts: { commit: 'abc' } });
  const json = await statusOf(place);
  expect(json).toMatchObject({ run_id: run.id, workflow: 'ci', status: 'cancelled', reason: 'interrupted', current: null, commit: 'abc', next_command: `tollgate resume ${run.id}`, owner: null });
  expect(stepsOf(json)).toEqual([['one', 'build', 'succeeded'], ['two', 'build', 'cancelled', 'succeeded', 'cancelled'], ['ship', 'build', 'indeterminate'], ['end', 'after', 'pending'], ['bye', null, 'pending']]);
  const { out } = await place.call(['status']);
  expect(out).toMatch(/^INTERRUPTED {2}ci was cut short: its process ended before it did\n/u);
  expect(out).toContain('    ✔ one   succeeded in 20 ms\n');
  expect(out).toContain('[BLOCKING] build/ship: ship was cut short, and nobody knows whether it has had its effect (TG3406)\n');
  expect(out.endsWith(`  → Run: tollgate resume ${run.id}\n`)).toBe(true);
});

test('while its process lives the run goes on, and its owner is named', async () => {
  const place = createPlace({ 'ci.yml': workflow });
  const run = keepRun(place.folder, { events: underWay, at: Date.now() - 2_000 });
  // As in a job on GitHub, where nobody takes the right to a run: its last word is young.
  expect(await statusOf(place)).toMatchObject({ status: 'running', owner: null });
  const claim = openRunLease(join(place.folder, '.tollgate'), run.id).claim('run', { note: 'run', takeOver: false });
  const json = await statusOf(place);
  expect(json).toMatchObject({ status: 'running', reason: null, current: ['two', 'ship'], next_command: null, owner: { pid: process.pid, life: 'alive' } });
  expect((await place.call(['status'])).out).toContain(`\nprocess ${process.pid} on `);
  if (claim.kind === 'held') claim.lease.release();
  expect(await statusOf(place)).toMatchObject({ status: 'cancelled', owner: null });
});

test.each([
  ['gone', undefined],
  ['another by now', 'name: ci\nsteps: [{ id: other, command: "true" }]\n'],
  ['broken', 'name: ci\nsteps: {'],
  ['of another name', workflow.replace('name: ci', 'name: other')],
])('when the workflow is %s the events alone have to do', async (_, text) => {
  const place = createPlace(text === undefined ? {} : { 'ci.yml': text });
  keepRun(place.folder, { events: [...underWay, { kind: 'phase-skipped', phase: 'after', reason: 'when', because: 'no' }] });
  const json = await statusOf(place);
  expect(json.phases.map(({ id, status }) => [id, status])).toEqual([['build', 'cancelled'], ['after', 'skipped']]);
  expect(stepsOf(json).slice(0, 3)).toEqual([['one', 'build', 'succeeded'], ['two', 'build', 'cancelled', 'succeeded', 'cancelled'], ['ship', 'build', 'indeterminate']]);
  expect(json.steps.map(({ type }) => type)).not.toContain('shell');
});

test('a result is told as it stands, until somebody goes on with the run', async () => {
  const place = createPlace({ 'ci.yml': workflow });
  await place.call(['run', 'ci.yml', '--quiet'], { env: { PATH: process.env['PATH'] } });
  const ended = await statusOf(place);
  expect(ended).toMatchObject({ status: 'succeeded', verdict: 'go', owner: null });
  const run = keepRun(place.folder, { events: underWay });
  writeFileSync(join(run.path, 'run.json'), JSON.stringify({ ...ended, run_id: run.id }));
  expect(await statusOf(place, run.id)).toMatchObject({ run_id: run.id, reason: 'interrupted' });
});

test('a run that waits for a decision says so', async () => {
  const place = createPlace({ 'ci.yml': workflow });
  keepRun(place.folder, { events: [...underWay, { kind: 'run-paused', reason: 'decision' }] });
  expect(await statusOf(place)).toMatchObject({ status: 'paused', reason: 'decision' });
  expect((await place.call(['status'])).out).toMatch(/^PAUSED {2}ci stopped after 1\.1 s and can go on · decision\n/u);
});

test('damage is named with its place, and what comes before it counts', async () => {
  const place = createPlace({ 'ci.yml': workflow });
  const { journal } = keepRun(place.folder, { events: underWay });
  const text = readFileSync(journal, 'utf8');
  const at = text.indexOf('"two"');
  writeFileSync(journal, `${text.slice(0, at)}"tow"${text.slice(at + 5)}`);
  const { out, err } = await place.call(['status', '--json']);
  expect(err).toBe(`[WARNING] ${journal} is damaged at byte ${text.lastIndexOf('\n', at) + 1}: its check fails: it was changed, or records before it are gone; everything before it counts (TG3408)\n`);
  expect(stepsOf(JSON.parse(out) as StatusJson)[1]).toEqual(['two', 'build', 'pending']);
  writeFileSync(journal, 'junk');
  const lost = await place.call(['status']);
  expect([lost.exitCode, lost.err]).toEqual([2, expect.stringContaining('can be used')]);
});

test('a run is named by a part of its name that is its own', async () => {
  const place = createPlace({ 'ci.yml': workflow });
  const runs = [1, 2, 0x11].map((number) => keepRun(place.folder, { number, events: underWay }));
  const idOf = async (given: string): Promise<unknown> => {
    const { out, err } = await place.call(['status', given, '--json']);
    return err === '' ? (JSON.parse(out) as StatusJson).run_id : err.split('\n')[0];
  };
  expect(await idOf(runs[0]!.id)).toBe(runs[0]!.id);
  expect(await idOf('0002')).toBe(runs[1]!.id);
  expect(await idOf('2025')).toMatch(/^error: 3 runs begin or end with '2025': /u);
  expect(await idOf('1')).toMatch(/^error: there is no run '1'/u);
  expect(await idOf(`${runs[0]!.id.slice(0, -1)}9`)).toMatch(/; did you mean '20250115-083000-000-00/u);
  expect((await createPlace().call(['status'])).err).toContain('tollgate list');
});

test('others that could be gone on with are named beside the last one', async () => {
  const place = createPlace({ 'ci.yml': workflow });
  const over = { kind: 'run-ended', status: 'succeeded', verdict: 'go', outputs: {} } as const;
  const runs = [
    keepRun(place.folder, { number: 1, events: underWay, facts: { inputs: { a: 'same' } } }),
    keepRun(place.folder, { number: 2, events: [...underWay, { kind: 'run-paused', reason: 'decision' }], facts: { workflow: 'release' } }),
    keepRun(place.folder, { number: 3, events: underWay, facts: { inputs: { a: 'other' } } }),
    keepRun(place.folder, { number: 4, events: [over], facts: { inputs: { a: 'same' } } }),
  ].map(({ id }) => id);
  const { err } = await place.call(['status']);
  expect(err).toBe(`\nUnfinished, too:\n  ${runs[2] ?? ''}  ci, interrupted: tollgate resume ${runs[2] ?? ''}\n  ${runs[1] ?? ''}  release, paused: tollgate resume ${runs[1] ?? ''}\n`);
  expect((await place.call(['status', runs[3] ?? ''])).err).toBe('');
});

test('resume takes the same names', async () => {
  const place = createPlace({ 'ci.yml': workflow });
  const { id } = keepRun(place.folder, { number: 1, events: underWay });
  keepRun(place.folder, { number: 2, events: underWay });
  expect((await place.call(['resume', '0001'])).err).toContain(`PAUSED  run ${id} waits for a decision (TG3406)`);
  expect((await place.call(['resume', '2025'])).err).toContain("2 runs begin or end with '2025'");
});
