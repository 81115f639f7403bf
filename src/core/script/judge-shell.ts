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
  const index = command.words.findIndex((word) => isShell(nameStart(word)));
  const first = command.words[0];
  if (index !== -1) judgeShell(reading, { ...call, index, by: baseName(command.words.slice(index, index + 1).map(nameStart).join('')), certain: true });
  else if (first !== undefined && literalOf(first) === undefined) judgeShell(reading, { ...call, index: 0, by: 'a program that may be a shell', certain: false });
}

/** Behind it may be nothing: `bash$X`. */
function nameStart(word: Word): string {
  return literalOf(word) ?? literalStart(word);
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
  if (options.program || mayBeOption) {
    noteEvaluated(reading, operand, { kind: 'program', by: `${call.by} -c` });
    noteFilled(reading, call, operand);
    return;
  }
  if (!call.certain) return;
  judgeScriptFile(reading, call.command, { file: operand, by: call.by });
  if (!options.ended && mayVanish(operand, call.trail)) noteInputs(reading, call.command, call.by);
}

/** Unquoted it may be no word at all, and a value may be an option: then the input is the program. */
function mayVanish(word: Word, trail: Trail): boolean {
  const first = word.pieces.find((piece) => piece.kind !== 'text' || piece.text !== '');
  if (first === undefined || first.kind === 'text') return false;
  return !first.quoted || (first.kind === 'variable' && first.all) || trail.valueIn(word) !== undefined;
}

/** `xargs -I{} sh -c 'echo {}'` and `find … -exec sh -c 'echo {}'` fill in what they read or find: all of it is program text. */
function noteFilled(reading: Reading, call: ShellCall, operand: Word): void {
  const before = call.command.words.slice(0, call.index);
  const fills = before.flatMap((word) => /^-I(.+)$/.exec(literalStart(word))?.[1] ?? (literalStart(word) === '-I' ? literalStart(before[before.indexOf(word) + 1] ?? word) : []));
  const text = reading.text.slice(operand.start, operand.end);
  if (![...fills, '{}'].some((fill) => text.includes(fill))) return;
  const by = `${call.by} -c, into which a name is filled`;
  for (const word of before) noteEvaluated(reading, word, { kind: 'program', by });
  noteInputs(reading, call.command, by);
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
    notePrinted(reading, { start: pipeline.judged, end: until }, { by, errors: pipeline.errors });
    pipeline.judged = Math.max(pipeline.judged, until);
  }
}

const PRINTING = /^(?:echo|printf|cat|tee|print|yes|envsubst)$/;

/** What these print is what they are given; and every error names what it was about. */
function notePrinted(reading: Reading, before: Stretch, { by, errors }: { readonly by: string; readonly errors: boolean }): void {
  for (let index = firstNotBelow(reading.commands, (command) => command.end, before.start); index < reading.commands.length; index++) {
    const command = reading.commands[index];
    if (command === undefined || command.end > before.end) return;
    if (command.start < before.start || !(errors || PRINTING.test(literalOf(command.words[0]) ?? ''))) continue;
    reading.code.push({ start: command.start, end: command.end, kind: 'program', by });
    for (const operator of command.hereDocuments) {
      const document = reading.hereDocuments.get(operator);
      if (document !== undefined) reading.code.push({ ...document, kind: 'program', by });
    }
  }
}
