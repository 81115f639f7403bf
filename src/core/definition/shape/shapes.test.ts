import { describe, expect, test } from '@jest/globals';
import { createSourceText } from '../../diagnostic/source-text.js';
import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import { readYaml } from '../yaml/read-yaml.js';
import { anyValue, openMap, plainValue } from './any-value.js';
import { as, either, hasKey, isFlag, isList, isMap, isScalar, later, list, mapOf, optional, record, refine, required, says } from './collection.js';
import { duration } from './duration.js';
import { choice, flag, inRange, number, parsed, plainWord, word } from './scalar.js';
import { writtenText } from './setting.js';
import type { Reading, Shape } from './shape.js';
import { clip, describeNode, headOf, refuse } from './shape.js';
import { condition, shellText, text } from './text.js';

const names = { define: (name: string) => ({ $ref: `#/$defs/${name}` }) };

function nodeOf(yaml: string) {
  const { root } = readYaml(createSourceText('x.yml', `x: ${yaml}\n`));
  const entry = root?.kind === 'map' ? root.entries[0] : undefined;
  if (entry === undefined) throw new Error(`not read: ${yaml}`);
  return entry.value;
}

/** Reads one value with a shape: what it is, and everything that was said against it. */
function read<T>(shape: Shape<T>, yaml: string, literal = false) {
  const source = createSourceText('x.yml', `x: ${yaml}\n`);
  const diagnostics: Diagnostic[] = [];
  const reading: Reading = { source, report: (each) => void diagnostics.push(each), literal, customTypes: new Set() };
  const value = shape.read(nodeOf(yaml), "'x'", reading);
  return {
    value,
    said: diagnostics.map(({ code, message, span }) => `${code} ${span[0] - 3} ${message}`),
    hints: diagnostics.map(({ hint }) => hint),
    fixes: diagnostics.map(({ fix }) => fix?.edits[0]?.text),
  };
}

describe('a word', () => {
  const shape = word('a small word', /^[a-z]+$/u);
  test('is read with its place', () => {
    expect(read(shape, 'abc')).toMatchObject({ value: { value: 'abc', at: [3, 6] }, said: [] });
    expect(read(shape, '"abc"').value?.value).toBe('abc');
    expect(shape.schema(names)).toEqual({ type: 'string', pattern: '^[a-z]+$' });
    expect(shape.expects).toBe('a small word');
  });
  test.each([
    ['ABC', "TG1109 0 'x' wants a small word; 'ABC' is none"],
    ['5', "TG1109 0 'x' wants a small word; '5' is none"],
    ['[a]', "TG1103 1 'x' wants a small word; this is a list of 1"],
    ['{ k: a }', "TG1103 2 'x' wants a small word; this is a map with the key 'k'"],
    ['null', "TG1103 0 'x' wants a small word; this is nothing"],
    ['"{{ a }}"', "TG1111 0 'x' cannot be made by an expression"],
  ])('refuses %s', (yaml, said) => {
    expect(read(shape, yaml)).toMatchObject({ value: undefined, said: [said] });
  });
  test('takes braces as text where expressions are off', () => {
    expect(read(plainWord('a word'), '"{{ a }}"', true)).toMatchObject({ value: { value: '{{ a }}' }, said: [] });
    expect(read(plainWord('a word'), '" "').said).toEqual(["TG1109 0 'x' wants a word; ' ' is none"]);
  });
});

