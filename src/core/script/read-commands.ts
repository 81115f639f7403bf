import { giveUp, HOLE, lookingAt, match, noteCode, peek, readNested, refuse } from './reading.js';
import type { Reading } from './reading.js';
import { readCondition } from './read-condition.js';
import { readArithmetic } from './read-expansion.js';
import { readLineBreak } from './read-here-document.js';
import { readRedirects } from './read-redirect.js';
import { readSimpleCommand } from './read-simple-command.js';
import { literalOf, plainText, readWord, skipBlanks, skipComment } from './read-word.js';

const CLOSING = new Set(['then', 'do', 'done', 'fi', 'elif', 'else', 'esac', '}']);
const BASH_ONLY = new Set(['[[', 'select', 'function', 'coproc']);

/** Reads the whole text, or a substitution up to its closing parenthesis. */
export function readCommands(reading: Reading): void {
  readList(reading, []);
}

/**
 * Commands up to one of the words or a `)` or, in a case, a `;;`, which are left for the caller.
 * It is more patient than a shell (`; ;` passes), and never sees an end that a shell does not see.
 */
function readList(reading: Reading, until: readonly string[]): string {
  for (;;) {
    skipSeparators(reading, until.includes(';;'));
    const next = peek(reading);
    if (next === '' || next === ')') return next;
    if (next === ';') return ';;';
    const keyword = peekKeyword(reading);
    if (until.includes(keyword)) return keyword;
    if (CLOSING.has(keyword)) giveUp(reading, `\`${keyword}\` stands where nothing is open`);
    else readPipeline(reading);
  }
}

function skipSeparators(reading: Reading, inCase: boolean): void {
  for (;;) {
    skipBlanks(reading);
    const next = peek(reading);
    if (next === '\n') readLineBreak(reading);
    else if (next === '#') skipComment(reading);
    else if (inCase && match(reading, /;;&?|;&/y) !== '') return;
    else if (next === ';' || next === '&' && !(reading.shell === 'bash' && lookingAt(reading, '&>'))) reading.at++;
    else return;
  }
}

