import { giveUp, HOLE, lookingAt, match, noteCode, peek, placeValue, readNested, refuse } from './reading.js';
import type { Piece, Reading } from './reading.js';

/** Where a dollar sign stands decides what quotes after it mean. */
type Around = 'word' | 'double' | 'here' | 'arithmetic';

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const SPECIAL = '0123456789@*#?-$!';

/** `'…'`: everything up to the next quote is text. */
export function readSingleQuotes(reading: Reading, pieces: Piece[]): void {
  const start = reading.at;
  reading.at++;
  for (;;) {
    const text = match(reading, /[^'\0]*/y);
    pieces.push({ kind: 'text', text, quoted: true });
    reading.at += text.length;
    const next = peek(reading);
    if (next === HOLE) placeValue(reading, 'single', pieces);
    else if (next === "'") break;
    else { giveUp(reading, 'a single quote is never closed', start); return; }
  }
  reading.at++;
}

/** `"…"`, from its opening to its closing quote. */
export function readDoubleQuotes(reading: Reading, pieces: Piece[]): void {
  const start = reading.at;
  reading.at++;
  pieces.push({ kind: 'text', text: '', quoted: true });
  readQuotedText(reading, pieces, 'double');
  if (peek(reading) === '"') reading.at++;
  else giveUp(reading, 'a double quote is never closed', start);
}

/** The inside of double quotes, or of a here-document's body, where a double quote is a plain character. */
export function readQuotedText(reading: Reading, pieces: Piece[], around: 'double' | 'here'): void {
  const plain = around === 'here' ? /[^\\$`\0]+/y : /[^"\\$`\0]+/y;
  for (;;) {
    const text = match(reading, plain);
    if (text !== '') pieces.push({ kind: 'text', text, quoted: true });
    reading.at += text.length;
    const next = peek(reading);
    if (next === '\\') readQuotedEscape(reading, pieces);
    else if (next === '$') readDollar(reading, pieces, around);
    else if (next === '`') readBackticks(reading, pieces);
    else if (next === HOLE) placeValue(reading, around, pieces);
    else return;
  }
}

function readQuotedEscape(reading: Reading, pieces: Piece[]): void {
  const next = peek(reading, 1);
  if (next === HOLE) { refuseAfterBackslash(reading); return; }
  if (next !== '\n') {
    const text = next !== '' && '$`"\\'.includes(next) ? next : `\\${next}`;
    pieces.push({ kind: 'text', text, quoted: true });
  }
  reading.at += next === '' ? 1 : 2;
}

/** At a backslash with a value behind it: it would take the quote or the dollar sign of the reference. */
export function refuseAfterBackslash(reading: Reading): void {
  refuse(reading, 'TG2106', { start: reading.at + 1, end: reading.at + 2 }, 'a backslash');
  reading.at += 2;
}

/** At a backtick. Their end is the next backtick without a backslash; nothing inside is looked at more closely. */
export function readBackticks(reading: Reading, pieces: Piece[]): void {
  const start = reading.at;
  reading.at++;
  for (;;) {
    reading.at += match(reading, /[^`\\#A-Za-z_]+/y).length;
    const next = peek(reading);
    if (next === '`') break;
    if (next === '') { giveUp(reading, 'a backtick is never closed', start); return; }
    if (next === '#' && /[\s`;&|()]/.test(reading.text[reading.at - 1] ?? '')) {
      giveUp(reading, 'there is a comment inside backticks'); return;
    }
    const name = match(reading, NAME);
    if (name !== '') reading.references.push({ name, at: reading.at });
    reading.at += next === '\\' ? 2 : Math.max(1, name.length);
  }
  reading.at++;
  const stretch = { start, end: reading.at };
  refuse(reading, 'TG2103', stretch, 'backticks');
  noteCode(reading, { ...stretch, kind: 'backticks', by: 'backticks' });
  pieces.push({ kind: 'unknown', quoted: false });
}

/** At a dollar sign: a variable, a substitution, arithmetic, a quoted string, or just a dollar sign. */
export function readDollar(reading: Reading, pieces: Piece[], around: Around): void {
  const quoted = around !== 'word';
  const next = peek(reading, 1);
  if (next === '(') { readParenthesis(reading, pieces, quoted); return; }
  if (next === '{') { readBraces(reading, pieces, quoted); return; }
  if (next === "'" && around === 'word') { readAnsiQuotes(reading, pieces); return; }
  if (next === '"' && around === 'word') { readTranslated(reading, pieces); return; }
  if (next === HOLE) {
    refuse(reading, 'TG2106', { start: reading.at + 1, end: reading.at + 2 }, 'a dollar sign');
    reading.at += 2;
    return;
  }
  if (next === '[') { giveUp(reading, '`$[` is arithmetic in some shells and text in others'); return; }
  if ((next === "'" || next === '"') && around === 'arithmetic') { giveUp(reading, `\`$${next}\` stands in arithmetic`); return; }
  if (next === '\\' && peek(reading, 2) === '\n') { giveUp(reading, 'a line break splits a variable in two'); return; }
  readPlainVariable(reading, pieces, quoted);
}

function readPlainVariable(reading: Reading, pieces: Piece[], quoted: boolean): void {
  const at = reading.at;
  reading.at++;
  const next = peek(reading);
  if (next !== '' && SPECIAL.includes(next)) {
    reading.at++;
    noteVariable(reading, { name: next, at, quoted, all: next === '@' || next === '*' }, pieces); return;
  }
  const name = match(reading, NAME);
  if (name === '') {
    pieces.push({ kind: 'text', text: '$', quoted });
    return;
  }
  reading.at += name.length;
  if (lookingAt(reading, '\\\n')) { giveUp(reading, "a line break splits a variable's name in two"); return; }
  noteVariable(reading, { name, at, quoted, all: false }, pieces);
}

function noteVariable(reading: Reading, variable: Omit<Extract<Piece, { kind: 'variable' }>, 'kind'>, pieces: Piece[]): void {
  reading.references.push({ name: variable.name, at: variable.at });
  pieces.push({ kind: 'variable', ...variable });
}

/** `$'…'`. Its escapes are not worked out: what it says counts as unknown. */
function readAnsiQuotes(reading: Reading, pieces: Piece[]): void {
  const start = reading.at;
  reading.at += 2;
  let escapes = false;
  for (;;) {
    const text = match(reading, /[^'\\\0]+/y);
    pieces.push({ kind: 'text', text, quoted: true });
    reading.at += text.length;
    const next = peek(reading);
    if (next === "'") break;
    if (next === '') { giveUp(reading, "a `$'` is never closed", start); return; }
    if (next === HOLE) placeValue(reading, 'ansi', pieces);
    else if (peek(reading, 1) === HOLE) refuseAfterBackslash(reading);
    else reading.at += 2;
    escapes ||= next === '\\';
  }
  reading.at++;
  if (escapes) pieces.push({ kind: 'hidden', quoted: true });
  // bash 5.2 writes such a list anew, and loses a quote when it reads it again.
  if (escapes && reading.listsInSubstitutions > 0) { giveUp(reading, "bash misreads a list with `$'…'` in a substitution", start); return; }
  if (reading.shell === 'bash') return;
  if (escapes) { giveUp(reading, "`$'…'` is no quoting in every sh", start); return; }
  refuse(reading, 'TG2113', { start, end: reading.at }, "$'…'");
}

/** `$"…"`: the text is looked up in a catalogue of translations first, so that no value belongs into it. */
function readTranslated(reading: Reading, pieces: Piece[]): void {
  const start = reading.at;
  reading.at++;
  readDoubleQuotes(reading, pieces);
  refuse(reading, 'TG2113', { start, end: reading.at }, '$"…"');
  pieces.push({ kind: 'hidden', quoted: true });
}

function readParenthesis(reading: Reading, pieces: Piece[], quoted: boolean): void {
  const start = reading.at;
  pieces.push({ kind: 'unknown', quoted });
  if (peek(reading, 2) === '(') {
    reading.at += 3;
    readNested(reading, () => readArithmetic(reading, '))'));
    noteCode(reading, { start, end: reading.at, kind: 'arithmetic', by: '$(( ))' });
    return;
  }
  reading.at += 2;
  readSubstitution(reading);
}

/** The commands of `$(…)` or `<(…)`, from behind the opening parenthesis to behind the closing one. */
export function readSubstitution(reading: Reading): void {
  const { pending, pendingOutside, inArithmetic } = reading;
  const start = reading.at;
  readNested(reading, () => {
    reading.pendingOutside += pending.length;
    reading.pending = [];
    reading.inArithmetic = false;
    reading.substitutions++;
    reading.readCommands(reading);
    reading.substitutions--;
    if (reading.pending.length > 0) giveUp(reading, 'a here-document starts in a substitution that ends on the same line', start);
  });
  reading.pending = pending;
  reading.pendingOutside = pendingOutside;
  reading.inArithmetic = inArithmetic;
  if (peek(reading) === ')') reading.at++;
  else giveUp(reading, 'a `$(` is never closed', start);
}

/** `${…}`, from the dollar sign to behind the brace. No value may stand in it. */
function readBraces(reading: Reading, pieces: Piece[], quoted: boolean): void {
  const start = reading.at;
  reading.at += 2;
  readNested(reading, () => readBracesInside(reading, start, pieces, quoted));
  if (peek(reading) === '}') reading.at++;
  else giveUp(reading, 'a `${` is never closed', start);
  refuse(reading, 'TG2104', { start, end: reading.at }, '${…}');
}

function readBracesInside(reading: Reading, start: number, pieces: Piece[], quoted: boolean): void {
  const prefix = match(reading, /[!#](?=[A-Za-z0-9_@*#?$!-])/y);
  reading.at += prefix.length;
  const name = match(reading, /[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-]/y);
  if (name === '') { giveUp(reading, '`${` without a name behind it'); return; }
  reading.at += name.length;
  const keys = prefix === '!' && match(reading, /\[[@*]\]|[@*]\}/y) !== '';
  // Lengths and the keys of an array are no text of the variable's.
  if (prefix === '#' || keys) pieces.push({ kind: 'unknown', quoted });
  else noteVariable(reading, { name, at: start, quoted, all: name === '@' || name === '*' || match(reading, /\[[@*]\]/y) !== '' }, pieces);
  if (peek(reading) === '[') readSubscript(reading, quoted);
  if (prefix === '!' && !keys) noteCode(reading, { start, end: reading.at, kind: 'name', by: '${!…}' });
  readBraceOperator(reading, { start, name, quoted });
}

function readBraceOperator(reading: Reading, braces: { start: number; name: string; quoted: boolean }): void {
  if (lookingAt(reading, '@P')) noteCode(reading, { start: braces.start, end: reading.at, kind: 'program', by: '${…@P}' });
  if (peek(reading) === ':' && !'-=?+'.includes(peek(reading, 1) || ' ')) {
    const start = reading.at;
    reading.at++;
    readArithmetic(reading, '}', braces.quoted);
    noteCode(reading, { start, end: reading.at, kind: 'arithmetic', by: '${…:…}' });
    return;
  }
  const start = reading.at;
  const assigns = /^:?=$/.test(match(reading, /:?=/y));
  readBraceText(reading, braces.quoted);
  if (assigns) reading.flows.push({ target: braces.name, start, end: reading.at });
}

/** The word behind the operator of `${x:-word}`, up to the closing brace. */
function readBraceText(reading: Reading, quoted: boolean): void {
  for (;;) {
    reading.at += match(reading, /[^}\\'"$`{<>]+/y).length;
    const next = peek(reading);
    if (next === '}' || next === '') return;
    if (next === '\\') reading.at += 2;
    else if (next === '{') { giveUp(reading, 'a brace stands inside `${…}`'); return; }
    else if (next === "'") readBraceSingleQuotes(reading, quoted);
    else if (next === '"') readBraceDoubleQuotes(reading, quoted);
    else if (next === '`') readBackticks(reading, []);
    else if (next !== '$') readBraceAngle(reading);
    else if (quoted && /['"]/.test(peek(reading, 1))) { giveUp(reading, 'shells differ over `$` and a quote inside `"${…}"`'); return; }
    else readDollar(reading, [], quoted ? 'double' : 'word');
  }
}

function readBraceAngle(reading: Reading): void {
  if (peek(reading, 1) === '(') giveUp(reading, 'a process substitution stands inside `${…}`');
  else reading.at++;
}

/** Shells differ over single quotes in `"${x:-'…'}"`; where both readings end at one place, that is good enough. */
function readBraceSingleQuotes(reading: Reading, quoted: boolean): void {
  if (!quoted) { readSingleQuotes(reading, []); return; }
  const text = match(reading, /'[^'}"$\\`\n\0{]*'/y);
  if (text === '') giveUp(reading, 'shells differ over the single quote inside `"${…}"`');
  reading.at += text.length;
}

function readBraceDoubleQuotes(reading: Reading, quoted: boolean): void {
  const start = reading.at;
  const pieces: Piece[] = [];
  readDoubleQuotes(reading, pieces);
  const doubtful = pieces.some((piece) => piece.kind === 'text' && /[{}']/.test(piece.text));
  if (quoted && doubtful) giveUp(reading, 'shells differ over the double quotes inside `"${…}"`', start);
}

/** `[…]` behind a variable's name. */
export function readSubscript(reading: Reading, quoted: boolean): void {
  const start = reading.at;
  reading.at++;
  readNested(reading, () => readArithmetic(reading, ']', quoted));
  const stretch = { start, end: reading.at };
  refuse(reading, 'TG2105', stretch, 'an array subscript');
  noteCode(reading, { ...stretch, kind: 'arithmetic', by: 'an array subscript' });
}

/** Arithmetic up to and with its closer, but for `}`, which belongs to the braces around. */
export function readArithmetic(reading: Reading, close: '))' | ']' | '}', quoted = false): void {
  const start = reading.at;
  const outer = reading.inArithmetic;
  reading.inArithmetic = true;
  const open = { parentheses: 0, brackets: 0 };
  for (;;) {
    skipArithmeticPlain(reading);
    const next = peek(reading);
    if (next === '') { giveUp(reading, `\`${close}\` is missing`, start); return; }
    if (next === close[0] && open.parentheses === 0 && (close !== ']' || open.brackets === 0)) break;
    if ('()[]'.includes(next)) countBrackets(reading, next, open);
    else if (next === HOLE && open.brackets > 0) {
      refuse(reading, 'TG2105', { start: reading.at, end: reading.at + 1 }, 'an array subscript');
      placeValue(reading, 'double', []);
    } else readArithmeticPiece(reading, next, close === '))' ? undefined : quoted);
  }
  reading.inArithmetic = outer;
  if (close === '))' && !lookingAt(reading, '))')) { giveUp(reading, 'it may be arithmetic or a subshell: write `( (` with a space', start); return; }
  if (close !== '}') reading.at += close.length;
}

/** Steps over operators and numbers, and notes the variables that are named without a dollar sign. */
function skipArithmeticPlain(reading: Reading): void {
  for (;;) {
    reading.at += match(reading, /(?:[0-9][0-9A-Za-z_#@.]*|[^A-Za-z0-9_()[\]{}'"$`\\\0])+/y).length;
    const name = match(reading, NAME);
    if (name === '') return;
    reading.references.push({ name, at: reading.at });
    reading.at += name.length;
    if (peek(reading) !== '' && `\0$"'\\\``.includes(peek(reading))) { giveUp(reading, `what \`${name}\` is joined with makes another variable's name`); return; }
  }
}

function countBrackets(reading: Reading, next: string, open: { parentheses: number; brackets: number }): void {
  if (next === '(') open.parentheses++;
  else if (next === ')') open.parentheses--;
  else if (next === '[') open.brackets++;
  else open.brackets--;
  if (open.parentheses < 0 || open.brackets < 0) { giveUp(reading, 'the brackets in arithmetic do not match'); return; }
  reading.at++;
}

function readArithmeticPiece(reading: Reading, next: string, quoted: boolean | undefined): void {
  const start = reading.at;
  if (next === HOLE) placeValue(reading, 'double', []);
  else if (next === '`') readBackticks(reading, []);
  else if (next === '$') readDollar(reading, [], 'arithmetic');
  else if (next === '"') readArithmeticQuotes(reading);
  else if (next === "'" && quoted !== undefined) {
    readBraceSingleQuotes(reading, quoted);
    noteNames(reading, reading.text.slice(start, reading.at), start);
  } else if (lookingAt(reading, '\\\n')) reading.at += 2;
  else giveUp(reading, `\`${next}\` stands in arithmetic`);
  if ('$"\''.includes(next) && /[A-Za-z_"'$]/.test(peek(reading))) giveUp(reading, 'what is joined here makes the name of a variable', start);
}

/** Quotes hide nothing from arithmetic. */
function readArithmeticQuotes(reading: Reading): void {
  const start = reading.at;
  const pieces: Piece[] = [];
  readDoubleQuotes(reading, pieces);
  noteNames(reading, pieces.map((piece) => (piece.kind === 'text' ? piece.text : '\0')).join(''), start);
}

function noteNames(reading: Reading, text: string, at: number): void {
  for (const [name] of text.matchAll(/[A-Za-z_][A-Za-z0-9_]*/g)) reading.references.push({ name, at });
}