describe('a choice', () => {
  const shape = choice(['alpha', 'beta']);
  test('is one of its words', () => {
    expect(read(shape, 'beta').value).toEqual({ value: 'beta', at: [3, 7] });
    expect(shape.schema(names)).toEqual({ enum: ['alpha', 'beta'] });
    expect(shape.expects).toBe('one of alpha, beta');
  });
  test('names the nearest one, and offers it', () => {
    expect(read(shape, 'alhpa')).toEqual({ value: undefined, said: ["TG1104 0 'x' cannot be 'alhpa'; did you mean 'alpha'?"], hints: ['it is one of alpha, beta'], fixes: ['alpha'] });
    expect(read(shape, 'gammas')).toEqual({ value: undefined, said: ["TG1104 0 'x' cannot be 'gammas'"], hints: ['it is one of alpha, beta'], fixes: [undefined] });
  });
  test('is written out', () => {
    expect(read(shape, '"{{ a }}"').said).toEqual(["TG1111 0 'x' cannot be made by an expression"]);
    expect(read(shape, '"{{ a }}"', true).said).toEqual(["TG1104 0 'x' cannot be '{{ a }}'"]);
    expect(read(shape, '[alpha]').said).toEqual(["TG1103 1 'x' wants one of alpha, beta; this is a list of 1"]);
    expect(read(shape, 'null').said).toEqual(["TG1103 0 'x' wants one of alpha, beta; this is nothing"]);
  });
});

describe('a flag', () => {
  test('is true, false or an expression', () => {
    expect(read(flag(), 'true').value).toEqual({ kind: 'written', value: true, at: [3, 7] });
    expect(read(flag(), 'false').value).toEqual({ kind: 'written', value: false, at: [3, 8] });
    expect(read(flag(), '"{{ inputs.a }}"').value?.kind).toBe('computed');
    expect(flag().schema(names)).toEqual({ anyOf: [{ type: 'boolean' }, { type: 'string', pattern: '\\{\\{' }] });
  });
  test.each([
    ['yes', 'true'],
    ['Y', 'true'],
    ['on', 'true'],
    ['no', 'false'],
    ['N', 'false'],
    ['OFF', 'false'],
    ['"true"', 'true'],
    ['"FALSE"', 'false'],
  ])('%s is text; %s is offered', (yaml, offered) => {
    expect(read(flag(), yaml)).toMatchObject({ value: undefined, hints: [`write ${offered}`], fixes: [offered] });
  });
  test.each([
    ['maybe', "TG1103 0 'x' wants true or false; this is the text 'maybe'"],
    ['yesno', "TG1103 0 'x' wants true or false; this is the text 'yesno'"],
    ['anon', "TG1103 0 'x' wants true or false; this is the text 'anon'"],
    ['1', "TG1103 0 'x' wants true or false; this is the number 1"],
    ['null', "TG1103 0 'x' wants true or false; this is nothing"],
    ['[true]', "TG1103 1 'x' wants true or false; this is a list of 1"],
  ])('refuses %s', (yaml, said) => {
    expect(read(flag(), yaml)).toEqual({ value: undefined, said: [said], hints: [undefined], fixes: [undefined] });
  });
});

describe('a number', () => {
  const shape = number('a whole number from 1 to 5', { min: 1, max: 5, integer: true });
  test('lies in its range, or is an expression', () => {
    expect(read(shape, '5').value).toEqual({ kind: 'written', value: 5, at: [3, 4] });
    expect(read(shape, '"{{ inputs.a }}"').value?.kind).toBe('computed');
    expect(shape.schema(names)).toEqual({ anyOf: [{ type: 'integer', minimum: 1, maximum: 5 }, { type: 'string', pattern: '\\{\\{' }] });
    expect(number('x', { above: 0 }).schema(names)).toEqual({ anyOf: [{ type: 'number', exclusiveMinimum: 0 }, { type: 'string', pattern: '\\{\\{' }] });
  });
  test.each([
    ['0', "TG1105 0 'x' wants a whole number from 1 to 5; 0 is not"],
    ['6', "TG1105 0 'x' wants a whole number from 1 to 5; 6 is not"],
    ['1.5', "TG1105 0 'x' wants a whole number from 1 to 5; 1.5 is not"],
    ['"3"', "TG1103 0 'x' wants a whole number from 1 to 5; this is the text '3'"],
    ['true', "TG1103 0 'x' wants a whole number from 1 to 5; this is the boolean true"],
    ['{}', "TG1103 0 'x' wants a whole number from 1 to 5; this is an empty map"],
  ])('refuses %s', (yaml, said) => {
    expect(read(shape, yaml)).toMatchObject({ value: undefined, said: [said] });
  });
  test.each([
    [1, {}, true],
    [NaN, {}, false],
    [Infinity, {}, false],
    [-Infinity, {}, false],
    [0, { above: 0 }, false],
    [0.1, { above: 0 }, true],
    [1, { min: 1 }, true],
    [0.9, { min: 1 }, false],
    [1, { max: 1 }, true],
    [1.1, { max: 1 }, false],
    [1.5, { integer: true }, false],
    [2 ** 53, { integer: true }, false],
    [2, { integer: true }, true],
    [1.5, { integer: false }, true],
  ])('%d within %j: %s', (value, range, fits) => {
    expect(inRange(value, range)).toBe(fits);
  });
});

