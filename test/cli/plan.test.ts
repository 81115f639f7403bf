import { createPlace, removePlaces } from './memory-world.js';

afterAll(removePlaces);

const workflow = `name: release
inputs:
  env: { type: choice, options: [dev, prod], required: true }
  node: { type: number, min: 18, max: 24, default: 22 }
  notes: { type: file }
steps:
  - { id: build, command: x, when: exists('notes.md') }
  - { id: ship, command: x, when: "inputs.env == 'prod' && github.ref == 'refs/heads/main'" }
`;
const files = { '.git/HEAD': 'ref: refs/heads/main\n', 'release.yml': workflow, 'notes.md': 'x' };

test('a plan says what would run and why; a required input that is missing is a warning', async () => {
  const { exitCode, out, err } = await createPlace(files).call(['plan', 'release.yml']);
  expect(exitCode).toBe(0);
  expect(err).toBe("[WARNING] input 'env' is required; the plan does without it (TG1302)\n  → Give it as --input env=dev|prod\n\n");
  expect(out).toContain("   1.1  build  shell  1h\n        ✓ when exists('notes.md') — exists('notes.md') is true\n");
  expect(out).toContain("        ? when inputs.env == 'prod' && github.ref == 'refs/heads/main'\n          — depends on inputs.env\n");
});

test('inputs of the call win over those of files, and decide what can be decided', async () => {
  const place = createPlace({ ...files, 'more.yml': 'env: dev\nnode: 20\n', 'more.json': '{\n\t"node": 24\n}' });
  const state = async (...argv: readonly string[]): Promise<unknown> => {
    const { out } = await place.call(['plan', 'release.yml', '--json', ...argv]);
    const json = JSON.parse(out) as { readonly inputs: unknown; readonly phases: readonly { readonly steps: readonly { readonly when: { readonly holds: unknown } }[] }[] };
    return [json.inputs, json.phases[0]?.steps[1]?.when.holds];
  };
  expect(await state('--input', 'env=prod')).toEqual([{ env: 'prod', node: 22 }, true]);
  expect(await state('--inputs', 'more.yml')).toEqual([{ env: 'dev', node: 20 }, false]);
  expect(await state('--inputs', 'more.yml', '--inputs', 'more.json', '--input', 'env=prod')).toEqual([{ env: 'prod', node: 24 }, true]);
});

test('on GitHub the context is what the runner says', async () => {
  const place = createPlace({ ...files, 'event.json': '{"action":"opened"}', 'gh.yml': "name: x\nsteps:\n  - { id: a, command: x, when: \"github.event.action == 'opened' && github.actor == 'ann' && github.token == null\" }\n" });
  const env = { GITHUB_ACTIONS: 'true', GITHUB_ACTOR: 'ann', GITHUB_TOKEN: 'secret', GITHUB_EVENT_PATH: `${place.folder}/event.json` };
  const { out } = await place.call(['plan', 'gh.yml', '-C', place.folder], { env });
  expect(out).toContain('✓ when');
  expect(out).not.toContain('secret');
});

test('everything that is wrong with the inputs is said at once', async () => {
  const place = createPlace({ ...files, 'list.yml': '- a\n', 'broken.json': '{"a": }', 'open.json': '{"a": 1' });
  const { exitCode, out, err } = await place.call(['plan', 'release.yml', '--input', 'nod=3', '--input', 'env=devv', '--input', 'node=99', '--input', 'notes=gone.md', '--inputs', 'list.yml', '--inputs', 'none.yml', '--inputs', 'broken.json', '--inputs', 'open.json']);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  expect([...err.matchAll(/^\[BLOCKING\] (.*)\n {2}at (.*)$/gmu)].map(([, message, at]) => `${at ?? ''}: ${message ?? ''}`)).toEqual([
    'list.yml:1:3: inputs are a map from names to values; this is a list of 1 (TG1308)',
    'broken.json:1:1: this is no JSON (TG1308)',
    expect.stringMatching(/^open\.json:1:\d: .* \(TG10\d\d\)$/u),
    '--inputs: the inputs in none.yml cannot be read: there is no such file (TG1308)',
    "--input: unknown input 'nod'; did you mean 'node'? (TG1301)",
    "--input: input 'env' cannot be the text 'devv'; it is one of dev, prod (TG1304)",
    "--input: input 'node' has to be from 18 to 24; this is 99 (TG1305)",
    "--input: input 'notes' names no file in the workspace: the text 'gone.md' (TG1307)",
  ]);
});

test('--json of a workflow that is wrong has its diagnostics and no plan', async () => {
  const { exitCode, out, err } = await createPlace({ 'a.yml': 'name: x\nsteps: [{ id: a, comand: x }]\n' }).call(['plan', 'a.yml', '--json', '--input', 'y=1']);
  expect({ exitCode, err }).toEqual({ exitCode: 2, err: '' });
  expect(JSON.parse(out)).toMatchObject({ schema_version: 1, file: 'a.yml', workflow: null, diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'TG1101', line: 2 }), expect.objectContaining({ code: 'TG1301', file: null, line: null, from: '--input' })]) as unknown });
});

test('--mermaid prints a chart and nothing else', async () => {
  const { exitCode, out } = await createPlace(files).call(['plan', 'release.yml', '--mermaid', '--input', 'env=dev']);
  expect(exitCode).toBe(0);
  expect(out.startsWith('flowchart TD\n')).toBe(true);
  expect(out).toContain('    s1_2["1.2 ship<br/>shell"]:::skipped\n');
});

test('background steps are marked', async () => {
  const place = createPlace({ 'a.yml': 'name: x\nsteps:\n  - { id: a, command: x, background: true }\n  - { id: b, command: x, background: false }\n' });
  const { out } = await place.call(['plan', 'a.yml', '--json']);
  const { phases } = JSON.parse(out) as { readonly phases: readonly { readonly steps: readonly { readonly background: boolean }[] }[] };
  expect(phases[0]?.steps.map(({ background }) => background)).toEqual([true, false]);
});
