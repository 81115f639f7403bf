import { describe, expect, test } from '@jest/globals';
import { parseForTest } from '../../../../test/rig/parse-text.js';
import type { GivenInput } from './resolve-inputs.js';
import { resolveInputs } from './resolve-inputs.js';

const files = ['README.md', 'src/a.ts'];

function resolve(inputs: string, ...given: readonly (readonly [name: string, value: unknown, from?: string])[]) {
  const { parsed, diagnostics } = parseForTest(`name: demo\ninputs: { ${inputs} }\nsteps: [{ id: a, command: make }]\n`);
  expect(diagnostics).toEqual([]);
  const gifts = given.map(([name, value, from = '--input']): GivenInput => ({ name, value, from }));
  return resolveInputs(parsed?.outline.workflow.inputs ?? [], gifts, (path) => files.includes(path));
}

/** What comes of one given value: the value that it has, or what is said against it. */
function outcomeOf(input: string, value: unknown): unknown {
  const { values, problems } = resolve(`x: ${input}`, ['x', value]);
  return problems.length === 0 ? values.get('x') : problems.map(({ code, message }) => `${code} ${message}`);
}

describe('a value in its type', () => {
  test.each([
    ['{ type: string }', 'text', 'text'],
    ['{ type: string }', '', ''],
    ['{ type: string }', '5', '5'],
    ['{ type: string }', 5, '5'],
    ['{ type: string }', true, 'true'],
    ['{ type: number }', '5', 5],
    ['{ type: number }', ' -2.5e1 ', -25],
    ['{ type: number }', '.5', 0.5],
    ['{ type: number }', '5.', 5],
    ['{ type: number }', '+1', 1],
    ['{ type: number }', 7, 7],
    ['{ type: boolean }', 'true', true],
    ['{ type: boolean }', 'false', false],
    ['{ type: boolean }', false, false],
    ['{ type: json }', '{"a": [1, null]}', { a: [1, null] }],
    ['{ type: json }', 'no json', 'no json'],
    ['{ type: json }', [1], [1]],
    ['{ type: choice, options: [1, two, true] }', '1', 1],
    ['{ type: choice, options: [1, two, true] }', 'two', 'two'],
    ['{ type: choice, options: [1, two, true] }', 'true', true],
    ['{ type: choice, options: [1, two] }', 1, 1],
    ['{ type: choice, options: [null, { toString: 1 }, [a, 2]] }', 'null', null],
    ['{ type: choice, options: [null, { toString: 1 }, [a, 2]] }', '["a",2]', ['a', 2]],
    ['{ type: file }', 'README.md', 'README.md'],
    ['{ type: artifact }', 'measure/coverage', 'measure/coverage'],
    ['{ type: number, min: 1, max: 5 }', '1', 1],
    ['{ type: number, min: 1, max: 5 }', '5', 5],
    ['{ type: string, pattern: "a|bc" }', 'bc', 'bc'],
    ['{ type: string, options: [a, b] }', 'b', 'b'],
  ])('%s takes %j', (input, given, value) => {
    expect(outcomeOf(input, given)).toEqual(value);
  });

  test.each([
    ['{ type: string }', ['a'], "TG1303 input 'x' wants text; this is a list"],
    ['{ type: string }', { a: 1 }, "TG1303 input 'x' wants text; this is a map"],
    ['{ type: number }', 'many', "TG1303 input 'x' wants a number; this is the text 'many'"],
    ['{ type: number }', '0x10', "TG1303 input 'x' wants a number; this is the text '0x10'"],
    ['{ type: number }', '1 2', "TG1303 input 'x' wants a number; this is the text '1 2'"],
    ['{ type: number }', 'a1', "TG1303 input 'x' wants a number; this is the text 'a1'"],
    ['{ type: number }', '1e999', "TG1303 input 'x' wants a number; this is the number Infinity"],
    ['{ type: number }', true, "TG1303 input 'x' wants a number; this is the boolean true"],
    ['{ type: boolean }', 'True', "TG1303 input 'x' wants true or false; this is the text 'True'"],
    ['{ type: boolean }', 1, "TG1303 input 'x' wants true or false; this is the number 1"],
    ['{ type: file }', 5, "TG1303 input 'x' wants a file's path; this is the number 5"],
    ['{ type: artifact }', 5, "TG1303 input 'x' wants an artifact; this is the number 5"],
    ['{ type: file }', 'READ.me', "TG1307 input 'x' names no file in the workspace: the text 'READ.me'"],
    ['{ type: choice, options: [1, two] }', 'three', "TG1304 input 'x' cannot be the text 'three'; it is one of 1, two"],
    ['{ type: choice, options: [1, { toString: 1 }, [a, 2]] }', 'three', `TG1304 input 'x' cannot be the text 'three'; it is one of 1, {"toString":1}, ["a",2]`],
    ['{ type: string, options: [a, b] }', 'c', "TG1304 input 'x' cannot be the text 'c'; it is one of a, b"],
    ['{ type: number, min: 1, max: 5 }', '0', "TG1305 input 'x' has to be from 1 to 5; this is 0"],
    ['{ type: number, min: 1, max: 5 }', '6', "TG1305 input 'x' has to be from 1 to 5; this is 6"],
    ['{ type: number, min: 1 }', '0', "TG1305 input 'x' has to be at least 1; this is 0"],
    ['{ type: number, max: 5 }', '6', "TG1305 input 'x' has to be at most 5; this is 6"],
    ['{ type: string, pattern: "a|bc" }', 'abc', "TG1306 input 'x' does not match a|bc: the text 'abc'"],
    ['{ type: string, pattern: "a|bc" }', 'xa', "TG1306 input 'x' does not match a|bc: the text 'xa'"],
    ['{ type: string, pattern: a }', 'b'.repeat(50), `TG1306 input 'x' does not match a: the text '${'b'.repeat(39)}…'`],
    ['{ type: string, pattern: a }', 'b'.repeat(40), `TG1306 input 'x' does not match a: the text '${'b'.repeat(40)}'`],
  ])('%s refuses %j', (input, given, problem) => {
    expect(outcomeOf(input, given)).toEqual([problem]);
  });
});

