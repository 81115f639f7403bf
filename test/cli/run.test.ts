import { createPlace, removePlaces } from './memory-world.js';

afterAll(removePlaces);

const workflow = 'name: release\nversion: 1.0\ninputs: { env: { type: string, required: true } }\nsteps:\n  - { id: a, command: x, cache: true, budget: { usd: 1 } }\n';

test('run refuses what it cannot do by name and place, and does nothing', async () => {
  const { exitCode, out, err } = await createPlace({ 'a.yml': workflow }).call(['run', 'a.yml', '--input', 'env=dev']);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  expect(err).toContain("[BLOCKING] the budget of 'a' is not built yet in tollgate 0.0.0-dev (TG2901)\n  at a.yml:5:");
  expect(err.endsWith('  → Run: tollgate plan a.yml\n')).toBe(true);
});

test('a required input that is missing blocks a run before anything else', async () => {
  const { exitCode, err } = await createPlace({ 'a.yml': workflow }).call(['run', 'a.yml']);
  expect(exitCode).toBe(2);
  expect(err).toBe("[BLOCKING] input 'env' is required (TG1302)\n  → Give it as --input env=<string>\n");
});

test('a workflow that is wrong is refused for that', async () => {
  const { exitCode, err } = await createPlace({ 'a.yml': 'name: x\nsteps: [{ id: a, command: x, timout: 5m }]\n' }).call(['run', 'a.yml']);
  expect(exitCode).toBe(2);
  expect(err).toContain('(TG1101)');
  expect(err).not.toContain('TG2901');
});

test('--json prints the object of a run that never was', async () => {
  const { exitCode, out } = await createPlace({ 'a.yml': workflow }).call(['run', 'a.yml', '--json', '--input', 'env=dev']);
  expect(exitCode).toBe(2);
  expect(JSON.parse(out)).toEqual({
    schema_version: 1,
    tollgate_version: '0.0.0-dev',
    run_id: null,
    workflow: 'release',
    workflow_version: '1.0',
    status: 'failed',
    reason: null,
    verdict: null,
    attempt: 0,
    started_at: null,
    ended_at: null,
    current: null,
    actor: null,
    commit: null,
    trigger: 'cli',
    inputs: { env: 'dev' },
    phases: [],
    steps: [],
    cache: { hits: 0, misses: 0 },
    cost_usd: 0,
    tokens: 0,
    outputs: {},
    partial: [],
    diagnostics: [expect.objectContaining({ code: 'TG2901', line: 5, column: 49 })],
    next_command: 'tollgate plan a.yml',
  });
});