describe('a form of its own', () => {
  const shape = parsed({ expects: 'a pair', code: 'TG1103', schema: { type: 'string' }, parse: ({ text: written }) => (written === 'a-b' ? { kind: 'value', value: ['a', 'b'] } : { kind: 'malformed' }) });
  test('is read into a value', () => {
    expect(read(shape, 'a-b').value).toEqual({ kind: 'written', value: ['a', 'b'], at: [3, 6] });
    expect(read(shape, 'ab')).toEqual({ value: undefined, said: ["TG1103 0 'x' wants a pair; this is ab"], hints: [undefined], fixes: [undefined] });
    expect(read(shape, '"{{ inputs.a }}"').value?.kind).toBe('computed');
    expect(shape.schema(names)).toEqual({ anyOf: [{ type: 'string' }, { type: 'string', pattern: '\\{\\{' }] });
  });
  test('has its pattern in the schema', () => {
    expect(duration().schema(names)).toEqual({ anyOf: [{ type: 'string', pattern: '^(?:\\d+(?:\\.\\d+)?(?:ms|s|m|h|d))+$' }, { type: 'string', pattern: '\\{\\{' }] });
    expect(duration('or none').schema(names)).toEqual({ anyOf: [{ type: 'string', pattern: '^(?:(?:\\d+(?:\\.\\d+)?(?:ms|s|m|h|d))+|none)$' }, { type: 'string', pattern: '\\{\\{' }] });
  });
});

describe('text', () => {
  test('is text, and numbers and booleans as they were written', () => {
    expect(read(text(), 'abc').value).toEqual({ kind: 'written', value: 'abc', at: [3, 6] });
    expect(read(text(), '1.10').value).toMatchObject({ value: '1.10' });
    expect(read(text(), 'true').value).toMatchObject({ value: 'true' });
    expect(text().schema(names)).toEqual({ type: ['string', 'number', 'boolean'] });
    expect(text('a URL').expects).toBe('a URL');
    expect(text().expects).toBe('text');
  });
  test('keeps escaped braces as braces', () => {
    expect(read(text(), "'\\{{ a }} and \\{{ b }}'").value).toMatchObject({ kind: 'written', value: '{{ a }} and {{ b }}' });
    expect(read(text(), "'\\{{ a }}'", true).value).toMatchObject({ kind: 'written', value: '\\{{ a }}' });
    expect(read(text(), "'{{ a }}'", true).value).toMatchObject({ kind: 'written', value: '{{ a }}' });
  });
  test('with an expression is computed', () => {
    expect(read(text(), '"a {{ inputs.a }}"').value).toMatchObject({ kind: 'computed', style: 'double', at: [3, 21], whole: 'a {{ inputs.a }}' });
    expect(read(text(), '"a {{ + }}"').said).toHaveLength(1);
  });
  test('is none of these', () => {
    expect(read(text(), 'null').said).toEqual(["TG1103 0 'x' wants text; this is nothing"]);
    expect(read(text(), '[]').said).toEqual(["TG1103 0 'x' wants text; this is an empty list"]);
  });
  test('of a setting, where it is written', () => {
    expect(writtenText(read(text(), 'abc').value)).toBe('abc');
    expect(writtenText(read(text(), '"{{ inputs.a }}"').value)).toBeUndefined();
    expect(writtenText(undefined)).toBeUndefined();
  });
});

