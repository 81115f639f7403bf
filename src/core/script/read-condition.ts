import { giveUp, HOLE, match, peek, placeValue } from './reading.js';
import type { CodeStretch, Piece, Reading, Word } from './reading.js';
import { readBackticks, readDollar, readDoubleQuotes, readSingleQuotes, refuseAfterBackslash } from './read-expansion.js';
import { readLineBreak } from './read-here-document.js';
import { isBlankOrEnd, literalOf, readWord, skipBlanks } from './read-word.js';

const ARITHMETIC = new Set(['-eq', '-ne', '-lt', '-le', '-gt', '-ge']);

/** `[[ … ]]`, from behind its opening. */
export function readCondition(reading: Reading): void {
  const start = reading.at;
  const words: (Word | undefined)[] = [];
  for (;;) {
    skipBlanks(reading);
    const next = peek(reading);
    if (next === '' || next === '#') { giveUp(reading, 'a `[[` is not closed before the line ends or a comment starts', start); return; }
    if (next === '\n') readLineBreak(reading);
    else if (literalOf(words.at(-1)) !== '=~' && readOperator(reading)) words.push(undefined);
    else {
      const word = literalOf(words.at(-1)) === '=~' ? readRegex(reading) : readWord(reading);
      if (word.end === word.start) { giveUp(reading, `\`${next}\` stands in \`[[ ]]\``); return; }
      if (literalOf(word) === ']]') break;
      words.push(word);
    }
  }
  for (const index of words.keys()) noteOperator(reading, words, index);
  if (words.some((word) => literalOf(word) === '=~')) reading.flows.push({ target: 'BASH_REMATCH', start, end: reading.at });
}

function readOperator(reading: Reading): boolean {
  const operator = match(reading, /&&|\|\||[()]|[<>](?!\()/y);
  reading.at += operator.length;
  return operator !== '';
}

function noteOperator(reading: Reading, words: readonly (Word | undefined)[], index: number): void {
  const operator = literalOf(words[index]) ?? '';
  if (operator === '-v' || operator === '-R') noteOperand(reading, words[index + 1], { kind: 'name', by: `[[ ${operator} ]]` });
  if (!ARITHMETIC.has(operator)) return;
  const code = { kind: 'arithmetic', by: `[[ ${operator} ]]` } as const;
  noteOperand(reading, words[index - 1], code);
  noteOperand(reading, words[index + 1], code);
}

function noteOperand(reading: Reading, word: Word | undefined, code: { readonly kind: 'arithmetic' | 'name'; readonly by: string }): void {
  if (word !== undefined) noteEvaluated(reading, word, code);
}

/** The word is evaluated: its values become digits, and variables are named in it without a dollar sign. */
export function noteEvaluated(reading: Reading, word: Word, code: Pick<CodeStretch, 'kind' | 'by'>): void {
  if (code.kind === 'arithmetic') for (const piece of word.pieces) if (piece.kind === 'value') reading.integers.add(piece.at);
  reading.code.push({ start: word.start, end: word.end, ...code, names: findNames(word, code.kind) });
}

/** Program text that evaluates a variable by its name: arithmetic, subscripts, indirection. */
const EVALUATING = /\(\(|\[\[|\$\[|\w\[|\b(?:let|eval|declare|typeset|local)\b|printf\s+-v|\$\{!|@P|\$\{\w+:[^-=?+]/;

function findNames(word: Word, kind: CodeStretch['kind']): readonly string[] {
  const text = word.pieces.map((piece) => (piece.kind === 'text' ? piece.text : '\0')).join('');
  if (kind === 'program' && !EVALUATING.test(text)) return [];
  const evaluated = kind === 'name' ? text.slice(text.includes('[') ? text.indexOf('[') : text.length) : text;
  return evaluated.match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? [];
}

/** The word behind `=~`: parentheses and bars belong to it, and inside parentheses blanks do, too. */
function readRegex(reading: Reading): Word {
  const start = reading.at;
  const pieces: Piece[] = [];
  let open = 0;
  for (;;) {
    const next = peek(reading);
    if (next === '(') open++;
    if (next === ')') open--;
    if (open < 0 || next === '' || (open === 0 && next !== ')' && next !== '|' && isBlankOrEnd(reading))) break;
    if (!readRegexPiece(reading, next, pieces)) {
      pieces.push({ kind: 'text', text: next, quoted: false });
      reading.at++;
    }
  }
  if (open > 0) giveUp(reading, 'a parenthesis in a pattern is never closed', start);
  return { start, end: reading.at, pieces };
}

function readRegexPiece(reading: Reading, next: string, pieces: Piece[]): boolean {
  if (next === "'") readSingleQuotes(reading, pieces);
  else if (next === '"') readDoubleQuotes(reading, pieces);
  else if (next === '`') readBackticks(reading, pieces);
  else if (next === HOLE) placeValue(reading, 'bare', pieces);
  else if (next === '\\' && peek(reading, 1) === HOLE) refuseAfterBackslash(reading);
  else if (next === '\\') reading.at += 2;
  else if (next === '$' && /[A-Za-z0-9_{(@*#?!'"$[\0-]/.test(peek(reading, 1))) readDollar(reading, pieces, 'word');
  else return false;
  return true;
}
