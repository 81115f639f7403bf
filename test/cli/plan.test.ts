import { existsSync } from 'node:fs';
import { join } from 'node:path';
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

const cached = `name: kept
defaults: { shell: sh }
inputs: { word: { type: string, required: true } }
steps:
  - { id: make, command: "echo {{ inputs.word }} > made.txt", inputs: [in.txt], outputs: { file: made.txt }, cache: true }
  - { id: use, command: "cat {{ make.outputs.file }}", cache: { inputs: [in.txt] } }
  - { id: each, command: "true", matrix: { n: [1, 2] }, cache: { inputs: [in.txt] }, needs: [] }
  - { id: tell, command: "true" }
  - { id: never, command: "true", when: "inputs.word == 'x'", needs: [] }
`;
const world = { env: { PATH: process.env['PATH'] } };

interface Forecast {
  readonly forecast: readonly { readonly step: string; readonly answer: string }[] | null;
}

test('where all inputs are given it says of each step whether its result is there, as run --dry-run and run itself do', async () => {
  const place = createPlace({ 'kept.yml': cached, 'in.txt': '1' });
  const call = (...argv: readonly string[]): ReturnType<typeof place.call> => place.call(argv, world);
  const answers = async (...argv: readonly string[]): Promise<unknown> => {
    const { exitCode, out } = await call(...argv, '--input', 'word=a', '--json');
    expect([exitCode, argv]).toEqual([0, argv]);
    return (JSON.parse(out) as Forecast).forecast?.map(({ answer }) => answer);
  };
  const both = async (): Promise<unknown> => {
    const planned = await answers('plan', 'kept.yml');
    expect(await answers('run', 'kept.yml', '--dry-run')).toEqual(planned);
    return planned;
  };
  expect(JSON.parse((await call('plan', 'kept.yml', '--json')).out)).toMatchObject({ forecast: null });
  expect(await both()).toEqual(['miss', 'depends', 'miss', 'miss', 'runs', 'skipped']);
  expect(existsSync(join(place.folder, 'made.txt')) || existsSync(join(place.folder, '.tollgate', 'runs'))).toBe(false);
  expect((await call('run', 'kept.yml', '--input', 'word=a', '--quiet')).exitCode).toBe(0);
  expect(await both()).toEqual(['hit', 'hit', 'hit', 'hit', 'runs', 'skipped']);
  place.write('in.txt', '2');
  expect(await both()).toEqual(['miss', 'depends', 'miss', 'miss', 'runs', 'skipped']);
  const { out } = await call('plan', 'kept.yml', '--input', 'word=a');
  expect(out).toContain(' 1.1  make   shell  1h  miss: in.txt changed\n');
  expect(out).toContain(' 1.2  use    shell  1h  depends: it comes after make · after make\n');
  expect(out).toContain(' 1.3  each   shell  1h  2 misses · 2 cells\n');
  expect(out).toContain(' 1.4  tell   shell  1h  runs · after each\n');
  expect(out.endsWith('\n3 misses, 1 depends on what comes before, 1 runs every time, 1 skipped\n')).toBe(true);
});

test('where nothing is cached there is nothing to say of results', async () => {
  const place = createPlace(files);
  const { out } = await place.call(['plan', 'release.yml', '--input', 'env=dev', '--json']);
  expect((JSON.parse(out) as Forecast).forecast?.map(({ step, answer }) => [step, answer])).toEqual([['build', 'runs'], ['ship', 'skipped']]);
  expect((await place.call(['plan', 'release.yml', '--input', 'env=dev'])).out).not.toContain('runs');
});

test('run --dry-run says what it would do, of a part too, and runs nothing', async () => {
  const place = createPlace({ 'kept.yml': cached, 'in.txt': '1', 'in.yml': 'word: b\n' });
  const { exitCode, out, err } = await place.call(['run', 'kept.yml', '--dry-run', '--inputs', 'in.yml', '--only', 'make,tell'], world);
  expect([exitCode, err]).toEqual([0, 'Nothing was run.\n']);
  expect(out).toMatch(/✖ miss {4}make .*\n(?:.*\n)*.*– skipped use .*left out by --only make,tell/u);
  expect(existsSync(join(place.folder, 'made.txt')) || existsSync(join(place.folder, '.tollgate', 'runs'))).toBe(false);
  expect((await place.call(['run', 'kept.yml', '--dry-run'], world)).exitCode).toBe(2);
});
