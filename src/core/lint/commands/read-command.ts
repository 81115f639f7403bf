import type { Span } from '../../diagnostic/diagnostic.js';
import { readCommands } from '../../script/read-commands.js';
import { HOLE, startReading } from '../../script/reading.js';
import type { Reading, Word } from '../../script/reading.js';
import type { Shell } from '../../script/script-part.js';
import { UNKNOWN } from './program-call.js';
import type { ProgramCall } from './program-call.js';
import { takeOffWrappers } from './take-off-wrappers.js';

/** What a script does, as far as reading it tells; where reading gives up, what came before. */
export interface CommandReading {
  readonly calls: readonly ProgramCall[];
  readonly variables: readonly VariableUse[];
  /** Variables that the script sets itself. */
  readonly assigned: ReadonlySet<string>;
}

/** A variable that a script reads. */
export interface VariableUse {
  readonly name: string;
  readonly at: Span;
  /** `${X:-y}` and `${X:+y}` do without it. */
  readonly hasDefault: boolean;
}

/** Reads a script in which `HOLE` stands for each value. */
export function readCommand(text: string, shell: Shell): CommandReading {
  return readWithin(text, shell, 0);
}

/** `bash -c 'bash -c …'` is looked into this deep. */
const deepest = 2;

function readWithin(text: string, shell: Shell, depth: number): CommandReading {
  const reading = startReading(text, shell, readCommands);
  readCommands(reading);
  const calls: ProgramCall[] = [];
  for (const command of [...reading.commands].sort((a, b) => a.start - b.start)) {
    const first = command.words[0];
    if (first === undefined) continue;
    const call = toCall(command.words.map(sayWord), [first.start, command.end]);
    calls.push(call, ...readInnerScript(call, shell, depth));
  }
  return {
    calls,
    variables: reading.references.filter(({ name }) => /^[A-Za-z_]/u.test(name)).map((reference) => ({ name: reference.name, ...lookAround(text, reference.at, reference.name) })),
    assigned: new Set([...reading.flows.map(({ target }) => target), ...findReadVariables(calls)]),
  };
}

function toCall(words: readonly string[], at: Span): ProgramCall {
  const [program = '', ...rest] = takeOffWrappers(words);
  return { program, words: rest, at };
}

/** The program of `bash -c '…'`; its calls stand where it stands. */
function readInnerScript(call: ProgramCall, shell: Shell, depth: number): readonly ProgramCall[] {
  if (depth >= deepest || !/^(?:ba|da|z|k)?sh$/u.test(call.program)) return [];
  const option = call.words.findIndex((word) => /^-[a-z]*c$/u.test(word));
  const program = option === -1 ? undefined : call.words[option + 1];
  if (program === undefined || program.includes(UNKNOWN)) return [];
  return readWithin(program, shell, depth + 1).calls.map((inner) => ({ ...inner, at: call.at }));
}

function sayWord(word: Word): string {
  return word.pieces.map((piece) => (piece.kind === 'text' ? piece.text.replaceAll(HOLE, UNKNOWN) : UNKNOWN)).join('');
}

function findReadVariables(calls: readonly ProgramCall[]): readonly string[] {
  return calls.filter(({ program }) => ['read', 'mapfile', 'readarray'].includes(program)).flatMap(({ words }) => words.filter((word) => /^[A-Za-z_]\w*$/u.test(word)));
}

/** `at` is where the dollar sign stands, or the name where there is none, as in arithmetic. */
function lookAround(text: string, at: Reading['at'], name: string): Omit<VariableUse, 'name'> {
  const start = text.indexOf(name, at);
  const end = start === -1 || start > at + 3 ? at + 1 : start + name.length;
  return { at: [at, end], hasDefault: /^:?[-+=]/u.test(text.slice(end, end + 2)) && text.slice(at, end).includes('{') };
}
