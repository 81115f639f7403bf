import { findProgram } from '../script/find-program.js';
import { readCommands } from '../script/read-commands.js';
import { literalOf, literalStart } from '../script/read-word.js';
import { startReading } from '../script/reading.js';
import type { Reading, SimpleCommand, Stretch } from '../script/reading.js';
import type { Shell } from '../script/script-part.js';

/** A program that a script calls. */
export interface ScriptCall {
  /** As it is written; none where only the run knows it. */
  readonly name: string | undefined;
  /** The words behind it, as far as they are known. */
  readonly operands: readonly string[];
  /** Whether the script cannot succeed without it. */
  readonly sure: boolean;
}

export interface ScriptCalls {
  /** In the order of the text. */
  readonly calls: readonly ScriptCall[];
  /** The text could not be read to its end: it may do anything. */
  readonly unreadable: boolean;
}

/** The programs that a script calls, and which of them it is sure to need: `HOLE` stands for each value in the text. */
export function readScriptCalls(text: string, shell: Shell): ScriptCalls {
  const reading = startReading(text, shell, readCommands);
  readCommands(reading);
  const unreadable = reading.trouble !== undefined || reading.at < text.length;
  const commands = [...reading.commands].sort((a, b) => a.start - b.start);
  const sure = unreadable ? new Set<SimpleCommand>() : findSureCommands(reading, commands);
  return { calls: commands.flatMap((command) => toCalls(command, sure.has(command) && !callsFunction(reading, command))), unreadable };
}

/** Commands that stand by themselves, in front of everything that could end the script or change what its names mean. */
function findSureCommands(reading: Reading, commands: readonly SimpleCommand[]): ReadonlySet<SimpleCommand> {
  const path = reading.flows.find(({ target }) => target === 'PATH')?.start ?? Infinity;
  const sure = new Set<SimpleCommand>();
  let next = 0;
  for (const statement of [...reading.statements].sort((a, b) => a.start - b.start)) {
    const inside: SimpleCommand[] = [];
    for (let command = commands[next]; command !== undefined && command.start < statement.end; command = commands[++next]) inside.push(command);
    if (path < statement.end) break;
    for (const command of findUnconditional(reading, statement, inside)) sure.add(command);
    if (inside.some(changesTheRest)) break;
  }
  return sure;
}

/** `a | b`, and what follows `cd web &&`; nothing of what an `||` or another `&&` decides about. */
function findUnconditional(reading: Reading, statement: Stretch, inside: readonly SimpleCommand[]): readonly SimpleCommand[] {
  const text = reading.text.slice(statement.start, statement.end);
  if (text.includes('||')) return [];
  let found: SimpleCommand[] = [];
  let at = statement.start;
  for (const command of inside) {
    if (command.start < at) continue;
    if (command.start > at) return text.slice(at - statement.start).includes('&&') ? [] : found;
    found.push(command);
    const joined = /[ \t]*(\|&?|&&)(?:[ \t\n]|\\\n)*/y;
    joined.lastIndex = command.end;
    const behind = joined.exec(reading.text);
    if (behind === null) return found;
    if (behind[1] === '&&') {
      if (!found.every((each) => alwaysSucceeds.has(literalOf(each.words[0]) ?? ''))) return [];
      found = [];
    }
    at = joined.lastIndex;
  }
  return text.slice(at - statement.start).includes('&&') ? [] : found;
}

/** Their failure is one of the step's, and no answer to a question. */
const alwaysSucceeds = new Set([':', 'cd', 'echo', 'export', 'mkdir', 'printf', 'pushd', 'set', 'true']);
/** They bring functions, aliases and variables that the text does not show. */
const opening = new Set(['.', 'source', 'eval', 'alias', 'enable', 'hash', 'shopt']);

function changesTheRest({ words }: SimpleCommand): boolean {
  const [name = '', first = ''] = words.map(literalStart);
  if (opening.has(name)) return true;
  if (name === 'exec') return words.length > 1;
  if (name === 'set') return words.slice(1).some((word) => literalStart(word).startsWith('+'));
  return (name === 'exit' || name === 'return') && !/^[1-9]/u.test(first);
}

function callsFunction(reading: Reading, command: SimpleCommand): boolean {
  return reading.functions.has(literalOf(command.words[0]) ?? '');
}

/** Programs that start another one where the PATH is the same. */
const transparent = new Set(['command', 'env', 'exec', 'ionice', 'nice', 'nohup', 'setsid', 'stdbuf', 'time', 'timeout']);

/** The call, and the one that `timeout 5m` or `env CI=1` makes of it. */
function toCalls(command: SimpleCommand, sure: boolean): readonly ScriptCall[] {
  const [first] = command.words;
  if (first === undefined) return [];
  const name = literalOf(first);
  const operands = command.words.slice(1).map(knownText);
  const outer: ScriptCall = { name, operands, sure };
  const program = findProgram(command.words, new Set());
  if (name === undefined || program.word === undefined || program.wrapper !== name || !transparent.has(name)) return [outer];
  const before = command.words.filter((word) => word.start < (program.word?.start ?? 0)).map(literalStart);
  const isPlain = !before.some((word) => /^(?:PATH=|-[A-Za-z]*[ivVSPu]|--(?:ignore|unset|split))/u.test(word));
  return [outer, { name: literalOf(program.word), operands: program.operands.map(knownText), sure: sure && isPlain }];
}

function knownText({ pieces }: SimpleCommand['words'][number]): string {
  return pieces.map((piece) => (piece.kind === 'text' ? piece.text : ' ')).join('');
}
