import { createHash } from 'node:crypto';
import { createFixedLibrary, createFixedWorld } from '../../../../test/fakes/fixed-world.js';
import { createMemoryWorkspaceReader } from '../../../../test/fakes/memory-workspace-reader.js';
import { evaluate } from '../evaluate.js';
import type { FunctionLibrary } from '../function-library.js';
import { parseExpression } from '../parse-expression.js';
import { unknownValue } from '../unknown.js';
import type { Unknown } from '../unknown.js';
import { describeSignature, findFunction, functionTable } from './function-table.js';

const files = {
  'a.txt': 'alpha',
  'src/b.ts': 'beta',
  'src/deep/c.ts': 'gamma',
  'data.json': '{"a": [1, {"__proto__": 2}]}',
  'deep.json': '['.repeat(101) + ']'.repeat(101),
  'bad.json': '{',
  'x.yml': 'a: 1',
  'bad.yml': '\t',
  'go.out': 'mode: set\nexample.com/a.go:1.1,2.2 3 1\nexample.com/a.go:3.1,4.2 1 0\n',
  'junit.xml': '<testsuite tests="2" failures="1"><testcase name="a" classname="c"><failure/></testcase><testcase name="b" classname="c"/></testsuite>',
  'sarif.json': '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[{"ruleId":"r","level":"error","message":{"text":"m"}}]}]}',
  'empty.xml': '',
};

const contexts = {
  n: null,
  nan: NaN,
  list: ['3', 1, 2],
  holes: [1, null],
  none: [],
  texts: ['src/**', '!src/deep/**'],
  paths: ['a.txt', 'src/b.ts'],
  object: { a: 1, b: 2 },
};

const library: Partial<FunctionLibrary> = {
  reader: createMemoryWorkspaceReader(files),
  status: (name) => name === 'success',
  changed: (patterns) => patterns.map((pattern) => `changed ${pattern}`),
  baseline: (metric) => (metric === 'coverage' ? 81.5 : undefined),
  env: (name) => (name === 'HOME' ? '/home/ann' : undefined),
};

function run(text: string, parts: Partial<FunctionLibrary> = library): unknown {
  const { expression, problems } = parseExpression(text);
  expect(problems).toEqual([]);
  if (expression === undefined) throw new Error(text);
  const evaluation = evaluate(expression, createFixedWorld(contexts, 'no', parts));
  switch (evaluation.kind) {
    case 'value':
      return evaluation.value;
    case 'unknown':
      return `unknown: ${evaluation.because.join()}`;
    case 'failed':
      return `failed: ${evaluation.message}`;
  }
}

/** Whether default() may stand in for the failure. */
function isMissing(text: string): boolean {
  return run(`default(${text}, 'instead')`) === 'instead';
}