test('shell text is a script that is not empty', () => {
  expect(read(shellText(), 'echo {{ inputs.a }}').value).toMatchObject({ kind: 'shell', style: 'plain', template: [{ kind: 'text', text: 'echo ' }, { kind: 'expression' }] });
  expect(read(shellText(), '" "')).toMatchObject({ value: undefined, said: ["TG1107 0 'x' is empty"], hints: ['write the command to run'] });
  expect(read(shellText(), '[a]').said).toEqual(["TG1103 1 'x' wants a command; this is a list of 1"]);
  expect(read(shellText(), "'{{.State}}'", true).value).toMatchObject({ template: [{ kind: 'text', text: '{{.State}}' }] });
  expect(shellText().schema(names)).toEqual({ type: 'string' });
});

test('a condition is an expression, with or without braces', () => {
  expect(read(condition(), '"  inputs.a == 1 "').value).toMatchObject({ kind: 'condition', strict: 'condition', text: 'inputs.a == 1', whole: '  inputs.a == 1 ' });
  expect(read(condition('check'), '"{{ inputs.a }}"').value).toMatchObject({ strict: 'check', text: '{{ inputs.a }}' });
  expect(read(condition(), 'a ==').value).toBeUndefined();
  expect(read(condition(), 'null').said).toEqual(["TG1103 0 'x' wants a condition such as inputs.deploy == true; this is nothing"]);
  expect(condition().schema(names)).toEqual({ type: ['string', 'boolean'] });
});

describe('a list', () => {
  const shape = list(word('a small word', /^[a-z]+$/u), 1);
  test('keeps what can be read', () => {
    expect(read(shape, '[a, B, c]')).toMatchObject({ value: [{ value: 'a' }, { value: 'c' }], said: ["TG1109 4 an item of 'x' wants a small word; 'B' is none"] });
    expect(shape.schema(names)).toEqual({ type: 'array', items: { type: 'string', pattern: '^[a-z]+$' }, minItems: 1 });
    expect(list(text()).schema(names)).toEqual({ type: 'array', items: text().schema(names) });
    expect(shape.parts?.().shapes).toHaveLength(1);
  });
  test('may have to hold something', () => {
    expect(read(shape, '[]')).toMatchObject({ value: undefined, said: ["TG1107 0 'x' must not be empty"] });
    expect(read(list(text()), '[]')).toMatchObject({ value: [], said: [] });
  });
  test.each([
    ['abc', "the text 'abc'", '[abc]'],
    ['src/a-b.*', "the text 'src/a-b.*'", '[src/a-b.*]'],
    ['"a, b"', "the text 'a, b'", '["a, b"]'],
    ["'it''s'", "the text 'it's'", "['it''s']"],
    ['5', 'the number 5', '[5]'],
    ['a b', "the text 'a b'", undefined],
    ['a,b', "the text 'a,b'", undefined],
  ])('one thing, %s, is put in brackets', (yaml, what, fix) => {
    expect(read(list(text()), yaml)).toEqual({ value: undefined, said: [`TG1103 0 'x' wants a list of text; this is ${what}`], hints: ['put it in brackets'], fixes: [fix] });
  });
  test('nothing, a map, or one thing where maps are wanted cannot be mended so', () => {
    const maps = record('a map', { a: optional(text(), 'a') });
    for (const shape of [list(maps), list(later('map', 'a map', () => maps))]) {
      expect(read(shape, 'abc')).toEqual({ value: undefined, said: ["TG1103 0 'x' wants a list of a map; this is the text 'abc'"], hints: [undefined], fixes: [undefined] });
    }
    expect(read(list(text()), 'null').hints).toEqual([undefined]);
    expect(read(list(text()), '{ a: 1 }')).toMatchObject({ said: ["TG1103 2 'x' wants a list of text; this is a map with the key 'a'"], hints: [undefined] });
  });
});

