import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJournal } from '../../src/adapters/local/run-folder/journal/read-journal.js';
import { sampleFacts } from '../rig/run-rig.js';
import { writeEpoch } from '../rig/write-epoch.js';
import { began, keepRun, step } from './kept-run.js';
import { createPlace, removePlaces } from './memory-world.js';

afterAll(removePlaces);

const events = [{ kind: 'phase-started', phase: 'build' } as const, step.opened('a'), step.started('a')];

test('the story of a run that another process went on with', async () => {
  const place = createPlace();
  const { id, path } = keepRun(place.folder, { events });
  const { end } = readJournal(path);
  const more = [{ kind: 'run-resumed', spent: { usd: 0, tokens: 0 }, ...sampleFacts, attempt: 2, runId: id, at: began + 60_000 }, { kind: 'run-ended', status: 'succeeded', verdict: 'go', outputs: {}, at: began + 61_000 }];
  writeFileSync(join(path, 'journal', '000002.ndjson'), writeEpoch(more, { run: id, epoch: 2, follows: end, at: began + 60_000 }).bytes);
  const { exitCode, out, err } = await place.call(['replay']);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  expect(out.split('\n').map((line) => line.replace(/ · tollgate.*$/u, ''))).toEqual([
    '   0.000  ▶ run of ci started', '   0.100  · phase build began', '   0.200  · a was due', '   0.300  ▶ a started',
    '1:00.000  ✂ the process before was cut short here; another process took over, 59.7 s later (tollgate 1.2.3)', '1:00.000  ▶ attempt 2 of the run began', '1:01.000  ✔ the run succeeded: GO', '',
  ]);
  const json = JSON.parse((await place.call(['replay', id, '--json'])).out) as { readonly epochs: unknown; readonly damage: unknown; readonly story: readonly unknown[] };
  expect(json).toMatchObject({ schema_version: 1, run_id: id, torn: false, damage: [], epochs: [{ epoch: 1, records: 4 }, { epoch: 2, records: 2 }] });
  expect(json.story[3]).toEqual({ elapsed_ms: 300, at: '2025-01-15T08:30:00.300Z', kind: 'attempt-started', phase: null, step: 'a', cell: 0, text: 'a started' });
});

test('damage is named with its file and byte, behind the story that is left', async () => {
  const place = createPlace();
  const { journal } = keepRun(place.folder, { events });
  appendFileSync(journal, 'junk\n');
  const { exitCode, out, err } = await place.call(['replay']);
  expect(exitCode).toBe(0);
  expect(out).toContain('a started\n');
  expect(err).toMatch(new RegExp(`^\\[WARNING\\] ${journal} is damaged at byte \\d+: .* \\(TG3408\\)\\n$`, 'u'));
  writeFileSync(journal, '');
  expect(await place.call(['replay'])).toMatchObject({ exitCode: 2, out: '', err: expect.stringContaining(`${journal} is damaged at byte 0: it is empty (TG3408)`) as unknown });
});

test('a journal of a newer version is left to it', async () => {
  const place = createPlace();
  const { id, journal } = keepRun(place.folder);
  writeFileSync(journal, writeEpoch([], { run: id, format: 99, tollgate: '9.0.0' }).bytes);
  expect((await place.call(['replay'])).err).toContain('npm install --global tollgate@9.0.0');
  expect((await place.call(['status'])).err).toContain('npm install --global tollgate@9.0.0');
});
