import type { Span } from '../../diagnostic/diagnostic.js';
import { createProblemList, type ProblemList } from './problem-list.js';
import type { ScalarNode } from './source-node.js';

/** Where the scanner is in the grammar; `finished` when there is no point in going on. */
export type ScanState = 'stream' | 'line' | 'block' | 'document' | 'flow' | 'finished';

/** A stretch of the file that the parser must not see as it is, and what it sees in its place. */
export interface Mask {
  readonly span: Span;
  /** `text`: some quoted text of that length; `blank`: white space; `spaces`: the same without line breaks; `comma`: a comma and white space; `comment`: whole lines as one comment; `joined`: an empty line and a character as one comment; `gap`: a single one. */
  readonly as: 'text' | 'blank' | 'spaces' | 'comma' | 'comment' | 'joined' | 'gap';
}

/** A bracket that is open. */
export interface FlowFrame {
  readonly isMap: boolean;
  readonly start: number;
  /** Levels below this one: in the items that are complete, and in the one being read. */
  height: number;
  itemHeight: number;
  colons: number;
  isExplicit: boolean;
  /** The last thing was a key or value, so that a comma or colon is due. */
  afterNode: boolean;
  /** Nothing but the bracket or a comma so far. */
  isItemEmpty: boolean;
}

/** A block list or map that is open, by where its items or keys start. */
export interface Column {
  readonly at: number;
  readonly isList: boolean;
  /** The last key was written with a `?`, so that a line may start with its colon. */
  awaitsColon: boolean;
}

/** What the scanner knows while it walks over a file once, from its start to its end. */
export interface Scan {
  readonly text: string;
  /** Where the part ends that the parser sees. */
  end: number;
  pos: number;
  readonly problems: ProblemList;
  readonly masks: Mask[];
  readonly meant: Map<number, ScalarNode>;
  readonly anchors: Set<string>;
  /** A line that cannot be made sense of is masked, so that what is left is not the whole file. */
  incomplete: boolean;
  /** Limits are broken: the parser must not see the file at all. */
  refused: boolean;
  keys: number;
  items: number;
  deepest: number;
  merges: number;
  documents: number;
  /** The document at hand has more than comments. */
  hasContent: boolean;

  /** Indentation that the next line of the scalar at hand needs at least. */
  indentNext: number;
  /** The same before the line at hand, and before the empty line above it: what is hidden has no say in it. */
  indentBefore: number;
  indentAbove: number | undefined;
  indentValue: number;
  /** In a flow collection, a colon may follow without a space. */
  flowKey: boolean;
  readonly frames: FlowFrame[];

  /** The open block collections, outermost first, and those that the line at hand has ended. */
  readonly columns: Column[];
  closed: readonly Column[];
  /** The column of the first thing on the line that is no indicator. */
  indent: number;
  atIndicators: boolean;
  atLineStart: boolean;
  /** The last node on the line, and the column of its line part. */
  nodeStart: number;
  nodeEnd: number;
  nodeIndent: number;
  nodeHeight: number;
  /** The key of the line, once its colon is passed. */
  keySpan: Span | undefined;
  /** The line before ended in a key or dash without a value. */
  expectsBlock: boolean;
  /** Anchors and tags since the last node. */
  properties: number;
  /** What was last looked for: where the line of an offset ends. */
  lineFrom: number;
  lineEnd: number;
}

export function createScan(text: string): Scan {
  return {
    text,
    end: text.length,
    pos: 0,
    problems: createProblemList(),
    masks: [],
    meant: new Map(),
    anchors: new Set(),
    incomplete: false,
    refused: false,
    keys: 0,
    items: 0,
    deepest: 0,
    merges: 0,
    documents: 0,
    hasContent: false,
    indentNext: 0,
    indentBefore: 0,
    indentAbove: undefined,
    indentValue: 0,
    flowKey: false,
    frames: [],
    columns: [],
    closed: [],
    indent: 0,
    atIndicators: true,
    atLineStart: true,
    nodeStart: -1,
    nodeEnd: -1,
    nodeIndent: 0,
    nodeHeight: 0,
    keySpan: undefined,
    expectsBlock: false,
    properties: 0,
    lineFrom: 0,
    lineEnd: -1,
  };
}

export const code = {
  tab: 9,
  newline: 10,
  carriageReturn: 13,
  space: 32,
  exclamation: 33,
  doubleQuote: 34,
  hash: 35,
  percent: 37,
  ampersand: 38,
  singleQuote: 39,
  asterisk: 42,
  plus: 43,
  comma: 44,
  dash: 45,
  dot: 46,
  colon: 58,
  greater: 62,
  question: 63,
  at: 64,
  openSquare: 91,
  backslash: 92,
  closeSquare: 93,
  backtick: 96,
  openCurly: 123,
  bar: 124,
  closeCurly: 125,
} as const;

