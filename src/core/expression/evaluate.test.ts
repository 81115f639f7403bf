import { createFixedWorld } from '../../../test/fakes/fixed-world.js';
import { evaluate, evaluateCondition, evaluateTemplate, onlyExpression } from './evaluate.js';
import type { Evaluation } from './evaluate.js';
import type { Strictness } from './evaluation-world.js';
import { parseExpression } from './parse-expression.js';
import { parseTemplate } from './parse-template.js';
import { unknownValue } from './unknown.js';
import type { PartialValue } from './unknown.js';

function parse(text: string): NonNullable<ReturnType<typeof parseExpression>['expression']> {
  const { expression, problems } = parseExpression(text);
  expect(problems).toEqual([]);
  if (expression === undefined) throw new Error(`cannot be parsed: ${text}`);
  return expression;
}

const list = [1, 'b', { c: 'd' }];
const contexts: Readonly<Record<string, PartialValue>> = {
  inputs: { name: 'Ann', empty: '', none: null, zero: 0, flag: true, off: false, count: '12', word: 'abc', nan: NaN, list: [], items: list },
  steps: { build: { outcome: 'succeeded', outputs: { zip: 'a.zip', gone: null } }, later: { outcome: unknownValue, outputs: unknownValue } },
  later: unknownValue,
  secrets: { TOKEN: 'hunter2' },
  changes: 'lower case',
};

const run = (text: string, strict: Strictness = 'no'): Evaluation => evaluate(parse(text), createFixedWorld(contexts, strict));
const value = (text: string, strict: Strictness = 'no'): unknown => {
  const evaluation = run(text, strict);
  return evaluation.kind === 'value' ? evaluation.value : evaluation;
};

