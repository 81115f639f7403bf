import { findProgram, isShell, isWrapper, runsBuiltins } from './find-program.js';
import type { Program } from './find-program.js';
import type { Trail } from './follow-values.js';
import { BUILTINS, isDeclaring } from './judge-builtin.js';
import type { Case } from './judge-builtin.js';
import { judgeShells } from './judge-shell.js';
import { noteEvaluated } from './read-condition.js';
import { giveUp, refuse } from './reading.js';
import type { Flow, Piece, Reading, SimpleCommand, Word } from './reading.js';
import { hasBraceExpansion, literalOf, literalStart } from './read-word.js';

/** Variables whose text some shell evaluates by itself. */
const EVALUATED = /^(?:PS[0-4]|PROMPT_COMMAND|BASH_ENV|ENV)$/;
const COUNTING = ['RANDOM', 'SRANDOM', 'SECONDS', 'OPTIND', 'HISTCMD', 'LINENO', 'EPOCHSECONDS', 'BASHPID'];

export interface Judging {
  readonly reading: Reading;
  readonly trail: Trail;
  readonly runners: ReadonlySet<string>;
  /** The value can be `true` and `false` alone: two harmless commands. */
  readonly isBoolean: (offset: number) => boolean;
}

/** Notes which words of the script's commands are code, names or options to the commands themselves. */
export function judgeCommands(judging: Judging): void {
  const { reading } = judging;
  const arrays = new Set(reading.flows.filter((flow) => flow.list !== undefined).map((flow) => flow.target));
  const counting = new Set(COUNTING);
  const commands = [...reading.commands];
  for (const command of commands) judgeCommand(judging, command, { arrays, counting });
  judgeFlows(reading, counting);
}

function judgeFlows(reading: Reading, counting: ReadonlySet<string>): void {
  for (const flow of reading.flows) {
    if (EVALUATED.test(flow.target)) reading.code.push({ start: flow.start, end: flow.end, kind: 'program', by: flow.target });
    if (counting.has(flow.target)) reading.code.push({ start: flow.start, end: flow.end, kind: 'arithmetic', by: `the variable ${flow.target}` });
  }
}

function judgeCommand(judging: Judging, command: SimpleCommand, names: Pick<Case, 'arrays' | 'counting'>): void {
  const { reading, trail, runners } = judging;
  const expanded = expandArray(judging, command);
  const program = findProgram(expanded.words, runners);
  const { word, operands } = program;
  judgeName(judging, expanded, program);
  if (program.wrapper === 'env') judgeSplittingOptions(judging, expanded, program);
  judgeSplitting(judging, command.words[0], expanded !== command);
  judgeSplitting(judging, word, false);
  judgeShells(reading, { command: expanded, trail, program: word });
  judgeBraces(judging, command);
  for (const operand of command.words) {
    const name = /^([A-Z0-9_]+)=/.exec(literalStart(operand))?.[1] ?? '';
    if (EVALUATED.test(name)) noteEvaluated(reading, operand, { kind: 'program', by: name });
  }
  const called = namesOf(judging, word);
  if (literalOf(word) === undefined && called.some(isShell) && trail.valueIn(command) !== undefined) giveUp(reading, 'a variable names the program, and it may be a shell', command.start);
  for (const name of called) BUILTINS.get(name)?.({ reading, trail, name, operands, command, ...names });
}

/** A variable that is set so often is no name of a command; looking at every text for every use would take too long. */
const MOST_TEXTS = 100;
const LONGEST_NAME = 1000;

function textsOf({ reading, trail }: Judging, variable: string, at: number): readonly Flow[] {
  const flows = trail.flowsInto(variable);
  if (flows.length <= MOST_TEXTS) return flows;
  giveUp(reading, `\`$${variable}\` names the program, and is set more than ${MOST_TEXTS} times`, at);
  return [];
}

/** `env -S text` takes the text apart into a command. */
function judgeSplittingOptions({ reading, trail }: Judging, command: SimpleCommand, { word }: Program): void {
  const end = word?.start ?? command.end;
  for (const option of command.words) {
    if (option.start < end && literalStart(option).startsWith('-') && trail.valueIn(option) !== undefined) noteEvaluated(reading, option, { kind: 'program', by: 'env, where it could be `-S`' });
  }
}