/** What stands behind the last character. */
export const endOfText = -1;

/** White space, the end of a line or of the file. */
export function isGap(char: number): boolean {
  return char <= code.space && (char === code.space || char === code.newline || char === code.tab || char === code.carriageReturn || char === endOfText);
}

export function isBlank(char: number): boolean {
  return char === code.space || char === code.tab;
}

export function isFlowIndicator(char: number): boolean {
  return char === code.comma || char === code.openSquare || char === code.closeSquare || char === code.openCurly || char === code.closeCurly;
}

/** The character at an offset, `endOfText` behind the part that counts. */
export function charAt(scan: Scan, at: number): number {
  return at < scan.end ? scan.text.charCodeAt(at) : endOfText;
}

/** Whether a line ends here. */
export function isLineEnd(scan: Scan, at: number): boolean {
  const char = charAt(scan, at);
  return char === code.newline || char === endOfText || (char === code.carriageReturn && charAt(scan, at + 1) === code.newline);
}

export function skipSpaces(scan: Scan, from: number): number {
  let at = from;
  while (charAt(scan, at) === code.space) at++;
  return at;
}

export function skipBlanks(scan: Scan, from: number): number {
  let at = from;
  while (isBlank(charAt(scan, at))) at++;
  return at;
}

/** Where the line of `from` ends: at its line break, or at the end of the file. */
export function findLineEnd(scan: Scan, from: number): number {
  if (from < scan.lineFrom || from > scan.lineEnd || scan.lineEnd > scan.end) {
    const at = scan.text.indexOf('\n', from);
    scan.lineFrom = from;
    scan.lineEnd = at === -1 || at > scan.end ? scan.end : at;
  }
  return scan.lineEnd;
}

/** The same without the carriage return. */
export function findTextEnd(scan: Scan, from: number): number {
  const end = findLineEnd(scan, from);
  return end > from && scan.text.charCodeAt(end - 1) === code.carriageReturn ? end - 1 : end;
}

export function findLineStart(scan: Scan, at: number): number {
  return at === 0 ? 0 : scan.text.lastIndexOf('\n', at - 1) + 1;
}

/** Fewer empty lines and comments than this are left to the parser. */
const shortGap = 16;

/** The parser keeps a token for every empty line and comment: a long stretch of them, from line start to line start, becomes one. */
export function hideGap(scan: Scan, start: number, end: number): boolean {
  if (end - start <= shortGap || scan.text[end - 1] !== '\n') return false;
  scan.masks.push({ span: [start, end - 1], as: 'gap' });
  return true;
}

/** The text that the parser gets to see: as long as the file up to its end, with masks over what it must not see. */
export function maskText(scan: Scan): string {
  if (scan.masks.length === 0) return scan.end === scan.text.length ? scan.text : scan.text.slice(0, scan.end);
  const parts: string[] = [];
  let at = 0;
  for (const { span, as } of [...scan.masks].sort(inOrder)) {
    const from = Math.max(span[0], at);
    if (from >= span[1]) continue;
    parts.push(scan.text.slice(at, from), fill(scan.text.slice(from, span[1]), as));
    at = span[1];
  }
  parts.push(scan.text.slice(at, scan.end));
  return parts.join('');
}

/** Lines as one comment, with the end of the last one where it was. */
function hideLine(text: string): string {
  const end = /\r?\n$/.exec(text)?.[0] ?? '';
  const length = text.length - end.length;
  return (length > 1 ? ' #' : '#'.slice(1 - length)).padEnd(length) + end;
}

/** Of masks that start together, a comma comes first and then the longest. */
function inOrder(a: Mask, b: Mask): number {
  return a.span[0] - b.span[0] || Number(b.as === 'comma') - Number(a.as === 'comma') || b.span[1] - a.span[1];
}

function fill(text: string, as: Mask['as']): string {
  switch (as) {
    case 'text':
      return text.length === 1 ? 'x' : `'${'x'.repeat(text.length - 2)}'`;
    case 'blank':
      return text.replace(/[^\r\n]/g, ' ');
    case 'spaces':
      return ' '.repeat(text.length);
    case 'comment':
      return hideLine(text);
    case 'joined':
      return ' #'.slice(-text.length);
    case 'gap':
      return '#'.padEnd(text.length);
    case 'comma':
      return ','.padEnd(text.length);
  }
}
