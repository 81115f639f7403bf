import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { actionInputs } from './inputs.js';
import { actionOutputs, outputsOfRefusal } from './outputs.js';
import { readWish } from './read-wish.js';
import { planOutputs } from './run-plan.js';
import { verdictOutputs } from './run-verdict.js';

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string; readonly required?: boolean }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: Readonly<Record<string, string>>;
}

const file = parse(readFileSync('action.yml', 'utf8')) as ActionFile;

describe('action.yml', () => {
  test('has the inputs of the table, in its order, with its defaults', () => {
    expect(Object.entries(file.inputs).map(([name, { default: usual = '' }]) => [name, usual])).toEqual(actionInputs.map((input) => [input.name, input.default]));
  });
  test('has the outputs of the table, and each is set', () => {
    expect(Object.keys(file.outputs)).toEqual([...actionOutputs]);
    expect(Object.keys(outputsOfRefusal())).toEqual([...actionOutputs]);
  });
  test('describes everything, and says of what is not built that it is not', () => {
    for (const { description } of [...Object.values(file.inputs), ...Object.values(file.outputs)]) expect(description).toMatch(/^\S.*\.$/u);
    for (const input of actionInputs) expect([input.name, /Not built/u.test(file.inputs[input.name]?.description ?? '')]).toEqual([input.name, 'unbuilt' in input]);
  });
  test('runs on Node 24, and post whatever happens', () => {
    expect(file.runs).toEqual({ using: 'node24', main: 'dist/action-main.js', post: 'dist/action-post.js', 'post-if': 'always()' });
  });
});

describe.each([
  ['plan', planOutputs],
  ['verdict', verdictOutputs],
] as const)('%s/action.yml', (folder, outputs) => {
  const { inputs, outputs: described, runs } = parse(readFileSync(`${folder}/action.yml`, 'utf8')) as ActionFile;
  test('has the outputs that are set, in their order', () => {
    expect(Object.keys(described)).toEqual([...outputs]);
  });
  test("takes the root action's inputs as that does", () => {
    const shared = actionInputs.filter(({ name }) => name in inputs && name !== 'workflow');
    expect(shared.length).toBeGreaterThan(2);
    for (const { name, default: usual } of shared) expect([name, inputs[name]?.default]).toEqual([name, usual]);
  });
  test('describes everything, and starts the door of its own', () => {
    for (const { description } of [...Object.values(inputs), ...Object.values(described)]) expect(description).toMatch(/^\S.*\.$/u);
    expect(runs).toEqual({ using: 'node24', main: `../dist/action-${folder}.js` });
  });
});

function read(given: Readonly<Record<string, string>>): ReturnType<typeof readWish> {
  const all: Readonly<Record<string, string>> = { workflow: 'w', ...given };
  return readWish({ input: (name) => all[name] ?? '' });
}

describe('inputs of the step', () => {
  test('are read in their forms', () => {
    const { wish, problems } = read({ phases: 'a, b\n c', set: 'one.outputs.x=1\ntwo.outputs.y=a=b\n', 'max-parallel': '3', fix: 'TRUE', preflight: 'only', summary: 'off' });
    expect(problems).toEqual([]);
    expect(wish).toMatchObject({ selection: { phases: ['a', 'b', 'c'], set: [{ name: 'one.outputs.x', value: '1' }, { name: 'two.outputs.y', value: 'a=b' }], from: undefined }, maxParallel: 3, fix: true, preflight: 'only', summary: false });
  });
  test("hold without action.yml's defaults too", () => {
    const { wish, problems } = read({});
    expect(problems).toEqual([]);
    expect(wish).toMatchObject({ maxParallel: undefined, fix: false, preflight: 'on', summary: true, allowCostly: false });
  });
  test('take their own defaults', () => {
    expect(read(Object.fromEntries(actionInputs.map((input) => [input.name, input.name === 'matrix-values' ? '{"node":20}' : input.name === 'workflow' ? 'w' : input.default]))).problems).toEqual([]);
  });
  test.each(actionInputs.filter((input) => 'unbuilt' in input).map(({ name }) => [name]))('%s is refused by its name when it is set', (name) => {
    const { problems } = read({ [name]: 'something-secret' });
    expect(problems.map(({ input }) => input)).toEqual([name]);
    expect(problems[0]?.message).toMatch(/not built yet/u);
    expect(problems[0]?.message).not.toContain('something-secret');
  });
  test.each([['preflight', 'yes'], ['fix', 'on'], ['max-parallel', '1.5'], ['max-parallel', '-1'], ['set', 'no-value'], ['matrix-values', '{'], ['summary', 'true']])('%s takes no %j', (name, value) => {
    expect(read({ [name]: value }).problems.map(({ input }) => input)).toEqual([name]);
  });
  test('a step without a workflow names none', () => {
    expect(read({ workflow: '' }).problems.map(({ input }) => input)).toEqual(['workflow']);
  });
});
