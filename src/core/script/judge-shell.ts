import { baseName, isShell } from './find-program.js';
import type { Trail } from './follow-values.js';
import { noteEvaluated } from './read-condition.js';
import type { Reading, SimpleCommand, Stretch, Word } from './reading.js';
import { literalOf, literalStart } from './read-word.js';
import { firstNotBelow } from './sorted-search.js';

interface ShellCall {
  readonly command: SimpleCommand;
  readonly index: number;
  readonly trail: Trail;
  readonly by: string;
  /** The word that is called; a shell elsewhere is an operand of something that may run it. */
  readonly program: Word | undefined;
  /** It is a shell; otherwise it may be one. */
  readonly certain: boolean;
}

/** `bash -c text`, and a shell that reads its program from its input, wherever in the command the shell stands. */
export function judgeShells(reading: Reading, call: Pick<ShellCall, 'command' | 'trail' | 'program'>): void {
  const { command } = call;
  const index = command.words.findIndex((word) => isShell(literalOf(word) ?? ''));
  const first = command.words[0];
  if (index !== -1) judgeShell(reading, { ...call, index, by: baseName(literalOf(command.words[index]) ?? ''), certain: true });
  else if (first !== undefined && literalOf(first) === undefined) judgeShell(reading, { ...call, index: 0, by: 'a program that may be a shell', certain: false });
}

function judgeShell(reading: Reading, call: ShellCall): void {
  const words = call.command.words.slice(call.index + 1);
  const options = readOptions(reading, call, words);
  if (options.fromInput) { noteInputs(reading, call.command, call.by); return; }
  const operand = words[options.operand];
  if (operand === undefined) {
    if (call.certain) noteInputs(reading, call.command, call.by);
    return;
  }
  const mayBeOption = call.program === call.command.words[call.index] && call.certain && !options.ended && takesOver(operand, words.slice(options.operand + 1), call.trail);
  if (options.program || mayBeOption) { noteEvaluated(reading, operand, { kind: 'program', by: `${call.by} -c` }); return; }
  if (call.certain) judgeScriptFile(reading, call.command, { file: operand, by: call.by });
}

interface ShellOptions {
  /** `-c` was there. */
  readonly program: boolean;
  /** `-s` was there: operands are arguments. */
  readonly fromInput: boolean;
  /** `--` was there. */
  readonly ended: boolean;
  readonly operand: number;
}

function readOptions(reading: Reading, call: ShellCall, words: readonly Word[]): ShellOptions {
  let program = false;
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === undefined) break;
    const start = literalStart(word);
    if (start === '--') return { program, fromInput: false, ended: true, operand: index + 1 };
    if (!/^[-+]/.test(start) || literalOf(word) === '-') return { program, fromInput: false, ended: false, operand: index };
    if (call.certain || /^-[A-Za-z]*c/.test(start)) noteEvaluated(reading, word, { kind: 'program', by: `${call.by} -c` });
    program ||= /^-[A-Za-z]*c/.test(start);
    if (call.certain && !program && /^-[A-Za-z]*s/.test(start)) return { program, fromInput: true, ended: false, operand: index + 1 };
    if (/^[-+][A-Za-z]*[oO]$|^--(?:rcfile|init-file)$/.test(start)) index++;
  }
  return { program, fromInput: false, ended: false, operand: words.length };
}

/** `bash {{ a }} {{ b }}`: the first could be `-c`. */
function takesOver(word: Word, rest: readonly Word[], trail: Trail): boolean {
  const first = word.pieces.find((piece) => piece.kind !== 'text' || piece.text !== '');
  if (first === undefined || first.kind === 'text' || trail.valueIn(word) === undefined) return false;
  if (first.kind === 'variable' && (!first.quoted || first.all)) return true;
  return rest.some((other) => trail.valueIn(other) !== undefined);
}

/** A file that is read as a script: its name may be a value, its text may not. */
export function judgeScriptFile(reading: Reading, command: SimpleCommand, script: { readonly file: Word; readonly by: string }): void {
  if (/[<>]\(/.test(reading.text.slice(script.file.start, script.file.end))) noteEvaluated(reading, script.file, { kind: 'program', by: script.by });
  if (/^\/(?:dev|proc)\//.test(literalOf(script.file) ?? '')) noteInputs(reading, command, script.by);
}

/** Here-documents, here-strings and what is piped in are a program. */
function noteInputs(reading: Reading, command: SimpleCommand, by: string): void {
  for (const word of command.inputs) noteEvaluated(reading, word, { kind: 'program', by });
  for (const operator of command.hereDocuments) {
    const document = reading.hereDocuments.get(operator);
    if (document !== undefined) reading.code.push({ ...document, kind: 'program', by });
  }
  for (const { pipeline, until } of command.piped) {
    notePrinted(reading, { start: pipeline.judged, end: until }, by);
    pipeline.judged = Math.max(pipeline.judged, until);
  }
}

const PRINTING = /^(?:echo|printf|cat|tee|print|yes|envsubst)$/;

/** What these print is what they are given. */
function notePrinted(reading: Reading, before: Stretch, by: string): void {
  for (let index = firstNotBelow(reading.commands, (command) => command.end, before.start); index < reading.commands.length; index++) {
    const command = reading.commands[index];
    if (command === undefined || command.end > before.end) return;
    if (command.start < before.start || !PRINTING.test(literalOf(command.words[0]) ?? '')) continue;
    reading.code.push({ start: command.start, end: command.end, kind: 'program', by });
    for (const operator of command.hereDocuments) {
      const document = reading.hereDocuments.get(operator);
      if (document !== undefined) reading.code.push({ ...document, kind: 'program', by });
    }
  }
}
