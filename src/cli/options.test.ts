import { commandTable, findCommand, laterCommands } from './commands.js';
import { loadCommand } from './load-command.js';
import { everywhere, isRepeatable, keyOf, optionNames, optionTable, specOf, variableOf } from './options.js';

/** Section 4 of the language: the flags of `run`. */
const flagsOfRun = [
  'input', 'inputs', 'set', 'phases', 'max-parallel', 'no-cache', 'cache', 'from', 'until', 'only', 'skip', 'skip-phases', 'labels', 'allow-costly', 'budget-usd',
  'no-budget', 'reason', 'cleanup', 'dry-run', 'preflight', 'fix', 'trace-inputs', 'take-over', 'verbose', 'quiet',
];

test('run takes every flag of the language', () => {
  expect([...(findCommand('run')?.options ?? [])].sort()).toEqual([...flagsOfRun].sort());
});

test('every option belongs to a command or to all of them', () => {
  const used = new Set([...everywhere, ...commandTable.flatMap(({ options }) => options)]);
  expect(optionNames.filter((name) => !used.has(name))).toEqual([]);
});

test('every option but help and version has a variable and a key of its own', () => {
  expect(optionNames.filter((name) => variableOf(name) === undefined)).toEqual(['help', 'version']);
  const variables = optionNames.flatMap((name) => variableOf(name) ?? []);
  const keys = optionNames.flatMap((name) => keyOf(name) ?? []);
  expect(new Set(variables).size).toBe(variables.length);
  expect(new Set(keys).size).toBe(keys.length);
  expect([variableOf('max-parallel'), keyOf('max-parallel')]).toEqual(['TOLLGATE_MAX_PARALLEL', 'max_parallel']);
});

test('no variable is one that a step gets to write to', () => {
  expect(optionNames.map(variableOf)).not.toContain('TOLLGATE_OUTPUT');
});

test('options that take a value say what stands for it, and defaults are among the choices', () => {
  for (const name of optionNames) {
    const { form, usage, choices, default: fallback, means } = specOf(name);
    expect([name, usage !== undefined]).toEqual([name, form !== 'switch']);
    expect([name, choices !== undefined]).toEqual([name, form === 'choice']);
    if (fallback !== undefined && choices !== undefined) expect(choices).toContain(fallback);
    if (means !== undefined) expect(optionTable[means.option as 'cache'].choices).toContain(means.value);
  }
  expect(optionNames.filter((name) => isRepeatable(specOf(name)))).toEqual(['input', 'inputs', 'set', 'phases', 'only', 'skip', 'skip-phases', 'mark-done', 'rerun', 'workflow', 'status', 'accept']);
});

test('short forms are not given twice', () => {
  const shorts = optionNames.flatMap((name) => specOf(name).short ?? []);
  expect(new Set(shorts).size).toBe(shorts.length);
});

test('no command is both built and to come, and none has a name twice', () => {
  const names = [...commandTable.map(({ name }) => name), ...laterCommands];
  expect(new Set(names).size).toBe(names.length);
});

test('examples call the command that they are of', () => {
  for (const { name, examples } of commandTable) {
    expect(examples.length).toBeGreaterThan(0);
    for (const { call } of examples) expect(call.split(' ')[0]).toBe(name === 'help' ? 'help' : name);
  }
});

test.each(commandTable.map(({ name }) => name))('%s can be loaded', async (name) => {
  expect(typeof (await loadCommand(name))).toBe('function');
});
