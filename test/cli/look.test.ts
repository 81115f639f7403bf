import { diagnosticTitles } from '../../src/core/diagnostic/codes.js';
import { createPlace, removePlaces } from './memory-world.js';

afterAll(removePlaces);

const workflow = `name: release
version: "2"
description: Build and
  ship it
inputs:
  env: { type: choice, options: [dev, prod], required: true, description: Where to }
  node: { type: number, min: 18, max: 24, default: 22 }
  doc: { type: file, required: true }
secrets: [{ name: TOKEN, required: false, description: For npm }]
outputs: { url: { value: "{{ steps.ship.outputs.url }}" } }
phases:
  - id: build
    steps:
      - { id: make, command: x }
      - parallel: [{ id: b, command: x }, { id: c, command: x }]
  - id: out
    steps: [{ id: ship, command: x, outputs: { url: { written: true } } }]
    gate: { criteria: [{ id: up, run: x }, { id: fast, run: x, advisory: true }], approve: { quorum: 1 } }
`;

test('show says what a workflow takes, does and gives back, and how to call it', async () => {
  const { exitCode, out } = await createPlace({ '.github/tollgate/release.yml': workflow }).call(['show', 'release']);
  expect(exitCode).toBe(0);
  expect(out).toBe(`release 2  .github/tollgate/release.yml
Build and ship it

inputs
  env   one of dev, prod, required         Where to
  node  number, default 22, from 18 to 24
  doc   file, required

secrets
  TOKEN  optional  For npm

outputs
  url

phases
  1 build  3 steps
  2 out    1 step ◇ up, fast (advisory), approval

call it
  tollgate plan release --input env=dev --input doc=path/to/file
  tollgate run release --input env=dev --input doc=path/to/file

in a GitHub workflow
  - uses: <owner>/tollgate@v0.0.0-dev
    with:
      workflow: release
      inputs: |
        env: dev
        doc: path/to/file
`);
});

test('show --json is for scripts', async () => {
  const { out } = await createPlace({ 'a.yml': workflow }).call(['show', 'a.yml', '--json']);
  expect(JSON.parse(out)).toMatchObject({ schema_version: 1, workflow: 'release', workflow_version: '2', inputs: [{ name: 'env', options: ['dev', 'prod'], required: true, default: null }, { name: 'node', min: 18, max: 24, default: 22, required: false }, { name: 'doc' }], phases: [{ id: 'build', steps: 3 }, { id: 'out', steps: 1, approval: true }] });
});

test('show of a workflow that is wrong says what is wrong', async () => {
  const place = createPlace({ 'a.yml': 'name: x\nsteps: [{ id: a, comand: x }]\n' });
  const { exitCode, out, err } = await place.call(['show', 'a.yml']);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  expect(err).toContain('(TG1101)');
  const json = await place.call(['show', 'a.yml', '--json']);
  expect(JSON.parse(json.out)).toMatchObject({ workflow: null, diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'TG1101' })]) as unknown });
});

test('list names the workflows, what they are for, and which of them are wrong', async () => {
  const place = createPlace({ '.git/HEAD': '', '.github/tollgate/release.yml': workflow, 'workflows-examples/b.yml': 'name: broken\nsteps: x\n' });
  const { exitCode, out } = await place.call(['list']);
  expect(exitCode).toBe(0);
  expect(out).toBe('release  .github/tollgate/release.yml  Build and ship it\nbroken   workflows-examples/b.yml      has problems: tollgate validate workflows-examples/b.yml\n');
  expect(JSON.parse((await place.call(['list', '--json'])).out)).toMatchObject({ schema_version: 1, workflows: [{ name: 'release', file: '.github/tollgate/release.yml', description: 'Build and ship it', valid: true }, { name: 'broken', valid: false, description: null }] });
});

test('list where nothing is leads to init', async () => {
  const { exitCode, out } = await createPlace().call(['list']);
  expect(exitCode).toBe(0);
  expect(out).toContain('  → Run: tollgate init\n');
});

test.each(['TG1101', 'tg1101', '1101', '(TG1101)'])('errors %s prints the page', async (given) => {
  const { exitCode, out } = await createPlace().call(['errors', given]);
  expect(exitCode).toBe(0);
  expect(out).toMatch(/^TG1101 {2}A key that the language does not know\n\n.+\n\nWhy\n {2}.+\n\nWhat to do\n {2}/su);
  expect(out).toContain('\nInstead of\n  - id: test\n');
});

test('errors lists every code, and each has a page that fits the terminal', async () => {
  const place = createPlace();
  const codes = Object.keys(diagnosticTitles).sort();
  expect((await place.call(['errors'])).out.split('\n').slice(0, -1).map((line) => line.split(' ')[0])).toEqual(codes);
  for (const code of codes) {
    const { exitCode, out } = await place.call(['errors', code]);
    expect({ code, exitCode }).toEqual({ code, exitCode: 0 });
    expect(out.split('\nInstead of')[0]?.split('\n').filter((line) => line.length > 80 && !line.includes('`'))).toEqual([]);
  }
});

test('errors --json and a code that is none', async () => {
  const place = createPlace();
  expect(JSON.parse((await place.call(['errors', 'TG1101', '--json'])).out)).toMatchObject({ code: 'TG1101', title: diagnosticTitles.TG1101, url: 'docs/errors.md#tg1101' });
  expect(JSON.parse((await place.call(['errors', '--json'])).out)).toHaveLength(Object.keys(diagnosticTitles).length);
  const { exitCode, err } = await place.call(['errors', 'TG1199']);
  expect(exitCode).toBe(2);
  expect(err).toMatch(/^error: there is no code 'TG1199'; did you mean 'TG11\d\d'\?\n\n {2}tollgate errors TG11\d\d /u);
});

test('schema prints the JSON Schema', async () => {
  const { exitCode, out } = await createPlace().call(['schema']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object', required: ['name'] });
});