describe('numbers', () => {
  test.each<[string, unknown]>([
    ['add(1, 2)', 3],
    ["add('1', ' 2 ', 0.5)", 3.5],
    ['sub(1, 3)', -2],
    ['mul(2, 3, 4)', 24],
    ['div(7, 2)', 3.5],
    ['mod(7, 3)', 1],
    ['mod(-7, 3)', -1],
    ['round(2.5)', 3],
    ['round(-2.5)', -3],
    ['round(2.4)', 2],
    ['round(1.005, 2)', 1.01],
    ['round(-1.005, 2)', -1.01],
    ['round(1234.5, -2)', 1200],
    ['round(1e-7, 3)', 0],
    ['round(1e21, 1)', 1e21],
    ['round(0.1, 15)', 0.1],
    ["round('81.499', '1')", 81.5],
    ['min(3, 1, 2)', 1],
    ['max(3, 1, 2)', 3],
    ['min(list)', 1],
    ['max(list, 9)', 9],
    ['sum(list)', 6],
    ['sum(list, 4, list)', 16],
    ['sum(none)', 0],
    ['count(list)', 3],
    ['count(none)', 0],
    ['count(holes)', 2],
    ['count(object)', 2],
    ['add(1, n)', 'failed: add(): no value for one of its numbers'],
    ["add(1, '')", 'failed: add(): no value for one of its numbers'],
    ['add(1, nan)', 'failed: add(): no value for one of its numbers'],
    ['sum(holes)', 'failed: sum(): no value for one of its numbers'],
    ["add(1, 'x')", "failed: add(): 'x' is not a number"],
    ["add(1, ' ')", "failed: add(): ' ' is not a number"],
    ['add(1, true)', 'failed: add(): true is not a number'],
    ['max(object)', 'failed: max(): an object is not a number'],
    ['div(1, 0)', 'failed: div(): division of 1 by zero'],
    ['mod(5, 0)', 'failed: mod(): division of 5 by zero'],
    ['mul(1e300, 1e300)', 'failed: mul(): the result is no number that can be written'],
    ['sub(Infinity, Infinity)', 'failed: sub(): the result is no number that can be written'],
    ['min(none)', 'failed: min(): no value in an empty list'],
    ['max(none)', 'failed: max(): no value in an empty list'],
    ['round(1, 16)', 'failed: round(): 16 is no number of digits from -15 to 15'],
    ['round(1, -16)', 'failed: round(): -16 is no number of digits from -15 to 15'],
    ['round(1, 0.5)', 'failed: round(): 0.5 is no number of digits from -15 to 15'],
    ['count(n)', 'failed: count(): no value to count in'],
    ["count('x')", "failed: count(): 'x' is not a list"],
    ['count(3)', 'failed: count(): 3 is not a list'],
  ])('%s is %j', (text, expected) => {
    expect(run(text)).toBe(expected);
  });

  test('zero is never negative', () => {
    expect(Object.is(run('round(-0.1)'), 0)).toBe(true);
  });

  test('what has no value can be given one, what is wrong cannot', () => {
    for (const text of ['add(1, n)', 'sum(holes)', 'min(none)', 'count(n)']) expect(isMissing(text)).toBe(true);
    for (const text of ["add(1, 'x')", 'div(1, 0)', 'mul(1e300, 1e300)', 'round(1, 16)', "count('x')"]) expect(isMissing(text)).toBe(false);
  });
});