/** The keyword at the cursor, which the cursor stays before; empty when it is an ordinary word. */
function peekKeyword(reading: Reading): string {
  const raw = match(reading, /[^ \t\n;&|<>()'"\\$`\0]{1,9}/y);
  const behind = peek(reading, raw.length);
  if (/^[a-z]+$/.test(raw) && lookingAt(reading, '\\\n', raw.length) && /[a-z]/.test(peek(reading, raw.length + 2))) giveUp(reading, 'a joined line may make a keyword');
  return behind === '' || ' \t\n;&|<>()\\'.includes(behind) ? raw : '';
}

/** Commands joined by `|`, and by `&&` and `||`: one statement as far as its values are concerned. */
function readPipeline(reading: Reading): void {
  const start = reading.at;
  reading.around.push({ stage: start, stages: 1, errors: false, judged: start });
  for (;;) {
    readCommand(reading);
    skipBlanks(reading);
    const operator = match(reading, /&&|\|\||\|&?/y);
    if (operator === '') break;
    reading.at += operator.length;
    skipLines(reading);
    joinPipeline(reading, operator);
  }
  reading.around.pop();
  if (reading.depth === 0) reading.statements.push({ start, end: reading.at });
}

function joinPipeline(reading: Reading, operator: string): void {
  const last = reading.around.pop();
  const isPipe = operator === '|' || operator === '|&';
  if (isPipe && last !== undefined) reading.around.push(Object.assign(last, { stage: reading.at, stages: last.stages + 1, errors: last.errors || operator === '|&' }));
  else reading.around.push({ stage: reading.at, stages: 1, errors: false, judged: reading.at });
}

function skipLines(reading: Reading): void {
  for (;;) {
    skipBlanks(reading);
    if (peek(reading) === '\n') readLineBreak(reading);
    else if (peek(reading) === '#') skipComment(reading);
    else return;
  }
}

function readCommand(reading: Reading): void {
  if (peek(reading) === '(') { readNested(reading, () => readRound(reading)); return; }
  if (lookingAt(reading, '!(')) { giveUp(reading, '`!(` may be a pattern or a subshell: write `! (`'); return; }
  const keyword = peekKeyword(reading);
  if (reading.shell === 'sh' && BASH_ONLY.has(keyword)) { giveUp(reading, `sh has no \`${keyword}\``); return; }
  if (CLOSING.has(keyword)) { giveUp(reading, `\`${keyword}\` stands where a command is expected`); return; }
  const read = COMPOUND[keyword];
  if (read === undefined) { readPlainCommand(reading); return; }
  if (lookingAt(reading, '\\\n', keyword.length)) { giveUp(reading, 'a keyword is joined with the next line'); return; }
  reading.at += keyword.length;
  readNested(reading, () => read(reading));
}

function readPlainCommand(reading: Reading): void {
  const start = reading.at;
  const found = readSimpleCommand(reading);
  if (found.kind === 'function') readNested(reading, () => readFunctionBody(reading, found.name, start));
}

const COMPOUND: Readonly<Record<string, ((reading: Reading) => void) | undefined>> = Object.assign(Object.create(null), {
  'if': readIf,
  'while': readLoop,
  'until': readLoop,
  'for': readFor,
  'select': readSelect,
  'case': readCase,
  '{': (reading: Reading) => { expectList(reading, ['}']); endCompound(reading); },
  '[[': (reading: Reading) => { readCondition(reading); endCompound(reading); },
  'function': readFunction,
  '!': readNext,
  'time': readTime,
  'coproc': readCoprocess,
}) as Record<string, ((reading: Reading) => void) | undefined>;

/** Reads a list and steps over the word that ends it. */
function expectList(reading: Reading, until: readonly string[]): string {
  const found = readList(reading, until);
  if (!until.includes(found)) giveUp(reading, `\`${until.join('` or `')}\` is missing`);
  else reading.at += found.length;
  return found;
}

/** Behind a compound command only redirections may follow. */
function endCompound(reading: Reading): void {
  const start = reading.at;
  const { strings, documents } = readRedirects(reading);
  if (strings.length + documents.length > 0) {
    reading.commands.push({ start, end: reading.at, words: [], inputs: strings, hereDocuments: documents, piped: [] });
  }
  skipBlanks(reading);
  if (peek(reading) === '#') { skipComment(reading); return; }
  if (' \n;&|)'.includes(peek(reading) || ' ') || CLOSING.has(peekKeyword(reading))) return;
  giveUp(reading, 'something stands behind the end of a command');
}

function readRound(reading: Reading): void {
  const start = reading.at;
  if (!lookingAt(reading, '((')) {
    reading.at++;
    readList(reading, []);
    if (peek(reading) !== ')') { giveUp(reading, 'a parenthesis is never closed', start); return; }
    reading.at++;
    endCompound(reading); return;
  }
  if (reading.shell === 'sh') { giveUp(reading, 'sh has no `(( ))`; two subshells are written `( (`'); return; }
  readArithmeticCommand(reading, '(( ))');
  endCompound(reading);
}

function readArithmeticCommand(reading: Reading, by: string): void {
  const start = reading.at;
  reading.at += 2;
  readArithmetic(reading, '))');
  noteCode(reading, { start, end: reading.at, kind: 'arithmetic', by });
}

function readIf(reading: Reading): void {
  let found: string;
  do {
    expectList(reading, ['then']);
    found = expectList(reading, ['elif', 'else', 'fi']);
  } while (found === 'elif');
  if (found === 'else') expectList(reading, ['fi']);
  endCompound(reading);
}

function readLoop(reading: Reading): void {
  const start = reading.at;
  expectList(reading, ['do']);
  expectList(reading, ['done']);
  reading.loops.push({ start, end: reading.at });
  endCompound(reading);
}

function readFor(reading: Reading): void {
  const start = reading.at;
  skipBlanks(reading);
  if (lookingAt(reading, '((')) {
    if (reading.shell === 'sh') { giveUp(reading, 'sh has no `for ((`'); return; }
    readArithmeticCommand(reading, 'for (( ))');
  } else {
    readForWords(reading);
  }
  reading.at += match(reading, /[ \t]*;?/y).length;
  skipLines(reading);
  const body = peekKeyword(reading);
  if (body !== 'do') { giveUp(reading, '`do` is missing'); return; }
  reading.at += body.length;
  expectList(reading, ['done']);
  reading.loops.push({ start, end: reading.at });
  endCompound(reading);
}

function readSelect(reading: Reading): void {
  const start = reading.at;
  readFor(reading);
  reading.flows.push({ target: 'REPLY', start, end: reading.at });
}

function readForWords(reading: Reading): void {
  const variable = readWord(reading);
  if (reading.text.slice(variable.start, variable.end).includes(HOLE)) refuse(reading, 'TG2108', variable, 'for');
  const name = plainText(reading, variable);
  if (name === undefined || name === '') { giveUp(reading, 'a loop needs the name of a variable', variable.start); return; }
  skipLines(reading);
  const start = reading.at;
  if (peekKeyword(reading) !== 'in') {
    reading.references.push({ name: '@', at: start });
    reading.flows.push({ target: name, start, end: start + 1 });
    return;
  }
  reading.at += 2;
  do skipBlanks(reading);
  while (readWord(reading).pieces.length > 0);
  skipComment(reading);
  reading.flows.push({ target: name, start, end: reading.at });
}

function readCase(reading: Reading): void {
  const start = reading.at;
  skipBlanks(reading);
  readWord(reading);
  skipLines(reading);
  if (peekKeyword(reading) !== 'in') { giveUp(reading, '`case` without `in`', start); return; }
  reading.at += 2;
  for (;;) {
    skipLines(reading);
    if (peekKeyword(reading) === 'esac') break;
    if (!readClause(reading)) { giveUp(reading, '`esac` is missing', start); return; }
  }
  reading.at += 4;
  endCompound(reading);
}

/** `pattern | pattern) commands ;;`, false at the end of the text. */
function readClause(reading: Reading): boolean {
  if (peek(reading) === '(') reading.at++;
  for (;;) {
    skipBlanks(reading);
    if (readWord(reading).pieces.length === 0) return false;
    skipBlanks(reading);
    if (peek(reading) !== '|') break;
    reading.at++;
  }
  if (peek(reading) !== ')') return false;
  reading.at++;
  const found = readList(reading, [';;', 'esac']);
  if (found === ';;') reading.at += match(reading, /;;&?|;&/y).length;
  return found === ';;' || found === 'esac';
}

/** `function name [()]` and its body. */
function readFunction(reading: Reading): void {
  const start = reading.at;
  skipBlanks(reading);
  const name = literalOf(readWord(reading));
  if (name === undefined || name === '') { giveUp(reading, "a function's name cannot be read", start); return; }
  skipBlanks(reading);
  reading.at += match(reading, /\([ \t]*\)/y).length;
  readFunctionBody(reading, name, start);
}

function readFunctionBody(reading: Reading, name: string, start: number): void {
  skipLines(reading);
  const keyword = peekKeyword(reading);
  if (peek(reading) !== '(' && !['{', 'if', 'while', 'until', 'for', 'case', 'select', '[['].includes(keyword)) { giveUp(reading, 'a function has no body'); return; }
  readCommand(reading);
  const definitions = reading.functions.get(name);
  if (definitions === undefined) reading.functions.set(name, [{ start, end: reading.at }]);
  else definitions.push({ start, end: reading.at });
}

function readNext(reading: Reading): void {
  skipBlanks(reading);
  readCommand(reading);
}

function readTime(reading: Reading): void {
  reading.at += match(reading, /(?:[ \t]+-p(?=[ \t]))?(?:[ \t]+--(?=[ \t]))?/y).length;
  skipBlanks(reading);
  if (!'\n;&|)'.includes(peek(reading) || '\n')) readCommand(reading);
}

/** `coproc NAME command` and `coproc command` look alike; only the plain case of braces is read. */
function readCoprocess(reading: Reading): void {
  skipBlanks(reading);
  reading.at += match(reading, /[A-Za-z_][A-Za-z0-9_]*[ \t]+(?=[({][ \t\n])/y).length;
  if (peek(reading) === '(' || peekKeyword(reading) === '{') readCommand(reading);
  else giveUp(reading, 'a `coproc` is read only in the form `coproc NAME { …; }`');
}