test('a map from names keeps the entries that can be read', () => {
  const shape = mapOf(number('a number'), { expects: 'a small name', form: /^[a-z]+$/u });
  expect(read(shape, '{ a: 1, B: 2, c: d, e: 3 }')).toMatchObject({
    value: [{ name: 'a', nameAt: [5, 6], value: { value: 1 } }, { name: 'e', value: { value: 3 } }],
    said: ["TG1109 8 'B' in 'x' is not a small name", "TG1103 17 'c' in 'x' wants a number; this is the text 'd'"],
  });
  expect(read(shape, '[1]').said).toEqual(["TG1103 1 'x' wants a map from a small name to a number; this is a list of 1"]);
  expect(shape.schema(names)).toEqual({ type: 'object', additionalProperties: number('').schema(names), propertyNames: { type: 'string', pattern: '^[a-z]+$' } });
  expect(shape.parts?.().shapes).toHaveLength(1);
});

describe('a record', () => {
  const fields = { first: required(text(), 'what comes first'), second: optional(number('a number'), 'what comes second') };
  const shape = record('{ first, second }', fields);
  test('has its fields and its place', () => {
    expect(read(shape, '{ first: a, second: 2 }').value).toEqual({ at: [5, 10], first: { kind: 'written', value: 'a', at: [12, 13] }, second: { kind: 'written', value: 2, at: [23, 24] } });
    expect(read(shape, '{ first: a }').value).toEqual({ at: [5, 10], first: { kind: 'written', value: 'a', at: [12, 13] } });
    expect(shape.parts?.().fields).toBe(fields);
    expect(shape.schema(names)).toEqual({
      type: 'object',
      properties: { first: { description: 'what comes first', ...text().schema(names) }, second: { description: 'what comes second', ...number('').schema(names) } },
      additionalProperties: false,
      required: ['first'],
    });
    expect(record('x', { second: fields.second }).schema(names)).not.toHaveProperty('required');
  });
  test('needs what is required', () => {
    expect(read(shape, '{ second: 2 }')).toEqual({ value: undefined, said: ["TG1102 2 'x' needs 'first': text"], hints: ['what comes first'], fixes: [undefined] });
    expect(read(shape, '{}')).toMatchObject({ said: ["TG1102 0 'x' needs 'first': text"] });
  });
  test('says once what is wrong with a required field', () => {
    expect(read(shape, '{ first: [a] }')).toMatchObject({ value: undefined, said: ["TG1103 10 'first' wants text; this is a list of 1"] });
    expect(read(shape, '{ frist: a }')).toEqual({ value: undefined, said: ["TG1101 2 unknown key 'frist' in 'x'; did you mean 'first'?"], hints: [undefined], fixes: ['first'] });
  });
  test('lists its keys where none is near', () => {
    expect(read(shape, '{ first: a, colour: red }')).toEqual({
      value: { at: [5, 10], first: { kind: 'written', value: 'a', at: [12, 13] } },
      said: ["TG1101 12 unknown key 'colour' in 'x'"],
      hints: ['it takes first, second'],
      fixes: [undefined],
    });
  });
  test('is a map', () => {
    expect(read(shape, 'a').said).toEqual(["TG1103 0 'x' wants { first, second }; this is the text 'a'"]);
  });
});

test('one of several shapes is told by its look', () => {
  const shape = either('a word, or { key }', [
    { looks: isFlag, shape: flag() },
    { looks: isScalar, shape: text() },
    { looks: hasKey('key'), shape: record('{ key }', { key: required(text(), 'a key') }) },
  ]);
  expect(read(shape, 'true').value).toMatchObject({ value: true });
  expect(read(shape, 'abc').value).toMatchObject({ value: 'abc' });
  expect(read(shape, '{ key: a, more: b }').said).toEqual(["TG1101 10 unknown key 'more' in 'x'"]);
  expect(read(shape, '{ other: a }').said).toEqual(["TG1103 2 'x' wants a word, or { key }; this is a map with the key 'other'"]);
  expect(read(shape, 'null').said).toEqual(["TG1103 0 'x' wants a word, or { key }; this is nothing"]);
  expect(shape.schema(names)).toEqual({ anyOf: [flag().schema(names), text().schema(names), expect.objectContaining({ required: ['key'] })] });
  expect(shape.parts?.().shapes).toHaveLength(3);
});