describe('texts and JSON', () => {
  test.each<[string, unknown]>([
    ["contains('Hello', 'ELL')", true],
    ['contains(list, 1)', true],
    ["contains(list, '1')", true],
    ['contains(list, 9)', false],
    ['contains(object, 1)', false],
    ['contains(1, list)', false],
    ["startsWith('Hello', 'he')", true],
    ["startsWith('Hello', 'lo')", false],
    ["endsWith('Hello', 'LO')", true],
    ["endsWith('Hello', 'he')", false],
    ['startsWith(list, 3)', false],
    ["startsWith('x', list)", false],
    ['join(list)', '3,1,2'],
    ["join(list, ' ')", '3 1 2'],
    ['join(list, list)', '3,1,2'],
    ['join(object)', ''],
    ["join('x', ' ')", 'x'],
    ["join(holes, '-')", '1-'],
    ["format('{0}: {1} {{x}}', 'a', 2)", 'a: 2 {x}'],
    ["format('{1}', 'a')", "failed: format(): '{1}' asks for {1}, and there are 1 values"],
    ["format('a{')", "failed: format(): a single { in 'a{'; write {{ for a brace"],
    ["format('a}')", "failed: format(): a single } in 'a}'; write }} for a brace"],
    ["matches('release', 'lea')", true],
    ["matches('release', 'x')", false],
    ['matches(3, 3)', true],
    ["matches('release', '(')", 'failed: matches(): missing closing )'],
    ['toJSON(object)', '{\n  "a": 1,\n  "b": 2\n}'],
    ["fromJSON('[1]')[0]", 1],
    ['fromJSON(3)', 3],
    ["fromJSON('{')", expect.stringMatching(/^failed: fromJSON\(\): .*JSON/) as unknown],
    ["fromJSON(' ')", 'failed: fromJSON(): the text is empty'],
    ['fromJSON(n)', 'failed: fromJSON(): the text is empty'],
    ['fromJSON(list)', 'failed: fromJSON(): a list or an object is no JSON text'],
  ])('%s is %j', (text, expected) => {
    expect(run(text)).toEqual(expected);
  });

  test('an empty JSON text can be given a value, a broken one cannot', () => {
    expect(isMissing("fromJSON('')")).toBe(true);
    expect(isMissing("fromJSON('{')")).toBe(false);
    expect(isMissing('fromJSON(list)')).toBe(false);
    expect(isMissing("matches('a', '(')")).toBe(false);
    expect(isMissing("format('{')")).toBe(false);
  });

  test('JSON of a hundred levels is read, of one more refused, of very many too', () => {
    const nested = (levels: number): string => `'${'['.repeat(levels)}${']'.repeat(levels)}'`;
    expect(run(`toJSON(fromJSON(${nested(100)}))`)).toMatch(/^\[/);
    expect(run(`fromJSON(${nested(101)})`)).toBe('failed: fromJSON(): nested too deeply');
    expect(run(`fromJSON(${nested(10_000)})`)).toBe('failed: fromJSON(): nested too deeply');
    expect(run(`fromJSON('${'{"a":'.repeat(101)}1${'}'.repeat(101)}')`)).toBe('failed: fromJSON(): nested too deeply');
    expect(run(`fromJSON('{"a":${nested(99).slice(1, -1)}}')`)).toHaveProperty('a');
  });
});

describe('files', () => {
  test.each<[string, unknown]>([
    ["read_file('a.txt')", 'alpha'],
    ["read_file('nope')", "failed: read_file(): there is no file 'nope'"],
    ["read_file('../x')", "failed: read_file(): '../x' lies outside the workspace"],
    ["read_file('src')", "failed: read_file(): 'src' cannot be read: it is a folder"],
    ['read_file(n)', 'failed: read_file(): no value for a path'],
    ["read_file('')", 'failed: read_file(): no value for a path'],
    ['read_file(object)', 'failed: read_file(): an object is not a path'],
    ['read_file(paths)', 'failed: read_file(): one path is wanted, and a list has several'],
    ['read_file(none)', 'failed: read_file(): one path is wanted, and a list has none'],
    ["read_json('data.json').a[1].__proto__", 2],
    ["read_json('bad.json')", expect.stringMatching(/^failed: read_json\(\): 'bad\.json': .*JSON/) as unknown],
    ["read_json('deep.json')", "failed: read_json(): 'deep.json': nested too deeply"],
    ["read_json('nope')", "failed: read_json(): there is no file 'nope'"],
    ["read_yaml('x.yml').text", 'a: 1'],
    ["read_yaml('bad.yml')", "failed: read_yaml(): 'bad.yml': a tab"],
    ["read_yaml('nope')", "failed: read_yaml(): there is no file 'nope'"],
    ["exists('a.txt')", true],
    ["exists('src')", true],
    ["exists('nope')", false],
    ['exists(n)', false],
    ["exists('')", false],
    ["exists('../x')", "failed: exists(): '../x' lies outside the workspace"],
    ['exists(object)', 'failed: exists(): an object is not a path'],
    ["file_size('a.txt')", 5],
    ["file_size('nope')", null],
    ["file_size('../x')", "failed: file_size(): '../x' lies outside the workspace"],
    ['file_size(n)', 'failed: file_size(): no value for a path'],
    ["glob('src/**')", ['src/b.ts', 'src/deep/c.ts']],
    ["glob('src/**', '!src/deep/**')", ['src/b.ts']],
    ['glob(texts)', ['src/b.ts']],
    ["glob('nope')", []],
    ["glob('a/../../x')", "failed: glob(): 'a/../../x' lies outside the workspace"],
    ["glob('!../x')", "failed: glob(): '!../x' lies outside the workspace"],
    ["glob('./src/../a.txt', '../x')", "failed: glob(): '../x' lies outside the workspace"],
    ["glob('a//../..')", "failed: glob(): 'a//../..' lies outside the workspace"],
    ["glob('./..')", "failed: glob(): './..' lies outside the workspace"],
    ["count(glob('src/deep/../**'))", 0],
    ['glob(n)', 'failed: glob(): no value for a path'],
    ['glob(object)', 'failed: glob(): an object is not a path'],
    ["hashFiles('../x')", "failed: hashFiles(): '../x' lies outside the workspace"],
    ["changed('src/**', 'x')", ['changed src/**', 'changed x']],
    ["changed('../x')", "failed: changed(): '../x' lies outside the workspace"],
  ])('%s is %j', (text, expected) => {
    expect(run(text)).toEqual(expected);
  });

  test('a missing file can be given a value, anything else cannot', () => {
    for (const text of ["read_file('nope')", "read_json('nope')", "read_yaml('nope')", 'read_file(n)', 'glob(n)', "file_size('nope')", "parse_coverage('nope').line_coverage"]) expect(isMissing(text)).toBe(true);
    for (const text of ["read_file('../x')", "read_file('src')", "read_json('bad.json')", "read_yaml('bad.yml')", 'read_file(object)', 'read_file(paths)', "parse_coverage('empty.xml')", "glob('../x')"]) expect(isMissing(text)).toBe(false);
  });

  test('YAML that is no JSON is refused', () => {
    const readYaml = (): { value: never } => ({ value: new Map([[(): void => undefined, 1]]) as never });
    expect(run("read_yaml('x.yml')", { ...library, readYaml })).toEqual({});
    expect(run("read_yaml('x.yml')", { ...library, readYaml: () => ({ value: { a: undefined } as never }) })).toBe(
      "failed: read_yaml(): 'x.yml' holds what JSON cannot, or is nested too deeply",
    );
  });

  test.each(["read_file('a.txt')", "read_json('data.json')", "read_yaml('x.yml')", "exists('a.txt')", "glob('**')", "file_size('a.txt')", "hashFiles('**')", "hash('x')", "parse_coverage('go.out')"])(
    '%s is unknown while files are',
    (text) => {
      expect(run(text, { ...library, reader: unknownValue })).toBe(`unknown: ${text}`);
    },
  );
});

describe('reports', () => {
  test.each<[string, unknown]>([
    ["parse_coverage('go.out').line_coverage", 75],
    ["parse_coverage('go.out').branch_coverage", null],
    ["parse_coverage('go.out').constructor", null],
    ["parse_junit('junit.xml')", { tests: 2, failures: 1, errors: 0, skipped: 0, duration: null, failed_names: ['c.a'] }],
    ["parse_sarif('sarif.json')", { errors: 1, warnings: 0, notes: 0, total: 1, rules: ['r'] }],
    ["parse_coverage('nope')", "failed: parse_coverage(): there is no file 'nope'"],
    ["parse_junit('empty.xml')", "failed: parse_junit(): 'empty.xml' has no value: it is empty"],
    ["parse_sarif('bad.json')", expect.stringMatching(/^failed: parse_sarif\(\): 'bad\.json' has no value: /) as unknown],
  ])('%s is %j', (text, expected) => {
    expect(run(text)).toEqual(expected);
  });

  test('each report has the properties that the checker knows', () => {
    for (const [name, file] of [['parse_coverage', 'go.out'], ['parse_junit', 'junit.xml'], ['parse_sarif', 'sarif.json']] as const) {
      const shape = findFunction(name)?.result;
      const names = shape !== undefined && typeof shape !== 'function' && shape.kind === 'object' ? [...shape.names()] : [];
      expect(names.sort()).toEqual(Object.keys(run(`${name}('${file}')`) as object).sort());
    }
  });
});

describe('hash', () => {
  const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

  test('its form is fixed', () => {
    expect(run("hash('x', 1)")).toBe(sha('[["string","x"],["number","1"]]'));
    expect(run("hash('a.txt')")).toBe(sha(`[["file","${sha('alpha')}"]]`));
    expect(run("hash('src')")).toBe(sha(`[["files",["src/b.ts","${sha('beta')}"],["src/deep/c.ts","${sha('gamma')}"]]]`));
    expect(run('hash(object, n)')).toBe(sha('[["object",["a",["number","1"]],["b",["number","2"]]],["null"]]'));
  });

  test('order, type, number and nesting of arguments count', () => {
    const texts = ["hash('a', 'b')", "hash('b', 'a')", "hash('ab')", "hash('a')", 'hash(1)', "hash('1')", "hash('')", 'hash(n)', 'hash(true)', "hash('true')", 'hash(none)', 'hash(object)', "hash(toJSON(object))", 'hash(list)', "hash('3', 1, 2)", "hash(fromJSON('[[1],2]'))", "hash(fromJSON('[[1,2]]'))", "hash(fromJSON('{\"a\":[1]}'))", 'hash(nan)', "hash('NaN')", "hash('a.txt')", "hash('src/*.ts')", "hash('src')", "hash('nope/*')"];
    const digests = texts.map((text) => run(text));
    expect(digests.filter((digest) => !/^[0-9a-f]{64}$/.test(String(digest)))).toEqual([]);
    expect(new Set(digests).size).toBe(texts.length);
  });

  test('the order of properties does not count', () => {
    expect(run("hash(fromJSON('{\"b\":1,\"a\":2}'))")).toBe(run("hash(fromJSON('{\"a\":2,\"b\":1}'))"));
  });

  test('a file counts by its content, wherever it lies and also in a list', () => {
    const other = { ...library, reader: createMemoryWorkspaceReader({ ...files, 'copy.txt': 'alpha', 'a.txt': 'changed' }) };
    expect(run("hash('copy.txt')", other)).toBe(run("hash('a.txt')"));
    expect(run("hash('a.txt')", other)).not.toBe(run("hash('a.txt')"));
    expect(run('hash(paths)', other)).not.toBe(run('hash(paths)'));
  });

  test('in an object paths are only text', () => {
    const other = { ...library, reader: createMemoryWorkspaceReader({ 'a.txt': 'changed' }) };
    expect(run("hash(fromJSON('{\"a\":\"a.txt\",\"b\":[\"a.txt\"]}'))", other)).toBe(run("hash(fromJSON('{\"a\":\"a.txt\",\"b\":[\"a.txt\"]}'))"));
  });

  test('what cannot be a path is never looked for', () => {
    const asked: string[] = [];
    const reader = { ...createMemoryWorkspaceReader({}), kindOf: (path: string) => (asked.push(path), 'missing' as const), glob: (patterns: readonly string[]) => (asked.push(`glob ${patterns.join()}`), []) };
    run(`hash('', '${'x'.repeat(4097)}', 'a\nb', 'a\0b', 'plain')`, { ...library, reader });
    expect(asked).toEqual(['plain']);
    run(`hash('${'x'.repeat(4096)}', '*', 'a?', '[a]', '{a,b}', 1)`, { ...library, reader });
    expect(asked.slice(2)).toEqual(['*', 'glob *', 'a?', 'glob a?', '[a]', 'glob [a]', '{a,b}', 'glob {a,b}']);
  });

  test("hashFiles gives what GitHub's gives: the digest of the digests", () => {
    const digest = createHash('sha256');
    for (const text of ['beta', 'gamma']) digest.update(createHash('sha256').update(text).digest());
    expect(run("hashFiles('src/**')")).toBe(digest.digest('hex'));
    expect(run("hashFiles('nope')")).toBe('');
  });
});

describe('values', () => {
  test.each<[string, unknown]>([
    ['default(1, 2)', 1],
    ['default(n, 2)', 2],
    ['default(nan, 2)', 2],
    ["default('', 2)", ''],
    ['default(false, 2)', false],
    ["default(read_file('nope'), 'x')", 'x'],
    ["default(baseline('speed'), 0)", 0],
    ["default(n, read_file('nope'))", "failed: read_file(): there is no file 'nope'"],
    ['default(n, default(n, 3))', 3],
    ["case(false, 1, true, 2, 3)", 2],
    ["case(false, 1, false, 2, 3)", 3],
    ["case(true, 1, fromJSON('{'), 2, 3)", 1],
    ["case(fromJSON('1'), 1, 2)", 'failed: case(): a condition is neither true nor false'],
    ["case(read_file('nope'), 1, 2)", "failed: read_file(): there is no file 'nope'"],
    ["env('HOME')", '/home/ann'],
    ["env('NOPE')", null],
    ["env('NOPE', 'x')", 'x'],
    ["env('NOPE', 5)", 5],
    ["env('HOME', 'x')", '/home/ann'],
    ["baseline('coverage')", 81.5],
    ["baseline('speed')", "failed: baseline(): nothing was recorded yet for 'speed'"],
    ['success()', true],
    ['failure()', false],
    ['cancelled()', false],
    ['always()', true],
  ])('%s is %j', (text, expected) => {
    expect(run(text)).toBe(expected);
  });

  test('what is only known during the run is unknown', () => {
    const unknown = (): Unknown => unknownValue;
    const later = { ...library, status: unknown, changed: unknown, baseline: unknown, env: unknown };
    expect(run('success()', later)).toBe('unknown: success()');
    expect(run('always()', later)).toBe(true);
    expect(run("changed('x')", later)).toBe("unknown: changed('x')");
    expect(run("baseline('x')", later)).toBe("unknown: baseline('x')");
    expect(run("env('x', 1)", later)).toBe("unknown: env('x', 1)");
  });

  test('always() asks nobody', () => {
    const asked: string[] = [];
    run('always() && failure()', { ...library, status: (name) => (asked.push(name), false) });
    expect(asked).toEqual(['failure']);
  });
});

describe('the table', () => {
  test('has every function of the language, each once and with a sentence', () => {
    const names = functionTable.map(({ name }) => name);
    expect([...names].sort()).toEqual(
      [
        'contains startsWith endsWith format join toJSON fromJSON hashFiles success failure always cancelled case hash parse_coverage parse_junit parse_sarif',
        'read_file read_json read_yaml exists glob file_size changed add sub mul div mod round min max sum count env default matches baseline',
      ]
        .join(' ')
        .split(' ')
        .sort(),
    );
    expect(functionTable.filter(({ summary }) => !/^[A-Z].*[^.]\.$/.test(summary))).toEqual([]);
  });

  test('is found whatever the case', () => {
    expect(findFunction('TOJSON')?.name).toBe('toJSON');
    expect(findFunction('nope')).toBeUndefined();
    expect(findFunction('constructor')).toBeUndefined();
  });

  test('says which functions look at more than their arguments', () => {
    const having = (trait: 'status' | 'readsFiles' | 'readsWorld' | 'pairs'): readonly string[] => functionTable.filter(({ traits }) => traits?.[trait]).map(({ name }) => name);
    expect(having('status')).toEqual(['success', 'failure', 'always', 'cancelled']);
    expect(having('readsFiles')).toEqual(['hash', 'changed', 'parse_coverage', 'parse_junit', 'parse_sarif', 'read_file', 'read_json', 'read_yaml', 'exists', 'glob', 'file_size', 'hashFiles']);
    expect(having('readsWorld')).toEqual(['changed', 'baseline', 'env']);
    expect(having('pairs')).toEqual(['case']);
  });

  test('only the last parameter is given many times, and none that must be given follows one that may be left out', () => {
    for (const { parameters } of functionTable) {
      expect(parameters.slice(0, -1).some(({ rest }) => rest)).toBe(false);
      const optional = parameters.map((parameter) => parameter.optional === true);
      expect([...optional].sort()).toEqual(optional);
    }
  });

  test('shows how each is written', () => {
    expect(functionTable.map(describeSignature)).toEqual([
      'contains(search, item)', 'startsWith(text, start)', 'endsWith(text, end)', 'format(pattern, [values, …])', 'join(list, [separator])', 'matches(text, regex)',
      'toJSON(value)', 'fromJSON(text)',
      'success()', 'failure()', 'always()', 'cancelled()', 'hash(values, …)', 'changed(globs, …)', 'baseline(metric)', 'env(name, [default])', 'default(value, fallback)', 'case(condition, value, …, otherwise)',
      'parse_coverage(path)', 'parse_junit(path)', 'parse_sarif(path)',
      'read_file(path)', 'read_json(path)', 'read_yaml(path)', 'exists(path)', 'glob(patterns, …)', 'file_size(path)', 'hashFiles(patterns, …)',
      'add(a, b, …)', 'sub(a, b)', 'mul(a, b, …)', 'div(a, b)', 'mod(a, b)', 'round(number, [digits])', 'min(numbers, …)', 'max(numbers, …)', 'sum(numbers, …)', 'count(list)',
    ]);
  });

  test('an eager function without its arguments answers, whatever it answers', () => {
    const world = createFixedLibrary(library);
    for (const { call } of functionTable) expect(call.kind === 'eager' ? call.run([], world).kind : 'value').toMatch(/value|failed/);
  });
});
