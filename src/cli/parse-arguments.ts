import { nearestName } from '../core/diagnostic/nearest-name.js';
import type { CallProblem } from './call-problem.js';
import type { CommandSpec } from './command.js';
import { commandTable, findCommand, laterCommands } from './commands.js';
import type { OptionName } from './options.js';
import { everywhere, optionNames, specOf } from './options.js';

/** One flag as it was written: a switch says `true` or `false`. */
export interface FlagUse {
  readonly option: OptionName;
  readonly flag: string;
  readonly text: string;
}

export interface ParsedCall {
  /** The word where a command is expected; nothing for a bare call. */
  readonly word: string | undefined;
  readonly command: ReturnType<typeof findCommand>;
  readonly arguments: readonly string[];
  readonly flags: readonly FlagUse[];
  readonly problems: readonly CallProblem[];
}

interface Words {
  readonly flags: FlagUse[];
  readonly names: string[];
  readonly unknown: string[];
  readonly problems: CallProblem[];
}

/** The words of a call → command, arguments and flags, with everything that is wrong at once. */
export function parseArguments(argv: readonly string[], version: string): ParsedCall {
  const words = sortWords(argv);
  const [word, ...given] = words.names;
  const command = word === undefined ? undefined : findCommand(word);
  const problems = [...words.problems, ...words.unknown.map((flag) => describeUnknownFlag(flag, command))];
  if (word !== undefined && command === undefined) problems.unshift(describeUnknownCommand(word, version));
  if (command !== undefined) {
    problems.push(...checkFlags(words.flags, command));
    if (words.unknown.length === 0) problems.push(...checkArguments(given, command));
  }
  return { word, command, arguments: given, flags: words.flags, problems };
}

function sortWords(argv: readonly string[]): Words {
  const words: Words = { flags: [], names: [], unknown: [], problems: [] };
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (word === '--') {
      words.names.push(...argv.slice(at + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') words.names.push(word);
    else if (readFlag(words, word, argv[at + 1])) at++;
  }
  return words;
}

/** Whether the flag has taken the next word as its value. */
function readFlag(words: Words, word: string, next: string | undefined): boolean {
  const { flag, attached } = splitFlag(word);
  const option = optionNames.find((name) => flag === `--${name}` || flag === `-${specOf(name).short ?? ''}`);
  if (option === undefined) {
    words.unknown.push(flag);
    return false;
  }
  const spec = specOf(option);
  if (spec.form === 'switch') {
    if (attached !== undefined && attached !== 'true' && attached !== 'false') words.problems.push({ message: `${flag} takes no value, or true or false: '${attached}' is neither` });
    else words.flags.push({ option, flag, text: attached ?? 'true' });
    return false;
  }
  const value = attached ?? (next === undefined || isFlag(next) ? undefined : next);
  if (value === undefined) words.problems.push({ message: `${flag} needs a value: ${flag} ${spec.usage ?? ''}` });
  else words.flags.push({ option, flag, text: value });
  return attached === undefined && value !== undefined;
}

function splitFlag(word: string): { readonly flag: string; readonly attached: string | undefined } {
  if (!word.startsWith('--')) {
    const short = optionNames.some((name) => specOf(name).short === word[1]);
    const rest = word.slice(2).replace(/^=/u, '');
    return short && rest !== '' && specOf(shortOption(word[1] ?? '')).form !== 'switch' ? { flag: word.slice(0, 2), attached: rest } : { flag: word, attached: undefined };
  }
  const equals = word.indexOf('=');
  return equals === -1 ? { flag: word, attached: undefined } : { flag: word.slice(0, equals), attached: word.slice(equals + 1) };
}

function shortOption(letter: string): OptionName {
  return optionNames.find((name) => specOf(name).short === letter) ?? 'help';
}

/** A word that can only be a flag: `-5` and `-x=y` are values all the same. */
function isFlag(word: string): boolean {
  const { flag } = splitFlag(word);
  return word === '--' || optionNames.some((name) => flag === `--${name}` || flag === `-${specOf(name).short ?? ''}`);
}

/** The flags that a command takes, its own first. */
export function optionsOf(command: CommandSpec | undefined): readonly OptionName[] {
  return [...(command?.options ?? []), ...everywhere];
}

function checkFlags(flags: readonly FlagUse[], command: CommandSpec): readonly CallProblem[] {
  const taken = optionsOf(command);
  return flags.flatMap(({ option, flag }): CallProblem[] => {
    if (taken.includes(option)) return [];
    const others = commandTable.filter((each) => each.options.includes(option)).map(({ name }) => `'${name}'`);
    return [{ message: `'${command.name}' has no ${flag}; ${joinWords(others)} ${others.length === 1 ? 'has' : 'have'} it`, next: [helpOf(command)] }];
  });
}

function describeUnknownFlag(flag: string, command: CommandSpec | undefined): CallProblem {
  const own = command === undefined ? optionNames : optionsOf(command);
  const near = nearestName(flag.replace(/^-+/u, ''), own) ?? nearestName(flag.replace(/^-+/u, ''), optionNames);
  const where = command === undefined ? '' : ` of '${command.name}'`;
  return {
    message: near === undefined ? `unknown option '${flag}'${where}` : `unknown option '${flag}'${where}; did you mean '--${near}'?`,
    next: [command === undefined ? { call: '--help', says: 'all commands' } : helpOf(command)],
  };
}

function describeUnknownCommand(word: string, version: string): CallProblem {
  const all = { call: '--help', says: 'all commands' };
  if (laterCommands.includes(word)) return { message: `'${word}' is not built yet in this version (${version})`, next: [all] };
  const near = nearestName(word, [...commandTable.map(({ name }) => name), ...laterCommands]);
  const command = near === undefined ? undefined : findCommand(near);
  if (near === undefined) return { message: `unknown command '${word}'`, next: [all] };
  if (command === undefined) return { message: `unknown command '${word}'; '${near}' is not built yet in this version (${version})`, next: [all] };
  return { message: `unknown command '${word}'; did you mean '${near}'?`, next: [{ call: near, says: command.summary }, all] };
}

function checkArguments(given: readonly string[], command: CommandSpec): readonly CallProblem[] {
  const { argument, name } = command;
  const usage = argument === undefined ? name : `${name} ${argument.usage}`;
  if (argument?.required === true && given.length === 0) {
    const next = argument.completes === 'workflow' ? [{ call: 'list', says: 'the workflows that there are' }, helpOf(command)] : [helpOf(command)];
    return [{ message: `'${name}' needs ${argument.completes === 'workflow' ? 'a workflow' : 'a word more'}: ${usage}`, next }];
  }
  const most = argument === undefined ? 0 : (argument.most ?? (argument.many ? Infinity : 1));
  if (given.length <= most) return [];
  return [{ message: `'${name}' takes ${most === 0 ? 'no argument' : most === 1 ? 'one argument' : `at most ${most} words`}; '${given[most] ?? ''}' is too much`, next: [helpOf(command)] }];
}

function helpOf(command: CommandSpec): { readonly call: string; readonly says: string } {
  return { call: `${command.name} --help`, says: 'its options, with examples' };
}

function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
