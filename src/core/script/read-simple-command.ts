import { giveUp, match, peek, readNested } from './reading.js';
import type { Piece, Reading, Word } from './reading.js';
import { readSubscript } from './read-expansion.js';
import { readLineBreak } from './read-here-document.js';
import { readRedirect } from './read-redirect.js';
import type { Inputs } from './read-redirect.js';
import { literalOf, literalStart, readWord, skipBlanks, skipComment } from './read-word.js';

const DECLARING = new Set(['declare', 'typeset', 'local', 'export', 'readonly']);
const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)\+?=/;

/** What `readSimpleCommand` found: a command, or the head of a function definition. */
export type SimpleReading = { readonly kind: 'command' } | { readonly kind: 'function'; readonly name: string };

interface Draft {
  readonly start: number;
  readonly words: Word[];
  readonly inputs: Inputs;
  assigned: boolean;
}

/** Assignments, words and redirections up to the next operator. */
export function readSimpleCommand(reading: Reading): SimpleReading {
  const draft: Draft = { start: reading.at, words: [], inputs: { strings: [], documents: [] }, assigned: false };
  for (;;) {
    skipBlanks(reading);
    const next = peek(reading);
    if (next === '(') return readFunctionHead(reading, draft);
    if (next === '' || next === '\n' || next === '#' || ((';|)'.includes(next) || next === '&') && !startsRedirect(reading))) break;
    if (!readElement(reading, draft)) break;
  }
  if (draft.words.length > 0 || draft.inputs.strings.length > 0 || draft.inputs.documents.length > 0) {
    const piped = reading.around.flatMap((pipeline) => (pipeline.stages > 1 ? [{ pipeline, until: pipeline.stage }] : []));
    reading.commands.push({ start: draft.start, end: reading.at, words: draft.words, inputs: draft.inputs.strings, hereDocuments: draft.inputs.documents, piped });
  } else if (!draft.assigned && reading.at === draft.start) {
    giveUp(reading, 'there is no command here');
  }
  skipComment(reading);
  return { kind: 'command' };
}

function startsRedirect(reading: Reading): boolean {
  return reading.shell === 'bash' && match(reading, /&>/y) !== '';
}

/** One redirection, assignment or word; false when there is nothing that could be one. */
function readElement(reading: Reading, draft: Draft): boolean {
  const start = reading.at;
  if (readRedirect(reading, draft.inputs)) {
    draft.assigned = true;
    return true;
  }
  if (reading.trouble !== undefined) return false;
  if (draft.words.length === 0 && readAssignment(reading)) {
    draft.assigned = true;
    return true;
  }
  const word = readWord(reading);
  if (word.end === start) return false;
  if (!isDescriptor(reading, word)) addWord(reading, draft, word);
  return true;
}

/** `2>` and `{fd}>`: the word belongs to the redirection. */
function isDescriptor(reading: Reading, word: Word): boolean {
  return '<>'.includes(peek(reading) || ' ') && /^(?:[0-9]+|\{[A-Za-z_][A-Za-z0-9_]*\})$/.test(reading.text.slice(word.start, word.end));
}

function addWord(reading: Reading, draft: Draft, word: Word): void {
  const name = ASSIGNMENT.exec(literalStart(word))?.[1];
  const first = literalOf(draft.words[0]);
  if (first === undefined || name === undefined) {
    draft.words.push(word);
    return;
  }
  const isList = peek(reading) === '(' && reading.text[reading.at - 1] === '=';
  const list = isList ? readList(reading) : undefined;
  draft.words.push(isList ? { ...word, end: reading.at, pieces: [...word.pieces, { kind: 'unknown', quoted: false }] } : word);
  if (DECLARING.has(first) || first === 'command' || first === 'builtin') {
    reading.flows.push({ target: name, start: word.start, end: reading.at, ...(list && { list }) });
  }
}

/** `name=…`, `name+=…`, `name[…]=…` and `name=(…)` in front of a command. */
function readAssignment(reading: Reading): boolean {
  const head = match(reading, /[A-Za-z_][A-Za-z0-9_]*(?=\[|\+?=|(?:\\\n)+)/y);
  if (head === '') return false;
  const start = reading.at;
  const rest = reading.text[start + head.length];
  if (rest === '\\') return splitAssignment(reading, head);
  if (rest === '[') return readElementAssignment(reading, head);
  reading.at += head.length + match(reading, /\+?=/y, head.length).length;
  readAssigned(reading, head);
  return true;
}

/** A joined line inside a name: give up where it would be an assignment, and leave plain words alone. */
function splitAssignment(reading: Reading, head: string): boolean {
  const rest = match(reading, /(?:[A-Za-z0-9_]|\\\n)*[=+[]/y, head.length);
  if (rest !== '') giveUp(reading, "a line break splits a variable's name in two");
  return rest !== '';
}

function readElementAssignment(reading: Reading, head: string): boolean {
  const start = reading.at;
  if (reading.shell === 'sh') {
    giveUp(reading, 'sh has no arrays');
    return true;
  }
  reading.at += head.length;
  readSubscript(reading, false);
  const operator = match(reading, /\+?=/y);
  if (operator === '') {
    giveUp(reading, `\`${head}[\` is no assignment`, start);
    return true;
  }
  reading.at += operator.length;
  readAssigned(reading, head);
  return true;
}

function readAssigned(reading: Reading, target: string): void {
  const start = reading.at;
  const isElement = reading.text.slice(start - 3, start).includes(']');
  const word = peek(reading) === '(' ? undefined : readWord(reading);
  const list = word === undefined ? readList(reading) : isElement ? [word] : undefined;
  reading.flows.push({ target, start, end: reading.at, ...(list && { list }) });
}

/** The list of an array, from one parenthesis to the other. */
function readList(reading: Reading): readonly Word[] {
  const start = reading.at;
  const words: Word[] = [];
  if (reading.shell === 'sh') giveUp(reading, 'sh has no arrays');
  reading.at++;
  const inside = reading.substitutions > 0 ? 1 : 0;
  reading.listsInSubstitutions += inside;
  readNested(reading, () => {
    while (readListElement(reading, words));
  });
  reading.listsInSubstitutions -= inside;
  if (peek(reading) === ')') reading.at++;
  else giveUp(reading, 'the list of an array is never closed', start);
  return words;
}

function readListElement(reading: Reading, words: Word[]): boolean {
  skipBlanks(reading);
  skipComment(reading);
  if (peek(reading) === '\n') {
    if (reading.pending.length > 0) giveUp(reading, 'a line ends in the list of an array while a here-document has not begun');
    else readLineBreak(reading);
    return true;
  }
  const before: Piece[] = [];
  const start = reading.at;
  if (peek(reading) === '[') {
    readSubscript(reading, false);
    before.push({ kind: 'unknown', quoted: false });
  }
  words.push(readWord(reading, before));
  return reading.at > start;
}

/** `name ()`: a function, when a single plain word stands before it. */
function readFunctionHead(reading: Reading, draft: Draft): SimpleReading {
  const name = literalOf(draft.words[0]);
  const parentheses = match(reading, /\([ \t]*\)/y);
  if (name === undefined || draft.words.length !== 1 || draft.assigned || parentheses === '') {
    giveUp(reading, 'a parenthesis stands where none can be read');
    return { kind: 'command' };
  }
  reading.at += parentheses.length;
  return { kind: 'function', name };
}
