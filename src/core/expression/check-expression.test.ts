import { fixedScope } from '../../../test/fakes/fixed-scope.js';
import { checkExpression } from './check-expression.js';
import type { Place } from './check-expression.js';
import { describeObject } from './object-shape.js';
import { parseExpression } from './parse-expression.js';
import type { TextProblem } from './problem.js';
import type { Scope, ValueShape } from './value-shape.js';

function check(text: string, place: Partial<Place> = {}, scope: Scope = fixedScope): ReturnType<typeof checkExpression> {
  const { expression, problems } = parseExpression(text);
  expect(problems).toEqual([]);
  if (expression === undefined) throw new Error(`cannot be parsed: ${text}`);
  return checkExpression(expression, scope, { strict: 'no', ...place });
}

/** The problems as one text each: `code at: message → replacement (hint)`. */
function problemsOf(text: string, place: Partial<Place> = {}): readonly string[] {
  return check(text, place).problems.map(show(text));
}

function show(text: string): (problem: TextProblem) => string {
  return ({ code, at, message, replacement, hint }) => {
    const mended = replacement && text.slice(0, replacement.at[0]) + replacement.text + text.slice(replacement.at[1]);
    return `${code} [${text.slice(...at)}] ${message}${mended === undefined ? '' : ` → ${mended}`}${hint === undefined ? '' : ` (${hint})`}`;
  };
}