describe('what was not given', () => {
  test.each([undefined, null, ''])('%j means not given: the default holds', (nothing) => {
    expect(outcomeOf('{ type: number, default: 3 }', nothing)).toBe(3);
    expect(outcomeOf('{ type: json, default: { a: [1] } }', nothing)).toEqual(Object.assign(Object.create(null) as object, { a: [1] }));
  });

  test('a default that is null or false is a value', () => {
    expect(resolve('x: { type: json, default: null }, y: { type: boolean, default: false }').values).toEqual(new Map<string, unknown>([['x', null], ['y', false]]));
  });

  test('a default made by an expression is for the run to know', () => {
    expect(resolve('x: { type: string, default: "{{ github.sha }}" }')).toEqual({ values: new Map(), missing: [], problems: [] });
  });

  test('what is optional has no value', () => {
    expect(resolve('x: { type: string }, y: { type: string, required: false }')).toEqual({ values: new Map(), missing: [], problems: [] });
  });

  test('what is required is missing, with the way to give it', () => {
    expect(resolve('x: { type: number, required: true }, y: { type: choice, options: [a, 2], required: true }, z: { type: string, required: true, default: d }').missing).toEqual([
      { code: 'TG1302', input: 'x', from: '', message: "input 'x' is required", hint: 'give it as --input x=<number>' },
      { code: 'TG1302', input: 'y', from: '', message: "input 'y' is required", hint: 'give it as --input y=a|2' },
    ]);
  });
});

describe('several gifts', () => {
  test('the later one wins, whatever the case of the name', () => {
    expect(resolve('x: { type: number }', ['x', '1', 'inputs.yml:1:1'], ['X', '2']).values).toEqual(new Map([['x', 2]]));
  });

  test('all that is wrong is said at once, each with where it came from', () => {
    const { problems, values } = resolve('x: { type: number }, y: { type: boolean }, z: { type: string }', ['x', 'many', 'inputs.yml:1:1'], ['y', 'maybe'], ['z', 'fine'], ['w', '1']);
    expect(values).toEqual(new Map([['z', 'fine']]));
    expect(problems.map(({ code, input, from, hint }) => ({ code, input, from, hint }))).toEqual([
      { code: 'TG1301', input: 'w', from: '--input', hint: 'it takes x, y, z' },
      { code: 'TG1303', input: 'x', from: 'inputs.yml:1:1', hint: 'give it as --input x=<number>' },
      { code: 'TG1303', input: 'y', from: '--input', hint: 'give it as --input y=<boolean>' },
    ]);
  });

  test('an unknown name is answered with the nearest', () => {
    expect(resolve('target: { type: string }', ['traget', 'x']).problems).toEqual([
      { code: 'TG1301', input: 'traget', from: '--input', message: "unknown input 'traget'; did you mean 'target'?", hint: 'it takes target' },
    ]);
  });

  test('a workflow without inputs says so', () => {
    const { parsed } = parseForTest('name: demo\nsteps: [{ id: a, command: make }]\n');
    expect(resolveInputs(parsed?.outline.workflow.inputs ?? [], [{ name: 'x', value: '1', from: '--input' }], () => true).problems).toEqual([
      { code: 'TG1301', input: 'x', from: '--input', message: "unknown input 'x'", hint: 'the workflow takes no inputs' },
    ]);
  });
});