test.each([
  ['abc', [true, false, false, false]],
  ['5', [true, false, false, false]],
  ['true', [true, true, false, false]],
  ['null', [false, false, false, false]],
  ['[a]', [false, false, true, false]],
  ['{ a: 1 }', [false, false, false, true]],
] as const)('the look of %s', (yaml, looks) => {
  const node = nodeOf(yaml);
  expect([isScalar(node), isFlag(node), isList(node), isMap(node)]).toEqual(looks);
  expect(says(node, 'a')).toBe(yaml === '{ a: 1 }');
  expect(says(node, 'b')).toBe(false);
});

test('a shape can be refined, turned into another, and named before it exists', () => {
  const short = refine(text(), (value, node, reading) => {
    const fits = value.kind !== 'written' || value.value.length < 4;
    if (!fits) refuse(reading, { code: 'TG1103', message: 'too long', span: node.at });
    return fits;
  });
  expect(read(short, 'abc').value).toMatchObject({ value: 'abc' });
  expect(read(short, 'abcd')).toMatchObject({ value: undefined, said: ['TG1103 0 too long'] });
  expect(read(short, '[a]').said).toEqual(["TG1103 1 'x' wants text; this is a list of 1"]);
  const wrapped = as(text(), (value, node) => ({ value, kind: node.kind }));
  expect(read(wrapped, 'abc').value).toMatchObject({ value: { value: 'abc' }, kind: 'scalar' });
  expect(read(wrapped, '[a]').value).toBeUndefined();
  expect(wrapped.parts).toBeUndefined();
  expect(as(list(text()), (value) => value).parts?.().shapes).toHaveLength(1);
  const named = later('thing', 'a thing', () => text());
  expect(read(named, 'abc').value).toMatchObject({ value: 'abc' });
  expect(named.schema(names)).toEqual({ $ref: '#/$defs/thing' });
  expect(named.expects).toBe('a thing');
  expect(named.parts?.().shapes).toHaveLength(1);
});

test('any value keeps its form, and its strings may be expressions', () => {
  const { value } = read(anyValue(), '{ list: [1, two, true, null], made: "{{ inputs.a }}", braces: "\\\\{{" }');
  if (value?.kind !== 'map') throw new Error('no map');
  expect(value.entries.map(({ key, value: inner }) => `${key} ${inner.kind}`)).toEqual(['list list', 'made computed', 'braces written']);
  expect(JSON.stringify(plainValue(value))).toBe('{"list":[1,"two",true,null],"braces":"\\\\{{"}');
  expect(Object.getPrototypeOf(plainValue(value))).toBeNull();
  expect(anyValue().schema(names)).toEqual({});
  expect(anyValue().expects).toBe('any value');
  expect(openMap('a map').schema(names)).toEqual({ type: 'object' });
  expect(openMap('a map').expects).toBe('a map');
  expect(read(anyValue(), '[a]').value?.at).toEqual([3, 6]);
});

test.each([
  ['[]', 'an empty list'],
  ['[1, 2]', 'a list of 2'],
  ['{}', 'an empty map'],
  ['{ a: 1, b: 2 }', "a map with the key 'a'"],
  ['null', 'nothing'],
  ['abc', "the text 'abc'"],
  ['1.50', 'the number 1.50'],
  ['true', 'the boolean true'],
])('%s is called %s', (yaml, words) => {
  expect(describeNode(nodeOf(yaml))).toBe(words);
});

test.each([
  ['{ a: 1 }', [5, 6]],
  ['{}', [3, 5]],
  ['[[{ a: 1 }]]', [7, 8]],
  ['[]', [3, 5]],
  ['abc', [3, 6]],
] as const)('one points at the head of %s', (yaml, span) => {
  expect(headOf(nodeOf(yaml))).toEqual(span);
});

test.each([
  ['a  b\n c', 40, 'a b c'],
  ['x'.repeat(40), 40, 'x'.repeat(40)],
  ['x'.repeat(41), 40, `${'x'.repeat(39)}…`],
  ['abcdef', 5, 'abcd…'],
])('%j is clipped to %d', (long, length, short) => {
  expect(clip(long, length)).toBe(short);
});
