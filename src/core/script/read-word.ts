import { giveUp, HOLE, lookingAt, match, peek, placeValue, readNested } from './reading.js';
import type { Piece, Reading, Word } from './reading.js';
import { readBackticks, readDollar, readDoubleQuotes, readSingleQuotes, readSubstitution, refuseAfterBackslash } from './read-expansion.js';

/** One word, up to the first blank or operator; the cursor does not move where none stands. */
export function readWord(reading: Reading, before: readonly Piece[] = []): Word {
  const start = reading.at;
  const pieces: Piece[] = [...before];
  while (readPiece(reading, pieces));
  return { start, end: reading.at, pieces };
}

/** Steps over blanks and joined lines. */
export function skipBlanks(reading: Reading): void {
  reading.at += match(reading, /(?:[ \t]|\\\n)+/y).length;
}

/** At a `#` where a word could start: a comment up to the end of the line. Values in it are dropped. */
export function skipComment(reading: Reading): void {
  if (peek(reading) !== '#') return;
  const text = match(reading, /[^\n]*/y);
  for (let at = text.indexOf(HOLE); at !== -1; at = text.indexOf(HOLE, at + 1)) reading.places.set(reading.at + at, 'comment');
  reading.at += text.length;
}

function readPiece(reading: Reading, pieces: Piece[]): boolean {
  const text = match(reading, /[^ \t\n;&|<>()'"\\$`\0?*+@!]+/y);
  if (text !== '') {
    pieces.push({ kind: 'text', text, quoted: false });
    reading.at += text.length;
    return true;
  }
  const next = peek(reading);
  if (next === '' || ' \t\n;&|()'.includes(next)) return false;
  if (next === '<' || next === '>') return readProcessSubstitution(reading, pieces);
  if ('?*+@!'.includes(next)) readPatternCharacter(reading, next, pieces);
  else if (next === "'") readSingleQuotes(reading, pieces);
  else if (next === '"') readDoubleQuotes(reading, pieces);
  else if (next === '\\') readEscape(reading, pieces);
  else if (next === '$') readDollar(reading, pieces, 'word');
  else if (next === '`') readBackticks(reading, pieces);
  else placeValue(reading, 'bare', pieces);
  return true;
}

function readEscape(reading: Reading, pieces: Piece[]): void {
  const next = peek(reading, 1);
  if (next === HOLE) { refuseAfterBackslash(reading); return; }
  if (next === '') { giveUp(reading, 'the text ends with a backslash'); return; }
  if (next !== '\n') pieces.push({ kind: 'text', text: next, quoted: true });
  reading.at += 2;
}

function readProcessSubstitution(reading: Reading, pieces: Piece[]): boolean {
  if (peek(reading, 1) !== '(') return false;
  if (reading.shell === 'sh') {
    giveUp(reading, 'sh has no process substitution');
    return false;
  }
  reading.at += 2;
  readSubstitution(reading);
  pieces.push({ kind: 'unknown', quoted: true });
  return true;
}

/** `?(…)`, `*(…)` and so on: a pattern of bash's where `extglob` is on, and nothing it could run where it is off. */
function readPatternCharacter(reading: Reading, next: string, pieces: Piece[]): void {
  pieces.push({ kind: 'text', text: next, quoted: false });
  reading.at++;
  if (peek(reading) !== '(') return;
  if (reading.shell === 'sh') { giveUp(reading, `sh has no \`${next}(…)\` patterns`); return; }
  reading.at++;
  readNested(reading, () => readPatternList(reading, pieces));
}

function readPatternList(reading: Reading, pieces: Piece[]): void {
  const start = reading.at;
  pieces.push({ kind: 'text', text: '(', quoted: false });
  for (;;) {
    while (readPiece(reading, pieces));
    const next = peek(reading);
    if (next === '|') pieces.push({ kind: 'text', text: next, quoted: false });
    else if (next !== ')') { giveUp(reading, 'it may be a pattern or a subshell', start); return; }
    reading.at++;
    if (next === ')') break;
  }
  pieces.push({ kind: 'text', text: ')', quoted: false });
}

/** What a word says once its quotes are gone, when that is known before it runs. */
export function literalOf(word: Word | undefined): string | undefined {
  if (word === undefined) return undefined;
  let text = '';
  let unquoted = '';
  for (const piece of word.pieces) {
    if (piece.kind !== 'text') return undefined;
    text += piece.text;
    unquoted += piece.quoted ? '' : piece.text;
  }
  return /[*?]|\[[^]*\]/.test(unquoted) && !/^(?:\[\[?|\]\]?)$/.test(text) ? undefined : text;
}

/** The known text at the start of a word. */
export function literalStart(word: Word): string {
  let text = '';
  for (const piece of word.pieces) {
    if (piece.kind !== 'text') break;
    text += piece.text;
  }
  return text;
}

/** The word as it stands, when it is free of quotes: only such words are keywords and operators. */
export function plainText(reading: Reading, word: Word): string | undefined {
  if (word.pieces.some((piece) => piece.kind !== 'text' || piece.quoted)) return undefined;
  return reading.text.slice(word.start, word.end).replaceAll('\\\n', '');
}

/** `{a,b}` and `{1..3}` make several words of one. */
export function hasBraceExpansion(word: Word): boolean {
  const text = word.pieces.map((piece) => (piece.kind === 'text' && !piece.quoted ? piece.text : 'x')).join('');
  return /\{[^]*(?:,|\.\.)[^]*\}/.test(text);
}

export function isBlankOrEnd(reading: Reading): boolean {
  const next = peek(reading);
  return next === '' || ' \t\n;&|<>()'.includes(next) || lookingAt(reading, '\\\n');
}