describe('names', () => {
  test.each([
    ['baselin.outputs.zip', "TG2010 [baselin] unknown step 'baselin'; did you mean 'baseline'? → baseline.outputs.zip"],
    ['input.name', "TG2010 [input] unknown name 'input'; did you mean 'inputs'? → inputs.name"],
    ['sucess', "TG2010 [sucess] unknown name 'sucess'; did you mean 'success()'? → success()"],
    ['success', 'TG2010 [success] success is a function: write success() → success()'],
    ['toJson', 'TG2010 [toJson] toJSON is a function: write toJSON(…)'],
    ['hello', "TG2010 [hello] unknown name 'hello' (a text stands in single quotes: 'hello')"],
    ['needs.x.outputs', "TG2010 [needs] unknown name 'needs' (outputs of other steps and phases are steps.<id>.outputs.<name>)"],
    ['Jobs.x', "TG2010 [Jobs] unknown name 'Jobs' (outputs of other steps and phases are steps.<id>.outputs.<name>)"],
    ['job.status', "TG2010 [job] unknown name 'job' (how earlier steps ended is success(), failure() or steps.<id>.outcome)"],
    ['runner.os', "TG2010 [runner] unknown name 'runner' (the runner tells of itself in its environment: env.RUNNER_OS)"],
    ['strategy.x', "TG2010 [strategy] unknown name 'strategy' (the cell of a matrix is matrix.<name>)"],
    ['constructor', "TG2010 [constructor] unknown name 'constructor' (a text stands in single quotes: 'constructor')"],
  ])('%s', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  test('a near name is a step only where there are steps and it is one', () => {
    const bare: Scope = { context: (name) => (name === 'build' ? { kind: 'any' } : undefined), names: () => ['build'] };
    expect(check('buid', {}, bare).problems).toMatchObject([{ message: "unknown name 'buid'; did you mean 'build'?" }]);
    const odd: Scope = { context: (name) => (name === 'build' || name === 'steps' ? { kind: 'any' } : undefined), names: () => ['build'] };
    expect(check('buid', {}, odd).problems).toMatchObject([{ message: "unknown name 'buid'; did you mean 'build'?" }]);
  });

  test('count whatever their case', () => {
    expect(problemsOf('INPUTS.Name')).toEqual([]);
    expect(problemsOf("Steps.BASELINE.Outputs['ZIP']")).toEqual([]);
    expect(check('INPUTS.Count').shape).toEqual({ kind: 'number' });
  });
});

describe('properties', () => {
  test.each([
    ['steps.baselin.outcome', "TG2011 [baselin] unknown step 'baselin'; did you mean 'baseline'? → steps.baseline.outcome"],
    ["steps['baselin'].outcome", "TG2011 ['baselin'] unknown step 'baselin'; did you mean 'baseline'? → steps['baseline'].outcome"],
    ['steps.baseline.outputs.zap', "TG2011 [zap] unknown output 'zap'; did you mean 'zip'? → steps.baseline.outputs.zip"],
    ['baseline.stdot', "TG2011 [stdot] unknown property 'stdot'; did you mean 'stdout'? → baseline.stdout"],
    ['baseline.outputs.coverage', "TG2011 [coverage] unknown output 'coverage' (known here: zip, odd name, cells, data)"],
    ['secrets.TOKEN', "TG2011 [TOKEN] unknown secret 'TOKEN' (there is no secret here)"],
    ["inputs[0]", "TG2011 [0] unknown input '0' (known here: name, count, deploy, options)"],
    ["parse_coverage('x').line_covrage", "TG2011 [line_covrage] unknown property 'line_covrage'; did you mean 'line_coverage'? → parse_coverage('x').line_coverage"],
    ["parse_junit('x').failed", "TG2011 [failed] unknown property 'failed' (known here: tests, failures, errors, skipped, duration, failed_names)"],
    ['steps.constructor', "TG2011 [constructor] unknown step 'constructor' (known here: baseline)"],
    ['inputs.name.length', "TG2015 [length] inputs.name is text and has no property 'length' (what is in a JSON text is read with fromJSON(…))"],
    ['inputs.deploy.x', "TG2015 [x] inputs.deploy is a boolean and has no property 'x'"],
    ['baseline.outcome.x', "TG2015 [x] baseline.outcome is text and has no property 'x'"],
    ['inputs.count[inputs.name]', 'TG2015 [inputs.name] inputs.count is a number and has no properties'],
    ['inputs.name.*', 'TG2015 [inputs.name.*] inputs.name is text and has no items (what is in a JSON text is read with fromJSON(…))'],
    ["glob('x').length", "TG2015 [length] glob('x') is a list, whose items have numbers and no names (how many items it has is count(glob('x')))"],
    ["glob('x').size", "TG2015 [size] glob('x') is a list, whose items have numbers and no names (how many items it has is count(glob('x')))"],
    ['baseline.outputs.cells.a', 'TG2015 [a] baseline.outputs.cells is a list, whose items have numbers and no names (baseline.outputs.cells.*.a is that of each of its items, baseline.outputs.cells[0] the first)'],
    ['baseline.outputs.cells[steps]', 'TG2015 [steps] baseline.outputs.cells is a list, whose items have numbers and no names (baseline.outputs.cells.*.… is that of each of its items, baseline.outputs.cells[0] the first)'],
    ['baseline.outputs.cells.*.a', 'TG2015 [a] baseline.outputs.cells.* is a number and has no property \'a\''],
    ["(null).a", "TG2015 [a] null is null and has no property 'a'"],
  ])('%s', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  test.each([
    'inputs.name', 'inputs[inputs.name].x', 'baseline.outputs.cells[0]', "baseline.outputs.cells['1']", 'baseline.outputs.cells[inputs.name]', 'baseline.outputs.data.a.b[0].c', 'steps.*.outputs.zap', 'steps.*.*.x', 'env.ANY', 'inputs.options.*.x', 'baseline.outputs.cells.*', 'matrix.node.x',
  ])('%s is fine', (text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  test('the problem of a bracketed name is mended with its quotes doubled', () => {
    const scope: Scope = { context: () => describeObject('thing', { "it's": { kind: 'any' } }), names: () => ['x'] };
    expect(check("x['its']", {}, scope).problems).toMatchObject([{ replacement: { at: [2, 7], text: "'it''s'" } }]);
  });

  test('many names are not listed', () => {
    const names: Record<string, ValueShape> = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`n${index}`, { kind: 'any' } as const]));
    const scope: Scope = { context: () => describeObject('thing', names), names: () => ['x'] };
    expect(check('x.something', {}, scope).problems[0]?.hint).toBeUndefined();
    delete names['n0'];
    const fewer: Scope = { context: () => describeObject('thing', names), names: () => ['x'] };
    expect(check('x.something', {}, fewer).problems[0]?.hint).toBe('known here: n1, n2, n3, n4, n5, n6, n7, n8');
  });
});

describe('calls', () => {
  test.each([
    ["contain('a', 'b')", "TG2012 [contain] unknown function 'contain'; did you mean 'contains'? → contains('a', 'b')"],
    ["baseline2('x')", "TG2012 [baseline2] unknown function 'baseline2'; did you mean 'baseline'? → baseline('x')"],
    ['inputs(1)', "TG2012 [inputs] unknown function 'inputs' (inputs is no function: its properties are read with a dot)"],
    ['len(1)', "TG2012 [len] unknown function 'len' (how many items a list has is count(list))"],
    ['Coalesce(1)', "TG2012 [Coalesce] unknown function 'Coalesce' (the first that has a value is default(value, fallback))"],
    ['frobnicate(1)', "TG2012 [frobnicate] unknown function 'frobnicate'"],
    ['toString()', "TG2012 [toString] unknown function 'toString'"],
    ['toJSON()', 'TG2013 [toJSON()] toJSON() takes 1 argument, and gets none (it is written toJSON(value))'],
    ['success(1)', 'TG2013 [success(1)] success() takes no arguments, and gets 1 (it is written success())'],
    ['contains(1)', 'TG2013 [contains(1)] contains() takes 2 arguments, and gets 1 (it is written contains(search, item))'],
    ['round(1, 2, 3)', 'TG2013 [round(1, 2, 3)] round() takes 1 to 2 arguments, and gets 3 (it is written round(number, [digits]))'],
    ['add(1)', 'TG2013 [add(1)] add() takes at least 2 arguments, and gets 1 (it is written add(a, b, …))'],
    ['hash()', 'TG2013 [hash()] hash() takes at least 1 argument, and gets none (it is written hash(values, …))'],
    ['case(true, 1)', 'TG2013 [case(true, 1)] case() takes an odd number of arguments from 3 on, and gets 2 (it is written case(condition, value, …, otherwise))'],
    ['case(true, 1, true, 2)', 'TG2013 [case(true, 1, true, 2)] case() takes an odd number of arguments from 3 on, and gets 4 (it is written case(condition, value, …, otherwise))'],
    ["format()", "TG2013 [format()] format() takes at least 1 argument, and gets none (it is written format(pattern, [values, …]))"],
    ["round('x')", "TG2014 ['x'] 'x': a number is wanted here"],
    ["round(' ')", "TG2014 [' '] ' ': a number is wanted here"],
    ['add(1, inputs.deploy)', 'TG2014 [inputs.deploy] inputs.deploy is a boolean: a number is wanted here'],
    ['add(1, 2, baseline.outcome)', 'TG2014 [baseline.outcome] baseline.outcome is text: a number is wanted here'],
    ['add(1, null)', 'TG2014 [null] null: a number is wanted here'],
    ['add(1, baseline.outputs.cells)', 'TG2014 [baseline.outputs.cells] baseline.outputs.cells is a list: a number is wanted here'],
    ["sum(glob('x'), true)", "TG2014 [true] true: a number or a list of numbers is wanted here"],
    ["sum('x')", "TG2014 ['x'] 'x': a number or a list of numbers is wanted here"],
    ['count(inputs.name)', 'TG2014 [inputs.name] inputs.name is text: a list or an object is wanted here'],
    ['count(null)', 'TG2014 [null] null: a list or an object is wanted here'],
    ['startsWith(baseline, 1)', 'TG2014 [baseline] baseline is an object: text is wanted here (use join() or toJSON())'],
    ["format('{0}', glob('x'))", "TG2014 [glob('x')] glob('x') is a list: text is wanted here (use join() or toJSON())"],
    ["read_file(glob('x'))", "TG2014 [glob('x')] glob('x') is a list: the path of a file is wanted here"],
    ['read_file(true)', 'TG2014 [true] true: the path of a file is wanted here'],
    ['glob(baseline)', 'TG2014 [baseline] baseline is an object: text or a list of texts is wanted here'],
    ['glob(steps.*.outcome, baseline.cached)', 'TG2014 [baseline.cached] baseline.cached is a boolean: text or a list of texts is wanted here'],
    ["case('x', 1, 2)", "TG2014 ['x'] 'x': a condition that is true or false is wanted here"],
    ['case(true, 1, inputs.name, 2, 3)', 'TG2014 [inputs.name] inputs.name is text: a condition that is true or false is wanted here'],
    ['matches(1, true)', 'TG2014 [true] true: a regular expression is wanted here'],
  ])('%s', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  test.each([
    'TOJSON(inputs)', 'Contains(glob(\'x\'), 1)', "round('3')", 'round(inputs.name, 2)', 'round(inputs.options)', 'sum(baseline.outputs.cells, 1, \'2\')', 'sum(glob(\'x\'))', 'min(inputs.options)', 'count(baseline)', 'count(glob(\'x\'))', "glob('a', glob('b'), inputs.options)", 'startsWith(null, 1)', 'case(inputs.deploy, 1, 2)', 'case(inputs.options, inputs.name, baseline)', "hashFiles('a', 'b')", 'read_file(baseline.outcome)', 'default(baseline, 1)', "env('X')", 'format(inputs.name)', "join('x')",
  ])('%s is fine', (text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  test('arguments are checked too, those of unknown functions and wrong numbers of them included', () => {
    expect(problemsOf('nope(inputs.nam)')).toHaveLength(2);
    expect(problemsOf('toJSON(inputs.nam, 2)')).toHaveLength(2);
    expect(problemsOf('round(inputs.nam)')).toHaveLength(1);
  });

  test('every function of other languages is answered', () => {
    for (const name of ['length', 'size', 'if', 'iif', 'not', 'concat', 'regex', 'cat']) expect(check(`${name}(1)`).problems[0]).toMatchObject({ code: 'TG2012' });
    expect(check('length(1)').problems[0]?.hint).toBe('how many items a list has is count(list)');
    expect(check('not(1)').problems[0]?.hint).toBe('not is written !');
  });

  test('a regular expression that is written out is shown to who knows', () => {
    const place: Partial<Place> = { refusePattern: (pattern) => (pattern === '(' ? 'missing )' : undefined) };
    expect(problemsOf("matches('a', '(')", place)).toEqual([
      "TG2023 ['('] this regular expression cannot be used: missing ) (the syntax is that of RE2: no back-references, no look-around)",
    ]);
    expect(problemsOf("matches('(', 'a')", place)).toEqual([]);
    expect(problemsOf("matches('(', inputs.name)", place)).toEqual([]);
    expect(problemsOf("matches('a', '(')")).toEqual([]);
  });
});

describe('comparisons', () => {
  const words = "it can be 'succeeded', 'failed', 'skipped', 'cancelled', 'indeterminate'";

  test.each([
    ["baseline.outcome == 'success'", "TG2020 ['success'] baseline.outcome is never 'success'; did you mean 'succeeded'? → baseline.outcome == 'succeeded'"],
    ["'Failure' != baseline.outcome", "TG2020 ['Failure'] baseline.outcome is never 'Failure'; did you mean 'failed'? → 'failed' != baseline.outcome"],
    ["baseline.outcome == 'canceled'", "TG2020 ['canceled'] baseline.outcome is never 'canceled'; did you mean 'cancelled'? → baseline.outcome == 'cancelled'"],
    ["baseline.outcome == 'skip'", "TG2020 ['skip'] baseline.outcome is never 'skip'; did you mean 'skipped'? → baseline.outcome == 'skipped'"],
    ["baseline.outcome == 'OK'", "TG2020 ['OK'] baseline.outcome is never 'OK'; did you mean 'succeeded'? → baseline.outcome == 'succeeded'"],
    ["baseline.outcome == 'aborted'", "TG2020 ['aborted'] baseline.outcome is never 'aborted'; did you mean 'cancelled'? → baseline.outcome == 'cancelled'"],
    ["baseline.outcome == 'faled'", "TG2020 ['faled'] baseline.outcome is never 'faled'; did you mean 'failed'? → baseline.outcome == 'failed'"],
    ["baseline.outcome == 'green'", `TG2020 ['green'] baseline.outcome is never 'green' (${words})`],
    ["baseline.outcome == 'suc'", `TG2020 ['suc'] baseline.outcome is never 'suc' (${words})`],
    ["phases.measure.verdict == 'nogo'", "TG2020 ['nogo'] phases.measure.verdict is never 'nogo'; did you mean 'no-go'? → phases.measure.verdict == 'no-go'"],
    ["phases.measure.verdict == 'passed'", "TG2020 ['passed'] phases.measure.verdict is never 'passed' (it can be 'go', 'no-go')"],
    ['baseline.outcome == true', `TG2020 [true] baseline.outcome is a word and never a boolean (${words})`],
    ['0 == baseline.outcome', `TG2020 [0] baseline.outcome is a word and never a number (${words})`],
    ["inputs.deploy == 'true'", "TG2021 [inputs.deploy == 'true'] a boolean and text are never equal → inputs.deploy == true (without the quotes: true)"],
    ["'False' != inputs.deploy", "TG2021 ['False' != inputs.deploy] a boolean and text always differ → false != inputs.deploy (without the quotes: false)"],
    ["inputs.deploy == 'yes'", "TG2021 [inputs.deploy == 'yes'] a boolean and text are never equal"],
    ["inputs.count == 'many'", "TG2021 [inputs.count == 'many'] a number and text are never equal"],
    ["inputs.count > 'many'", "TG2021 [inputs.count > 'many'] a number and text cannot be ordered"],
    ["inputs.count == 'true'", "TG2021 [inputs.count == 'true'] a number and text are never equal"],
    ["glob('x') == 'a'", "TG2021 [glob('x') == 'a'] a list and text are never equal (whether it holds an item is contains(glob('x'), 'a'), how many it has count(glob('x')))"],
    ["1 < glob('x')", "TG2021 [1 < glob('x')] a list and a number cannot be ordered (whether it holds an item is contains(glob('x'), 1), how many it has count(glob('x')))"],
    ["glob('x') < inputs.options", "TG2021 [glob('x') < inputs.options] a list and a value cannot be ordered (whether it holds an item is contains(glob('x'), inputs.options), how many it has count(glob('x')))"],
    ["parse_junit('x') == 0", "TG2021 [parse_junit('x') == 0] an object and a number are never equal (compare one of its properties: .tests .failures .errors .skipped .duration .failed_names)"],
    ['secrets == 0', 'TG2021 [secrets == 0] an object and a number are never equal'],
    ['baseline == inputs.deploy', 'TG2021 [baseline == inputs.deploy] an object and a boolean are never equal (compare one of its properties: .outcome .outputs .stdout .exit_code .cached)'],
    ['baseline == baseline.outcome', 'TG2021 [baseline == baseline.outcome] an object and text are never equal (compare one of its properties: .outcome .outputs .stdout .exit_code .cached)'],
  ])('%s', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  test.each([
    "baseline.outcome == 'SUCCEEDED'", "baseline.outcome == ''", 'baseline.outcome != null', 'baseline.outcome == inputs.name', "baseline.outcome < 'success'", 'baseline.outcome == baseline.outcome', "baseline.outcome == inputs.options", "inputs.deploy == '1'", "inputs.count == '3'", 'inputs.deploy == inputs.name', "inputs.name == 'many'", "inputs.options == 'many'", 'baseline == null', 'baseline == steps.baseline', "glob('x') == ''", "glob('x') == inputs.options", "inputs.deploy == ''", "parse_coverage('x').line_coverage >= inputs.count",
  ])('%s is fine', (text) => {
    expect(problemsOf(text)).toEqual([]);
  });
});

describe('shapes', () => {
  test.each<[string, ValueShape]>([
    ["'x'", { kind: 'string' }],
    ['1', { kind: 'number' }],
    ['true', { kind: 'boolean' }],
    ['null', { kind: 'null' }],
    ['inputs.options.a', { kind: 'any' }],
    ['!inputs.name', { kind: 'boolean' }],
    ['1 == 1', { kind: 'boolean' }],
    ['inputs.count || 3', { kind: 'number' }],
    ["inputs.count || 'x'", { kind: 'any' }],
    ["inputs.name || baseline.outcome", { kind: 'string' }],
    ["baseline.outcome || inputs.name", { kind: 'string' }],
    ['baseline.outcome && phases.measure.verdict', { kind: 'word', words: ['succeeded', 'failed', 'skipped', 'cancelled', 'indeterminate', 'go', 'no-go'] }],
    ["glob('x') || baseline.outputs.cells", { kind: 'list', of: { kind: 'any' } }],
    ["glob('x') || glob('y')", { kind: 'list', of: { kind: 'string' } }],
    ['(steps.* || 1).x', { kind: 'any' }],
    ['default(steps.*, 1).x', { kind: 'any' }],
    ['steps.*', { kind: 'list', of: { kind: 'any' } }],
    ['steps.*.outcome', { kind: 'list', of: { kind: 'any' } }],
    ['baseline.outputs.cells[0]', { kind: 'number' }],
    ['baseline.outputs.cells.*', { kind: 'list', of: { kind: 'number' } }],
    ["default(inputs.count, 'x')", { kind: 'any' }],
    ['default(inputs.count, 1)', { kind: 'number' }],
    ["case(true, 'a', 'b')", { kind: 'string' }],
    ["case(true, 'a', false, 1, 'b')", { kind: 'any' }],
    ["env('X')", { kind: 'string' }],
    ["env('X', 'y')", { kind: 'string' }],
    ["env('X', 1)", { kind: 'any' }],
    ['nope', { kind: 'any' }],
    ['nope()', { kind: 'any' }],
    ['inputs.nam', { kind: 'any' }],
  ])('%s', (text, shape) => {
    expect(check(text).shape).toEqual(shape);
  });

  test('objects of two kinds together are any value, one object is itself', () => {
    expect(check('inputs || steps').shape).toEqual({ kind: 'any' });
    expect(check('inputs || inputs').shape).toMatchObject({ kind: 'object', noun: 'input' });
  });
});

describe('a check is true or false', () => {
  test.each([
    ["parse_coverage('x').line_coverage", "TG2022 [parse_coverage('x').line_coverage] this is a number, and a check has to be true or false (compare it with what it should be)"],
    ["changed('x')", "TG2022 [changed('x')] this is a list, and a check has to be true or false (to ask whether it has items, write count(…) > 0)"],
    ['baseline', 'TG2022 [baseline] this is an object, and a check has to be true or false (compare it with what it should be)'],
    ['null', 'TG2022 [null] this is null, and a check has to be true or false (compare it with what it should be)'],
  ])('%s', (text, problem) => {
    expect(problemsOf(text, { strict: 'check' })).toEqual([problem]);
    expect(problemsOf(text, { strict: 'condition' })).toEqual([]);
    expect(problemsOf(text)).toEqual([]);
  });

  test.each(['inputs.deploy', 'inputs.name', 'inputs.options', 'baseline.outcome', '1 == 1'])('%s is fine', (text) => {
    expect(problemsOf(text, { strict: 'check' })).toEqual([]);
  });

  test('other problems come first', () => {
    expect(problemsOf('round(inputs.nam)', { strict: 'check' })).toHaveLength(1);
  });
});