/** `list=(curl …); "${list[@]}"`: the elements are the command. */
function expandArray(judging: Judging, command: SimpleCommand): SimpleCommand {
  const first = command.words[0]?.pieces.find((piece) => piece.kind !== 'text' || piece.text !== '');
  if (first?.kind !== 'variable') return command;
  const lists = textsOf(judging, first.name, command.start).flatMap((flow) => flow.list ?? []);
  return lists.length === 0 ? command : { ...command, words: [...lists, ...command.words.slice(1)] };
}

/** What the word may say: itself, or whatever stands in the texts that its variable is set to. */
function namesOf(judging: Judging, word: Word | undefined): readonly string[] {
  const literal = literalOf(word);
  if (literal !== undefined) return [literal];
  const first = (word?.pieces ?? []).find((piece) => piece.kind !== 'text' || piece.text !== '');
  if (word !== undefined && literalStart(word) !== '') return [literalStart(word)];
  if (first?.kind !== 'variable') return [];
  const names = textsOf(judging, first.name, first.at).flatMap((flow) => judging.reading.text.slice(flow.start, Math.min(flow.end, flow.start + LONGEST_NAME)).split(/[\s"'()=;]+/));
  return [...new Set(names)];
}

/** A value as the command's name could be `eval`, whose arguments are code. */
function judgeName(judging: Judging, command: SimpleCommand, { word, operands, wrapper }: Program): void {
  const { reading, trail } = judging;
  if (word === undefined) return;
  if (word.pieces.some((piece) => piece.kind === 'hidden') && trail.valueIn({ start: word.start, end: command.end }) !== undefined) {
    giveUp(reading, "the name of the command is hidden in `$'…'`", word.start);
  }
  const only = onlyValue(word);
  if (only !== undefined && command.words.length === 1 && !judging.isBoolean(only)) refuse(reading, 'TG2109', word, 'the command');
  if (trail.valueIn(word) === undefined) return;
  const splits = command.words.some((other) => /^(?:-[A-Za-z]*S|--split)/.test(literalStart(other)));
  if (wrapper === 'env' && (splits || literalStart(word) === '')) noteEvaluated(reading, word, { kind: 'program', by: 'env, where it could be `-S`' });
  if (word.pieces.some((piece) => piece.kind === 'text' && piece.text.includes('/'))) return;
  // A program that is no builtin needs a `-c` as well.
  const beside = operands.filter((operand) => trail.valueIn(operand) !== undefined);
  const first = beside[wrapper === undefined || runsBuiltins(wrapper) ? 0 : 1];
  if (first === undefined) return;
  refuse(reading, 'TG2114', word, 'the name of the command');
  noteEvaluated(reading, first, { kind: 'program', by: 'a command that a value names' });
}

/** Unquoted, a command's name makes a whole command of one value; `"$@"` is judged where the words are given. */
function judgeSplitting({ reading, trail }: Judging, word: Word | undefined, listed: boolean): void {
  if (word === undefined || trail.valueIn(word) === undefined) return;
  const splits = word.pieces.some((piece) => {
    if (piece.kind === 'unknown') return !piece.quoted;
    return piece.kind === 'variable' && (!piece.quoted || (piece.all && !listed && !/^[@*]$/.test(piece.name)));
  });
  if (splits) noteEvaluated(reading, word, { kind: 'program', by: 'the name of the command' });
}

/** The offset of the value that the word consists of. */
function onlyValue(word: Word): number | undefined {
  const only = word.pieces.filter((piece) => piece.kind !== 'text' || piece.text !== '');
  return only.length === 1 && only[0]?.kind === 'value' ? only[0].at : undefined;
}

/** `{eval,…}` makes a command of one word: beside values, only plain lists pass. */
function judgeBraces({ reading, trail, runners }: Judging, command: SimpleCommand): void {
  const braces = command.words.filter(hasBraceExpansion);
  if (braces.length === 0 || trail.valueIn(command) === undefined) return;
  const first = literalOf(command.words[0]);
  const special = first === undefined || braces.includes(command.words[0] ?? NO_WORD) || BUILTINS.has(first) || isDeclaring(first) || isWrapper(first) || isShell(first) || runners.has(first);
  const items = braces.flatMap((word) => textOf(word).split(/[{},]/));
  if (!special && !items.some((item) => item.startsWith('-') || isShell(item))) return;
  giveUp(reading, '`{…,…}` makes several words of one', command.start);
}

const NO_WORD: Word = { start: 0, end: 0, pieces: [] };

function textOf(word: Word): string {
  return word.pieces.map((piece: Piece) => (piece.kind === 'text' ? piece.text : '')).join('');
}
