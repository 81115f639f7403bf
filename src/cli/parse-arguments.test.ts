import fc from 'fast-check';
import { commandTable } from './commands.js';
import { optionNames } from './options.js';
import { parseArguments } from './parse-arguments.js';

const parse = (...argv: readonly string[]) => parseArguments(argv, '1.2.3');
const flags = (...argv: readonly string[]) => parse(...argv).flags.map(({ option, flag, text }) => [option, flag, text]);

test('command, arguments and flags in any order', () => {
  const wanted = { word: 'plan', arguments: ['ci'], flags: [['json', '--json', 'true'], ['input', '--input', 'a=b']], problems: [] };
  for (const argv of [['--json', 'plan', '--input', 'a=b', 'ci'], ['plan', 'ci', '--json', '--input=a=b'], ['plan', '--json', '--input', 'a=b', '--', 'ci']]) {
    const { word, arguments: given, flags: used, problems, command } = parse(...argv);
    expect({ word, arguments: given, flags: used.map(({ option, flag, text }) => [option, flag, text]), problems }).toEqual(wanted);
    expect(command?.name).toBe('plan');
  }
});

test('the short form takes its value as next word or attached', () => {
  for (const argv of [['-C', 'x'], ['-Cx'], ['-C=x']]) expect(flags('list', ...argv)).toEqual([['folder', '-C', 'x']]);
  expect(flags('list', '--folder=x')).toEqual([['folder', '--folder', 'x']]);
  expect(flags('list', '--folder=')).toEqual([['folder', '--folder', '']]);
});

test('what follows -- is never a flag', () => {
  const { arguments: given, flags: used } = parse('validate', '--', '--json', '-C');
  expect([given, used]).toEqual([['--json', '-C'], []]);
});

test('a switch says true, or what it is told', () => {
  expect(flags('list', '--json')).toEqual([['json', '--json', 'true']]);
  expect(flags('list', '--json=false')).toEqual([['json', '--json', 'false']]);
  expect(parse('list', '--json=yes').problems).toEqual([{ message: "--json takes no value, or true or false: 'yes' is neither" }]);
});

test('a value may begin with a dash where it is no flag', () => {
  expect(flags('run', 'ci', '--budget-usd', '-5', '--reason', '-x=y')).toEqual([['budget-usd', '--budget-usd', '-5'], ['reason', '--reason', '-x=y']]);
});

test.each([[['run', 'ci', '--from']], [['run', 'ci', '--from', '--json']], [['run', 'ci', '--from', '-C', 'x']], [['run', 'ci', '--from', '--']]])('%j lacks a value', (argv) => {
  expect(parse(...argv).problems).toEqual([{ message: '--from needs a value: --from <step or phase>' }]);
});

test.each([
  ['--imput', "unknown option '--imput' of 'plan'; did you mean '--input'?"],
  ['-json', "unknown option '-json' of 'plan'; did you mean '--json'?"],
  ['--max_paralel', "unknown option '--max_paralel' of 'plan'; did you mean '--max-parallel'?"],
  ['--qqqqqqqq', "unknown option '--qqqqqqqq' of 'plan'"],
  ['-x', "unknown option '-x' of 'plan'"],
])('%s is no flag', (flag, message) => {
  expect(parse('plan', 'ci', flag).problems.map((problem) => problem.message)).toEqual([message]);
});

test('an unknown flag may have taken a word: the words are not counted then', () => {
  expect(parse('plan', 'ci', '--imput', 'a=b').problems).toHaveLength(1);
  expect(parse('plan', '--imput=a').problems).toHaveLength(1);
});

test('a flag of another command is refused with those that have it', () => {
  expect(parse('list', '--mermaid').problems.map(({ message }) => message)).toEqual(["'list' has no --mermaid; 'plan' has it"]);
  expect(parse('list', '--strict').problems.map(({ message }) => message)).toEqual(["'list' has no --strict; 'lint' and 'preflight' have it"]);
});

test('validate takes many workflows, or none', () => {
  expect(parse('validate', 'a', 'b', 'c').problems).toEqual([]);
  expect(parse('validate').problems).toEqual([]);
});

test('a single dash is an argument', () => {
  expect(parse('validate', '-').arguments).toEqual(['-']);
});

test('any words are answered, and no word is lost', () => {
  const word = fc.oneof(fc.constantFrom(...commandTable.map(({ name }) => name), ...optionNames.map((name) => `--${name}`), '-C', '-h', '--', '-', '--x=', '='), fc.string());
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), (argv) => {
      const { word: first, arguments: given, flags: used, problems } = parse(...argv);
      const words = [...(first === undefined ? [] : [first]), ...given].length + used.length + problems.length;
      expect(words === 0).toBe(argv.length === 0 || argv.every((each) => each === '--'));
    }),
  );
});
