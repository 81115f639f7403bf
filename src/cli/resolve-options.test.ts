import fc from 'fast-check';
import type { FlagUse } from './parse-arguments.js';
import type { OptionName } from './options.js';
import { optionNames, variableOf } from './options.js';
import type { Given } from './read-option.js';
import type { OptionSources } from './resolve-options.js';
import { givenFolder, resolveOptions } from './resolve-options.js';

const flag = (option: OptionName, text: string): FlagUse => ({ option, flag: `--${option}`, text });
const place = { kind: 'file', file: '.tollgate.yml', line: 1, column: 1 } as const;
const file = (entries: Partial<Record<OptionName, readonly string[]>>): OptionSources['file'] =>
  new Map(Object.entries(entries).map(([name, texts]): [OptionName, Given[]] => [name as OptionName, texts.map((text) => ({ text, origin: place }))]));
const resolve = (sources: Partial<OptionSources>) => resolveOptions({ flags: [], env: {}, file: new Map(), folders: { call: '/w', file: '/w' }, ...sources });

test('flag over variable over file over default', () => {
  const env = { TOLLGATE_CACHE: 'off' };
  const fromFile = file({ cache: ['read'] });
  const cache = (sources: Partial<OptionSources>) => resolve(sources).values.cache;
  expect(cache({ flags: [flag('cache', 'on')], env, file: fromFile })).toEqual({ value: 'on', origin: { kind: 'flag', flag: '--cache' } });
  expect(cache({ env, file: fromFile })).toEqual({ value: 'off', origin: { kind: 'variable', name: 'TOLLGATE_CACHE' } });
  expect(cache({ file: fromFile })).toEqual({ value: 'read', origin: place });
  expect(cache({})).toEqual({ value: 'on', origin: { kind: 'default' } });
});

test('every setting has a value when nothing is said', () => {
  const { values, problems } = resolve({});
  expect(problems).toEqual([]);
  expect(values).toMatchObject({ json: { value: false }, input: { value: [] }, skip: { value: [] }, inputs: { value: [] }, labels: { value: undefined }, 'max-parallel': { value: undefined }, preflight: { value: 'on' } });
  expect('help' in values || 'no-cache' in values).toBe(false);
});

test('of one value that is given twice the last holds', () => {
  expect(resolve({ flags: [flag('from', 'a'), flag('from', 'b')] }).values.from.value).toBe('b');
});

test('an empty variable says nothing', () => {
  expect(resolve({ env: { TOLLGATE_FROM: '' } }).values.from).toEqual({ value: undefined, origin: { kind: 'default' } });
});

test('switches take true, false, 1 and 0', () => {
  for (const [text, value] of [['true', true], ['1', true], ['false', false], ['0', false]] as const) expect(resolve({ env: { TOLLGATE_JSON: text } }).values.json.value).toBe(value);
  expect(resolve({ env: { TOLLGATE_JSON: 'TRUE' } }).problems.map(({ message }) => message)).toEqual(["TOLLGATE_JSON: 'TRUE' is neither true nor false"]);
  expect(resolve({ flags: [flag('json', 'false')], env: { TOLLGATE_JSON: 'true' } }).values.json.value).toBe(false);
});

test('--no-cache is cache: off, in the order of the flags, and a flag wins over the file', () => {
  expect(resolve({ flags: [flag('no-cache', 'true')] }).values.cache).toEqual({ value: 'off', origin: { kind: 'flag', flag: '--no-cache' } });
  expect(resolve({ flags: [flag('no-cache', 'true'), flag('cache', 'read')] }).values.cache.value).toBe('read');
  expect(resolve({ flags: [flag('cache', 'read')], file: file({ 'no-cache': ['true'] }) }).values.cache.value).toBe('read');
  expect(resolve({ env: { TOLLGATE_NO_CACHE: '1' }, file: file({ cache: ['read'] }) }).values.cache.value).toBe('off');
  expect(resolve({ flags: [flag('no-cache', 'false')], file: file({ cache: ['read'] }) }).values.cache.value).toBe('read');
});

test('a wrong --no-cache is said', () => {
  expect(resolve({ env: { TOLLGATE_NO_CACHE: 'maybe' } }).problems.map(({ message }) => message)).toEqual(["TOLLGATE_NO_CACHE: 'maybe' is neither true nor false"]);
});

