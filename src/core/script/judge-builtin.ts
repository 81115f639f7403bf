import type { Trail } from './follow-values.js';
import { judgeScriptFile } from './judge-shell.js';
import { noteEvaluated } from './read-condition.js';
import type { Reading, SimpleCommand, Word } from './reading.js';
import { giveUp } from './reading.js';
import { literalOf, literalStart } from './read-word.js';

/** A call of a builtin: the shell reads some of its words once more. */
export interface Case {
  readonly reading: Reading;
  readonly trail: Trail;
  readonly name: string;
  readonly command: SimpleCommand;
  /** The words behind its name. */
  readonly operands: readonly Word[];
  /** Variables that are arrays somewhere in the script. */
  readonly arrays: Set<string>;
  /** Variables whose assignments are arithmetic; `declare -i` adds to them. */
  readonly counting: Set<string>;
}

const DECLARING = ['declare', 'typeset', 'local', 'export', 'readonly'];
/** All their operands are code, or choose code. */
const CODE = ['eval', 'compgen', 'complete', 'compopt', 'bind', 'enable', 'fc', 'mapfile', 'readarray'];

export const BUILTINS: ReadonlyMap<string, (call: Case) => void> = new Map([
  ...DECLARING.map((name) => [name, judgeDeclaring] as const),
  ...CODE.map((name) => [name, judgeCode] as const),
  ['alias', judgeAlias],
  ['trap', judgeTrap],
  ['let', judgeLet],
  ['read', judgeRead],
  ['unset', judgeNames],
  ['unalias', judgeNames],
  ['getopts', judgeGetopts],
  ['printf', judgePrintf],
  ['wait', judgeWait],
  ['test', judgeTest],
  ['[', judgeTest],
  ['source', judgeSource],
  ['.', judgeSource],
  ['set', judgeSet],
  ['shopt', judgeShopt],
]);

export function isDeclaring(name: string): boolean {
  return DECLARING.includes(name);
}

function judgeCode({ reading, operands, name }: Case): void {
  for (const word of operands) noteEvaluated(reading, word, { kind: 'program', by: name });
}

/** An alias changes how all that follows is read. */
function judgeAlias({ reading, command }: Case): void {
  giveUp(reading, 'an alias changes how the shell reads what follows', command.start);
}

function judgeShopt({ reading, operands, command }: Case): void {
  if (operands.some((word) => literalOf(word) === 'expand_aliases')) giveUp(reading, 'aliases change how the shell reads what follows', command.start);
}

function judgeTrap({ reading, operands, name }: Case): void {
  const action = operands.find((word) => !/^-[-lp]/.test(literalStart(word)));
  if (action !== undefined) noteEvaluated(reading, action, { kind: 'program', by: name });
}

function judgeLet({ reading, operands }: Case): void {
  for (const word of operands) noteEvaluated(reading, word, { kind: 'arithmetic', by: 'let' });
}

function judgeNames({ reading, operands, name }: Case): void {
  for (const word of operands) noteEvaluated(reading, word, { kind: 'name', by: name });
}

function judgeGetopts({ reading, operands, name }: Case): void {
  if (operands[1] !== undefined) noteEvaluated(reading, operands[1], { kind: 'name', by: name });
}

/** `export NAME={{ x }}` is an assignment; with `-a`, `-i` and `-n` bash reads the text once more. */
function judgeDeclaring({ reading, trail, name, operands, arrays, counting }: Case): void {
  const flags = operands.map(literalStart).filter((text) => /^[-+]/.test(text)).join('');
  for (const word of operands) {
    const target = /^([A-Za-z_][A-Za-z0-9_]*)\+?=/.exec(literalStart(word))?.[1];
    if (target === undefined) noteEvaluated(reading, word, { kind: 'name', by: name });
    if (/[in]/.test(flags)) counting.add(target ?? literalOf(word) ?? '');
    if (target === undefined || trail.valueIn(word) === undefined) continue;
    const isList = /^[^=]*=\(/.test(reading.text.slice(word.start, word.end));
    const reread = /[aAfF]/.test(flags) || arrays.has(target);
    if (reread && !isList) reading.code.push({ start: word.start, end: word.end, kind: 'name', by: `${name} of an array` });
  }
}

/** The names behind the options; `-p text` and its like take a word that is no name. */
function judgeRead({ reading, operands, name }: Case): void {
  let takes = false;
  for (const word of operands) {
    const start = literalStart(word);
    if (!takes && !/^-[A-Za-z]*[dinNptu]./.test(`${start} `.trimEnd())) noteName(reading, word, name);
    takes = !takes && /^-[A-Za-z]*[dinNptu]$/.test(start) && (literalOf(word) !== undefined);
  }
}

function noteName(reading: Reading, word: Word, by: string): void {
  noteEvaluated(reading, word, { kind: 'name', by });
}

/** `printf -v name`; and a format that is a value could begin with `-v`. */
function judgePrintf({ reading, operands, trail }: Case): void {
  const [first, second] = operands;
  if (first === undefined) return;
  const start = literalStart(first);
  if (start.startsWith('-v')) { noteName(reading, (literalOf(first) === '-v' ? second : undefined) ?? first, 'printf -v'); return; }
  if ((start === '' || start === '-') && trail.valueIn(first) !== undefined) noteName(reading, first, 'printf, whose first word could be `-v`');
}

/** `wait -p name`: only what can be no option passes. */
function judgeWait({ reading, operands, name }: Case): void {
  const ended = operands.findIndex((word) => literalOf(word) === '--');
  for (const word of ended === -1 ? operands : operands.slice(0, ended)) noteName(reading, word, name);
}

/** `test -v name`; and of two values side by side the first could be `-v`. */
function judgeTest({ reading, operands, name, trail }: Case): void {
  for (const [index, word] of operands.entries()) {
    const before = operands[index - 1];
    const operator = literalOf(before);
    const isValue = trail.valueIn(word) !== undefined;
    if (operator === '-v' || operator === '-R') noteName(reading, word, `${name} ${operator}`);
    else if (isValue && splits(word)) noteName(reading, word, `${name}, where an unquoted value could be \`-v\` and a name`);
    else if (isValue && before !== undefined && trail.valueIn(before) !== undefined) noteName(reading, word, `${name} behind a value that could be \`-v\``);
  }
}

/** One value may become several words. */
function splits(word: Word): boolean {
  return word.pieces.some((piece) => (piece.kind === 'variable' || piece.kind === 'unknown') && (!piece.quoted || (piece.kind === 'variable' && piece.all)));
}

function judgeSource({ reading, operands, name, command }: Case): void {
  if (operands[0] !== undefined) judgeScriptFile(reading, command, { file: operands[0], by: name });
}

/** Options that change how text is read make everything doubtful; a value may be none of them. */
function judgeSet({ reading, operands, name, trail, command }: Case): void {
  const ended = operands.findIndex((word) => /^--?$/.test(literalOf(word) ?? ''));
  for (const word of ended === -1 ? operands : operands.slice(0, ended)) {
    if (trail.valueIn(word) !== undefined) noteName(reading, word, name);
    if (/^-[A-Za-z]*[Hk]|^(?:histexpand|keyword|posix)$/.test(literalOf(word) ?? '')) giveUp(reading, '`set` changes how the shell reads what follows', command.start);
  }
}
