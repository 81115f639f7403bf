import { describe, expect, test } from '@jest/globals';
import { partsOf } from '../../../test/hand-over/parts-of.js';
import { handOver } from './hand-over.js';
import { LONGEST_ENTRY, LONGEST_TOGETHER, renderVariables } from './render-variables.js';
import type { RenderResult } from './render-variables.js';
import type { ScriptValue } from './script-part.js';
import { writeNumber } from './write-number.js';

function render(command: string, ...values: readonly (ScriptValue | undefined)[]): RenderResult {
  const parts = partsOf(command);
  const result = handOver(parts, 'bash');
  if (result.kind === 'refused') throw new Error('refused');
  const left = [...values];
  return renderVariables(result.ok, parts.map((part) => (part.kind === 'value' ? left.shift() : undefined)));
}

const textOf = (result: RenderResult) => (result.kind === 'ok' ? Object.values(result.environment) : result.problems.map(({ code, at, message }) => `${code} @${at[0]} ${message}`));

describe('values become entries of the environment', () => {
  test.each<[string, ScriptValue | undefined, string]>([
    ['echo ‹›', 'a "b" $c\n', 'a "b" $c\n'],
    ['echo ‹›', '', ''],
    ['echo ‹›', 12.5, '12.5'],
    ['echo ‹›', true, 'true'],
    ['echo ‹n›', 1e21, '1000000000000000000000'],
    ['echo ‹b›', false, 'false'],
    ['(( ‹n› ))', -7, '-7'],
    ['(( ‹n› ))', 0, '0'],
    ['(( ‹n› ))', Number.MAX_SAFE_INTEGER, '9007199254740991'],
    ['(( ‹b› ))', true, '1'],
    ['(( ‹b› ))', false, '0'],
    ['[[ ‹b› -eq ‹n› ]]', true, '1'],
    ['echo ‹›', null, 'TG2119 @5 there is no value for this: what it is taken from was skipped, failed or is not given'],
    ['echo ‹›', undefined, 'TG2119 @5 there is no value for this: what it is taken from was skipped, failed or is not given'],
    ['(( ‹n› ))', null, 'TG2119 @3 there is no value for this: what it is taken from was skipped, failed or is not given'],
    ['(( ‹n› ))', 1.5, 'TG2118 @3 a value in arithmetic has to be a whole number or a boolean, and this is 1.5'],
    ['(( ‹n› ))', NaN, 'TG2118 @3 a value in arithmetic has to be a whole number or a boolean, and this is NaN'],
    ['(( ‹n› ))', Infinity, 'TG2118 @3 a value in arithmetic has to be a whole number or a boolean, and this is Infinity'],
    ['(( ‹n› ))', 2 ** 53, 'TG2118 @3 a value in arithmetic has to be a whole number or a boolean, and this is 9007199254740992'],
    ['(( ‹n› ))', '1', 'TG2118 @3 a value in arithmetic has to be a whole number or a boolean, and this is a text'],
    ['echo ‹n›', 'a[$(id)]', 'TG2118 @5 this was known to be a number, and now it is a text'],
    ['echo ‹n›', true, 'TG2118 @5 this was known to be a number, and now it is a boolean'],
    ['echo ‹b›', 1, 'TG2118 @5 this was known to be a boolean, and now it is 1'],
    ['echo ‹›', 'a\0b', 'TG2117 @5 this value holds a NUL character, which no environment variable can'],
  ])('%s with %j', (command, value, expected) => {
    expect(textOf(render(command, value, 1))[0]).toBe(expected);
  });
});

test('names and values belong together, and all problems are found at once', () => {
  expect(render('echo ‹› # ‹›\n echo ‹› "‹n›"', 'a', 'dropped', 'b', 3)).toEqual({ kind: 'ok', environment: { TOLLGATE_V1: 'a', TOLLGATE_V2: 'b', TOLLGATE_V3: '3' } });
  const result = render('echo ‹› "‹n›" ‹›', null, 'x', 'y');
  expect(result).toMatchObject({ kind: 'refused', problems: [{ code: 'TG2119', hint: "give a fallback: default(…, 'none')" }, { code: 'TG2118', hint: 'give the input or output the type that it has' }] });
  expect(render('(( ‹n› ))', 1.5)).toMatchObject({ problems: [{ hint: 'round it: round(…)' }] });
  expect(render('echo ‹›', '\0')).toMatchObject({ problems: [{ hint: 'hand it over in a file' }] });
});

test('an entry has to fit with its name and its end into 128 KiB, counted in bytes', () => {
  const room = LONGEST_ENTRY - 'TOLLGATE_V1=\0'.length;
  expect(render('echo ‹›', 'x'.repeat(room)).kind).toBe('ok');
  expect(textOf(render('echo ‹›', 'x'.repeat(room + 1)))).toEqual([`TG2116 @5 this value has ${room + 1} bytes; more than 128 KiB do not fit into an environment variable`]);
  expect(render('echo ‹›', 'é'.repeat(room / 2 + 1))).toMatchObject({ kind: 'refused', problems: [{ code: 'TG2116', hint: 'use a file: write the value to one and hand over its path' }] });
});

test('all values of a command have to fit into 1 MiB', () => {
  const command = (count: number) => `echo${' ‹›'.repeat(count)}`;
  const values = (count: number, length: number) => Array.from({ length: count }, (_, index) => 'x'.repeat(index === 1 ? length + 1 : length));
  const each = LONGEST_TOGETHER / 16;
  expect(render(command(16), ...Array.from({ length: 16 }, () => 'x'.repeat(each))).kind).toBe('ok');
  expect(textOf(render(command(16), ...values(16, each)))).toEqual([`TG2120 @8 the values of this command have ${LONGEST_TOGETHER + 1} bytes together, this one ${each + 1}; more than 1 MiB does not fit into an environment`]);
  expect(render(command(16), ...values(16, each))).toMatchObject({ problems: [{ hint: 'use a file: write the long ones to files and hand over their paths' }] });
});

test.each([
  [0, '0'], [-0, '0'], [1.5, '1.5'], [-2, '-2'], [1e21, '1000000000000000000000'], [-1.25e22, '-12500000000000000000000'], [1e-7, '0.0000001'], [-1.5e-9, '-0.0000000015'], [5e-324, `0.${'0'.repeat(323)}5`],
  [123456789012, '123456789012'], [NaN, 'NaN'], [-Infinity, '-Infinity'],
])('the number %p is written %s', (value, text) => {
  expect(writeNumber(value)).toBe(text);
});