test('lists come by commas and by repeating, and a stronger one takes the place of a weaker', () => {
  const fromFile = file({ skip: ['x', 'y'] });
  expect(resolve({ flags: [flag('skip', 'a, b'), flag('skip', 'test[node=20,os=linux],c')], file: fromFile }).values.skip.value).toEqual(['a', 'b', 'test[node=20,os=linux]', 'c']);
  expect(resolve({ file: fromFile }).values.skip.value).toEqual(['x', 'y']);
  expect(resolve({ env: { TOLLGATE_SKIP: ' , a,,' } }).values.skip.value).toEqual(['a']);
});

test('pairs are merged by name, the stronger winning', () => {
  const { values } = resolve({ flags: [flag('input', 'a=1'), flag('input', 'a=2')], env: { TOLLGATE_INPUT: 'a=3\nb=4=5\n' }, file: file({ input: ['c=6', 'b=7'] }) });
  expect(values.input.value.map(({ name, value, origin }) => [name, value, origin.kind])).toEqual([['c', '6', 'file'], ['b', '4=5', 'variable'], ['a', '2', 'flag']]);
  expect(values.input.origin.kind).toBe('flag');
});

test('a pair has a name', () => {
  expect(resolve({ flags: [flag('input', 'x'), flag('input', '=x')] }).problems.map(({ message }) => message)).toEqual(["--input: 'x' is not of the form name=value", "--input: '=x' is not of the form name=value"]);
});

test.each([['0'], ['-1'], ['1.5'], ['x'], [''], ['1e9'], ['Infinity']])('max-parallel cannot be %j', (text) => {
  expect(resolve({ flags: [flag('max-parallel', text)] }).problems.map(({ message }) => message)).toEqual([`--max-parallel: '${text}' is not a whole number of at least 1`]);
});

test('amounts may have a fraction and a sign', () => {
  expect(resolve({ flags: [flag('budget-usd', '+0.25')] }).values['budget-usd'].value).toBe(0.25);
  expect(resolve({ flags: [flag('budget-usd', '-1')] }).problems.map(({ message }) => message)).toEqual(["--budget-usd: '-1' is not a number of at least 0"]);
});

test('a choice is answered with the nearest, and the key is named where a file is wrong', () => {
  expect(resolve({ file: file({ format: ['githb'] }) }).problems).toEqual([{ message: ".tollgate.yml:1:1: format: 'githb' is none of text, github; did you mean 'github'?", origin: place }]);
  expect(resolve({ flags: [flag('format', 'xml')] }).problems.map(({ message }) => message)).toEqual(["--format: 'xml' is none of text, github"]);
});

test('a path of the file is meant from the folder of the file', () => {
  const folders = { call: '/w/sub', file: '/w' };
  const { values } = resolve({ folders, flags: [flag('inputs', 'a.yml')], file: file({ 'state-dir': ['state'], inputs: ['b.yml'] }) });
  expect([values['state-dir'].value, values.inputs.value]).toEqual(['/w/state', ['a.yml']]);
  expect(resolve({ folders, file: file({ inputs: ['b.yml', '/abs.yml'] }) }).values.inputs.value).toEqual(['/w/b.yml', '/abs.yml']);
  expect(resolve({ file: file({ 'state-dir': ['state'] }) }).values['state-dir'].value).toBe('state');
});

test('a path is not empty', () => {
  expect(resolve({ flags: [flag('state-dir', '')] }).problems.map(({ message }) => message)).toEqual(['--state-dir: the value is empty']);
});

test('the folder is known before the file is: by flag, else by variable', () => {
  expect(givenFolder([flag('folder', 'a'), flag('folder', 'b')], { TOLLGATE_FOLDER: 'c' })).toBe('b');
  expect(givenFolder([], { TOLLGATE_FOLDER: 'c' })).toBe('c');
  expect(givenFolder([], { TOLLGATE_FOLDER: '' })).toBeUndefined();
});

test('whatever is given, a value that is taken has been read without a problem', () => {
  const settings = optionNames.filter((name) => variableOf(name) !== undefined);
  fc.assert(
    fc.property(fc.constantFrom(...settings), fc.string(), (name, text) => {
      const { values, problems } = resolve({ env: { [variableOf(name) ?? '']: text } });
      const setting = (values as Readonly<Record<string, { readonly origin: { readonly kind: string } }>>)[name];
      if (problems.length > 0) expect(setting === undefined || setting.origin.kind === 'default').toBe(true);
    }),
  );
});