describe('names and properties', () => {
  test.each([
    ['inputs.name', 'Ann'],
    ['INPUTS.NAME', 'Ann'],
    ['inputs.NAME', 'Ann'],
    ["inputs['Name']", 'Ann'],
    ['inputs.nothing', null],
    ['inputs.nothing.more', null],
    ['nowhere', null],
    ['CHANGES', 'lower case'],
    ['inputs.name.length', null],
    ['inputs.constructor', null],
    ['inputs.__proto__', null],
    ['inputs.toString', null],
    ['inputs.items[1]', 'b'],
    ["inputs.items['1']", 'b'],
    ['inputs.items[1.9]', 'b'],
    ['inputs.items[3]', null],
    ['inputs.items[-1]', null],
    ['inputs.items.length', null],
    ['inputs.items.*.c', ['d']],
    ['steps.build.*', ['succeeded', { zip: 'a.zip', gone: null }]],
    ['steps.build.*.zip', ['a.zip']],
    ['steps.build.*.gone', [null]],
    ['inputs.name.*', []],
    ['inputs.items.*.*', ['d']],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  test('names of JavaScript are names like any other where a value has them', () => {
    const odd = Object.create(null) as Record<string, PartialValue>;
    odd['__proto__'] = 'p';
    odd['constructor'] = 'c';
    const world = createFixedWorld({ odd });
    expect(evaluate(parse('odd.__proto__'), world)).toEqual({ kind: 'value', value: 'p' });
    expect(evaluate(parse('odd.Constructor'), world)).toEqual({ kind: 'value', value: 'c' });
  });

  test('of names that differ in case alone the exact one counts', () => {
    const world = createFixedWorld({ x: { A: 1, a: 2 } });
    expect(evaluate(parse('x.a'), world)).toEqual({ kind: 'value', value: 2 });
    expect(evaluate(parse('x.A'), world)).toEqual({ kind: 'value', value: 1 });
  });

  test('a list that .* made is one wherever it goes', () => {
    expect(value('(inputs.items.* || 1).c')).toEqual(['d']);
    expect(value('inputs.items.*[0]')).toEqual([]);
    expect(value("fromJSON('[[1,2],[3],{\"0\":4}]').*[0]")).toEqual([1, 3, 4]);
    expect(value("fromJSON('[[1,[2]],3,{\"a\":[5]}]').*.*")).toEqual([1, [2], [5]]);
  });
});

describe('operators return what GitHub returns', () => {
  test.each([
    ["inputs.empty || 'x'", 'x'],
    ['inputs.name && 5', 5],
    ['inputs.zero && 5', 0],
    ['inputs.zero || inputs.none', null],
    ['inputs.zero || inputs.none || 7', 7],
    ['1 && 2 && 0 && 3', 0],
    ['!inputs.name', false],
    ['!inputs.none', true],
    ['!inputs.list', false],
    ["'ABC' == 'abc'", true],
    ["'ı' == 'I'", false],
    ["'aıb' == 'AıB'", true],
    ["'b' > 'A'", true],
    ["'3' == 3", true],
    ["inputs.word == 3", false],
    ["inputs.word != 3", true],
    ['inputs.none == 0', true],
    ["inputs.none == ''", true],
    ['inputs.flag == 1', true],
    ['inputs.flag > inputs.off', true],
    ['inputs.items == inputs.items', true],
    ["fromJSON('[]') == fromJSON('[]')", false],
    ['inputs.items == 1', false],
    ['inputs.items < 1', false],
    ['inputs.items >= inputs.items', true],
    ['inputs.none >= inputs.none', true],
    ['inputs.none > inputs.none', false],
    ['NaN == NaN', false],
    ['NaN != NaN', true],
    ['1 < 2', true],
    ['2 < 2', false],
    ['2 <= 2', true],
    ['3 <= 2', false],
    ['2 > 2', false],
    ['2 >= 2', true],
    ['1 >= 2', false],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });
});

describe('in a condition nothing does not pass for something', () => {
  const conditions = ['condition', 'check'] as const;
  const gone = 'steps.build.outputs.gone';

  test.each([`${gone} < 3`, `${gone} <= 3`, `${gone} > 3`, `${gone} >= 3`, `3 > ${gone}`, `${gone} == 3`, `true == ${gone}`, `${gone} != inputs.flag`, `!${gone}`, `${gone} < inputs.none`, `1 && (2 > ${gone})`, `contains(${gone} == 3, 1)`])('%s fails', (text) => {
    for (const strict of conditions) {
      const evaluation = run(text, strict);
      expect(evaluation).toMatchObject({ kind: 'failed' });
      if (evaluation.kind !== 'failed') continue;
      expect(evaluation.message).toContain(`no value for ${gone}`);
      expect(text.slice(...evaluation.at)).toBe(gone);
    }
    expect(run(text).kind).toBe('value');
  });

  test.each(['inputs.nan < 1', 'inputs.nan == 1', '1 == inputs.nan', '!inputs.nan', 'inputs.nan == inputs.nan', 'inputs.none == inputs.nan'])('%s fails', (text) => {
    for (const strict of conditions) expect(run(text, strict).kind).toBe('failed');
  });

  test.each([
    [`${gone} == 'x'`, false],
    [`'x' == ${gone}`, false],
    [`${gone} == inputs.none`, true],
    [`${gone} == null`, true],
    [`null == ${gone}`, true],
    [`${gone} == ''`, true],
    [`'' != ${gone}`, false],
    [`${gone} != null`, false],
    [`${gone} < null`, false],
    [`inputs.flag == ''`, false],
    [`inputs.nan == null`, false],
    [`default(${gone}, 3) == 3`, true],
    [`default(${gone} < 3, 'x') == 'x'`, true],
    ["inputs.count >= 12", true],
    ["'' < 80", true],
    ["!inputs.empty", true],
    ["inputs.word == 3", false],
    ["'b' > 'a'", true],
    ["inputs.name && 1 || 0", 1],
    [`${gone} || 5`, 5],
    ['inputs.list || 5', 5],
    ['!inputs.list', true],
    ["inputs.items && 'yes'", 'yes'],
  ])('%s is %j', (text, expected) => {
    for (const strict of conditions) expect(value(text, strict)).toEqual(expected);
  });

  test('!= without a value fails in a check, and in a condition only beside a number or boolean', () => {
    for (const text of [`${gone} != 'x'`, `'x' != ${gone}`]) {
      expect(value(text, 'condition')).toBe(true);
      expect(run(text, 'check').kind).toBe('failed');
    }
    expect(value(`${gone} != inputs.none`, 'condition')).toBe(false);
    expect(run(`${gone} != inputs.none`, 'check').kind).toBe('failed');
  });

  test('what is no number cannot be put in order with one', () => {
    expect(run('inputs.word < 3', 'condition')).toEqual({
      kind: 'failed',
      message: "no value for < to compare: inputs.word is 'abc', not a number",
      at: [0, 11],
      missing: false,
    });
    expect(run('3 >= inputs.items', 'check')).toMatchObject({ message: 'no value for >= to compare: inputs.items is a list, not a number', at: [5, 17] });
    expect(run('secrets.TOKEN > 3', 'check')).toMatchObject({ message: 'no value for > to compare: secrets.TOKEN is a secret, not a number' });
    expect(run('default(inputs.word < 3, 1)', 'condition').kind).toBe('failed');
  });

  test('the message names the way out', () => {
    expect(run(`!${gone}`, 'condition')).toMatchObject({ message: `no value for ${gone}, which ! needs; default(${gone}, …) gives one` });
    expect(run(`${gone} > 3`, 'condition')).toMatchObject({ message: `no value for ${gone}, which > needs; default(${gone}, …) gives one` });
  });
});

describe('what is not known before the run', () => {
  test.each([
    ['later', ['later']],
    ['later.a.b', ['later.a.b']],
    ['LATER', ['LATER']],
    ['steps.later.outputs.zip', ['steps.later.outputs.zip']],
    ['steps.later.outcome == inputs.name', ['steps.later.outcome']],
    ['later.a == steps.later.outcome', ['later.a', 'steps.later.outcome']],
    ['later.a == later.a', ['later.a']],
    ["contains(later.x, 'a')", ['later.x']],
    ['join(later.*)', ['later.*']],
    ['later.*.a', ['later.*']],
    ['inputs[later.x]', ['later.x']],
    ['later[inputs.name]', ['later']],
    ['steps.later', ['steps.later']],
    ['toJSON(steps)', ['steps']],
    ['steps.*.outcome', ['steps.*.outcome']],
    ['count(steps.*.outcome)', ['steps.*.outcome']],
    ['!later', ['later']],
    ['default(later, 3)', ['later']],
    ['case(later, 1, 2)', ['later']],
    ['case(true, later, 2)', ['later']],
    ['later || true', ['later']],
    ['later && false', ['later']],
    ['later && inputs.x < 1', ['later']],
  ])('%s', (text, because) => {
    expect(run(text)).toEqual({ kind: 'unknown', because });
  });

  test.each([
    ['false && later', false],
    ["inputs.name || later", 'Ann'],
    ['case(true, 1, later)', 1],
    ['default(1, later)', 1],
    ['steps.later.nothing', null],
    ['steps.build.outcome', 'succeeded'],
  ])('%s is known', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  test.each([
    ['later && false', false],
    ['later || true', true],
    ['later || false || inputs.name', 'Ann'],
    ['!(later || true)', false],
    ['!(later && 0)', true],
    ['(later || true) && 0', 0],
  ])('in a condition %s is known', (text, expected) => {
    expect(value(text, 'condition')).toBe(expected);
  });

  test('inside ! one operand is enough everywhere', () => {
    expect(value('!(later || true)')).toBe(false);
    expect(run('(later || true) == true', 'condition').kind).toBe('unknown');
  });

  test('a failure behind something unknown may never come about', () => {
    expect(run('later && inputs.none > 1', 'condition')).toEqual({ kind: 'unknown', because: ['later'] });
    expect(run('inputs.none > 1 && later', 'condition').kind).toBe('failed');
    expect(run('later == (inputs.none > 1)', 'condition').kind).toBe('failed');
    expect(run('(inputs.none > 1) == later', 'condition').kind).toBe('failed');
    expect(run('later[inputs.none > 1]', 'condition').kind).toBe('failed');
    expect(run("fromJSON('{')[later]").kind).toBe('failed');
    expect(run("fromJSON('{').*").kind).toBe('failed');
    expect(run("fromJSON('{') || later").kind).toBe('failed');
    expect(run("join(later, fromJSON('{'))").kind).toBe('failed');
    expect(run("!fromJSON('{')").kind).toBe('failed');
  });
});

describe('functions', () => {
  test('a function that does not exist fails at its place', () => {
    expect(run(' nope(1)')).toEqual({ kind: 'failed', message: "unknown function 'nope'", at: [1, 8], missing: false });
  });

  test('names count whatever their case', () => {
    expect(value("TOJSON('a')")).toBe('"a"');
  });

  test('the failure of an argument is that of the call', () => {
    expect(run("join(fromJSON('{'))")).toMatchObject({ kind: 'failed', at: [5, 18] });
  });

  test('a lazy function fails for its own reasons at its own place', () => {
    expect(run(" case('x', 1, 2)")).toEqual({ kind: 'failed', message: 'case(): a condition is neither true nor false', at: [1, 16], missing: false });
  });

  test('an argument of a lazy function is evaluated once', () => {
    let asked = 0;
    const world = createFixedWorld({}, 'no', { env: () => String(++asked) });
    expect(evaluate(parse("default(env('X'), 1)"), world)).toEqual({ kind: 'value', value: '1' });
    expect(asked).toBe(1);
  });
});

describe('conditions', () => {
  const holds = (text: string, strict: Strictness): unknown => {
    const evaluation = evaluateCondition(parse(text), createFixedWorld(contexts, strict));
    return evaluation.kind === 'value' ? evaluation.value : evaluation.kind;
  };

  test.each([
    ['true', true],
    ["'true'", true],
    ["'false'", true],
    ['inputs.name', true],
    ['inputs.none', false],
    ['inputs.items', true],
    ['inputs.list', false],
    ['0', false],
    ['later', 'unknown'],
    ['inputs.none < 1', 'failed'],
  ])('a condition %s: %s', (text, expected) => {
    expect(holds(text, 'condition')).toBe(expected);
  });

  test.each([
    ['true', true],
    ["'true'", true],
    ["'TRUE'", 'failed'],
    ['false', false],
    ["'false'", false],
    ["''", false],
    ['0', false],
    ['1', 'failed'],
    ['inputs.name', 'failed'],
    ['inputs.items', 'failed'],
    ['inputs.list', 'failed'],
    ['inputs.none', 'failed'],
    ['inputs.nan', 'failed'],
    ['later', 'unknown'],
    ['inputs.none < 1', 'failed'],
  ])('a check %s: %s', (text, expected) => {
    expect(holds(text, 'check')).toBe(expected);
  });

  test('a check says what it got', () => {
    const world = createFixedWorld(contexts, 'check');
    expect(evaluateCondition(parse('inputs.name'), world)).toEqual({
      kind: 'failed',
      message: "inputs.name is 'Ann', and a check has to be true or false",
      at: [0, 11],
    });
    expect(evaluateCondition(parse('secrets.TOKEN'), world)).toMatchObject({ message: 'secrets.TOKEN is a secret, and a check has to be true or false' });
    expect(evaluateCondition(parse('inputs.none'), world)).toEqual({
      kind: 'failed',
      message: 'no value for inputs.none, which a check needs; default(inputs.none, …) gives one',
      at: [0, 11],
    });
  });
});

describe('templates', () => {
  const fill = (text: string): Evaluation => {
    const { parts, problems } = parseTemplate(text);
    expect(problems).toEqual([]);
    return evaluateTemplate(parts, createFixedWorld(contexts));
  };

  test.each([
    ['plain', 'plain'],
    ['', ''],
    ['{{ inputs.zero }}', 0],
    [' \n{{ inputs.items }} ', list],
    ['{{ inputs.none }}', null],
    ['a{{ inputs.none }}b', 'ab'],
    ['{{ inputs.name }}{{ inputs.zero }}', 'Ann0'],
    ['{{ inputs.name }} {{ inputs.flag }}', 'Ann true'],
    ['x={{ 0.1 }};{{ 1e21 }};{{ -0 }};{{ inputs.nan }}', 'x=0.1;1e+21;0;NaN'],
    ['\\{{ a }} {{ inputs.name }}', '{{ a }} Ann'],
  ])('%j', (text, expected) => {
    expect(fill(text)).toEqual({ kind: 'value', value: expected });
  });

  test('a list or an object in text fails with the way out', () => {
    expect(fill('x {{ inputs.items }}')).toEqual({
      kind: 'failed',
      message: 'inputs.items is a list and cannot stand in text: use join() or toJSON()',
      at: [2, 20],
    });
    expect(fill('x {{ steps.build }}')).toMatchObject({ message: 'steps.build is an object and cannot stand in text: use join() or toJSON()' });
  });

  test('what is unknown or fails is so for the whole', () => {
    expect(fill('{{ later.a }}-{{ inputs.name }}-{{ later.b }}-{{ later.a }}')).toEqual({ kind: 'unknown', because: ['later.a', 'later.b'] });
    expect(fill("{{ later.a }}-{{ fromJSON('{') }}").kind).toBe('failed');
    expect(fill('{{ later }}').kind).toBe('unknown');
  });

  test('the only expression of a template is found', () => {
    expect(onlyExpression(parseTemplate(' {{ a }} ').parts)).toMatchObject({ kind: 'context', name: 'a' });
    for (const text of ['', 'a', '{{ a }}{{ b }}', '{{ a }}.']) expect(onlyExpression(parseTemplate(text).parts)).toBeUndefined();
  });
});
