import { findProgram, isShell, isWrapper } from './find-program.js';
import type { Trail } from './follow-values.js';
import { BUILTINS, isDeclaring } from './judge-builtin.js';
import type { Case } from './judge-builtin.js';
import { judgeShells } from './judge-shell.js';
import { noteEvaluated } from './read-condition.js';
import { refuse } from './reading.js';
import type { Piece, Reading, SimpleCommand, Word } from './reading.js';
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
  const { word, operands } = findProgram(expanded.words, runners);
  judgeName(judging, expanded, { word, operands });
  for (const name of [command.words[0], word]) if (name !== undefined && splitsName(name)) reading.code.push({ start: name.start, end: name.end, kind: 'program', by: 'the name of the command' });
  judgeShells(reading, expanded, trail);
  judgeBraces(judging, command);
  for (const operand of command.words) {
    const name = /^([A-Z0-9_]+)=/.exec(literalStart(operand))?.[1] ?? '';
    if (EVALUATED.test(name)) noteEvaluated(reading, operand, { kind: 'program', by: name });
  }
  for (const name of namesOf(word, trail)) BUILTINS.get(name)?.({ reading, trail, name, operands, command, ...names });
}

/** `list=(curl …); "${list[@]}"`: the elements are the command. */
function expandArray({ trail }: Judging, command: SimpleCommand): SimpleCommand {
  const first = command.words[0]?.pieces.find((piece) => piece.kind !== 'text' || piece.text !== '');
  if (first?.kind !== 'variable') return command;
  const lists = trail.flowsInto(first.name).flatMap((flow) => flow.list ?? []);
  return lists.length === 0 ? command : { ...command, words: [...lists, ...command.words.slice(1)] };
}

/** What the word may say: itself, or the texts that its variable is set to. */
function namesOf(word: Word | undefined, trail: Trail): readonly string[] {
  const literal = literalOf(word);
  if (literal !== undefined) return [literal];
  const only = (word?.pieces ?? []).filter((piece) => piece.kind !== 'text' || piece.text !== '');
  const first = only[0];
  if (only.length !== 1 || first?.kind !== 'variable') return [];
  return trail.flowsInto(first.name).map((flow) => flow.says ?? '');
}

/** A value as the command's name could be `eval`, whose arguments are code. */
function judgeName(judging: Judging, command: SimpleCommand, program: { readonly word: Word | undefined; readonly operands: readonly Word[] }): void {
  const { reading, trail } = judging;
  const { word, operands } = program;
  if (word === undefined) return;
  if (word.pieces.some((piece) => piece.kind === 'unknown' && piece.quoted) && trail.valueIn({ start: word.start, end: command.end }) !== undefined) {
    refuse(reading, 'TG2112', { start: word.start, end: command.end }, "the name of the command is hidden in `$'…'` or in a substitution");
  }
  const only = onlyValue(word);
  if (only !== undefined && command.words.length === 1 && !judging.isBoolean(only)) refuse(reading, 'TG2109', word, 'the command');
  if (trail.valueIn(word) === undefined) return;
  if (word.pieces.some((piece) => piece.kind === 'text' && piece.text.includes('/'))) return;
  const beside = operands.find((operand) => trail.valueIn(operand) !== undefined);
  if (beside === undefined) return;
  refuse(reading, 'TG2114', word, 'the name of the command');
  reading.code.push({ start: beside.start, end: beside.end, kind: 'program', by: 'a command that a value names' });
}

/** Unquoted, a variable makes a whole command of one value; `"$@"` is judged where the words are given. */
function splitsName(word: Word): boolean {
  return word.pieces.some((piece) => piece.kind === 'variable' && (!piece.quoted || (piece.all && !/^[@*]$/.test(piece.name))));
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
  refuse(reading, 'TG2112', command, '`{…,…}` beside it makes several words of one');
}

const NO_WORD: Word = { start: 0, end: 0, pieces: [] };

function textOf(word: Word): string {
  return word.pieces.map((piece: Piece) => (piece.kind === 'text' ? piece.text : '')).join('');
}
