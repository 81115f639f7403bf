import type { Span, TextEdit } from '../../diagnostic/diagnostic.js';
import { missingComma } from './flow-problems.js';
import { hideShallowLine } from './block-text.js';
import { hideDeepKey, hideDeepTabs, hideKeyWithoutColon, reportTabLines } from './line-traps.js';
import { charAt, code, findLineEnd, findTextEnd, hideGap, isBlank, isFlowIndicator, isGap, isLineEnd, skipBlanks, skipSpaces, type FlowFrame, type Scan } from './scan.js';
import { finishItem } from './scan-depth.js';
import { readValue } from './scalar-pieces.js';
import { findRegion } from './scan-regions.js';
import { hideText, passNode, springAfterNode, springBracket, springColon } from './value-traps.js';

/** Whether the line that starts here goes on with the scalar at hand: then where its text starts, else -1. */
function continueScalar(scan: Scan, lineStart: number): number {
  if (scan.indentNext > 0) {
    const content = skipSpaces(scan, lineStart);
    return content - lineStart >= scan.indentNext || isLineEnd(scan, content) ? content : -1;
  }
  return isDocumentMarker(scan, lineStart) ? -1 : lineStart;
}

/** `---` or `...` at the start of a line. */
export function isDocumentMarker(scan: Scan, at: number): boolean {
  const char = charAt(scan, at);
  if (char !== code.dash && char !== code.dot) return false;
  return charAt(scan, at + 1) === char && charAt(scan, at + 2) === char && isGap(charAt(scan, at + 3));
}

/** Unquoted text outside brackets, over as many lines as it has. */
export function scanPlain(scan: Scan): void {
  const start = scan.pos;
  let end = start;
  let lineStart = -1;
  for (let at = start; at < scan.end; at++) {
    const char = scan.text.charCodeAt(at);
    if (char === code.colon && isGap(charAt(scan, at + 1))) {
      if (lineStart === -1) {
        if (scan.keySpan === undefined) break;
        springColon(scan, start);
        return;
      }
      if (scan.keySpan === undefined) {
        hideKeyWithoutColon(scan, start);
        return;
      }
      passNode(scan, start, end);
      if (charAt(scan, skipSpaces(scan, lineStart)) === code.tab) hideDeepTabs(scan, lineStart);
      else hideDeepKey(scan, lineStart);
      return;
    }
    if (char === code.newline) {
      if (charAt(scan, at + 1) === code.hash) break;
      const content = continueScalar(scan, at + 1);
      if (content === -1) break;
      lineStart = at + 1;
      at = Math.max(at, content - 2);
    } else if (isBlank(char) || (char === code.carriageReturn && charAt(scan, at + 1) === code.newline)) {
      if (charAt(scan, at + 1) === code.hash) break;
    } else {
      end = at + 1;
    }
  }
  passNode(scan, start, Math.max(end, start + 1));
}

/** Unquoted text between brackets. */
export function scanFlowPlain(scan: Scan): void {
  const start = scan.pos;
  const frame = scan.frames.at(-1);
  let end = start;
  let endBefore = -1;
  for (let at = start; at < scan.end; at++) {
    const char = scan.text.charCodeAt(at);
    if (isFlowIndicator(char)) {
      const opens = char === code.openCurly || char === code.openSquare;
      if (opens && (end === at || charAt(scan, at + 1) === code.openCurly) && end > start && findLineEnd(scan, start) >= at) {
        scan.pos = at;
        springBracket(scan, start);
        return;
      }
      break;
    }
    if (char === code.colon && (isGap(charAt(scan, at + 1)) || isFlowIndicator(charAt(scan, at + 1)))) {
      if (frame === undefined || frame.colons === 0) break;
      if (endBefore === -1) endBefore = findItemEnd(scan.text.slice(start, at), start);
      if (endBefore === -1) springColon(scan, start);
      else putComma(scan, frame, [start, endBefore]);
      return;
    }
    if (char === code.newline) {
      if (charAt(scan, at + 1) === code.hash || isFlowIndicator(charAt(scan, at + 1))) break;
      const content = continueScalar(scan, at + 1);
      if (content === -1) break;
      endBefore = end;
      at = Math.max(at, content - 2);
    } else if (isBlank(char) || (char === code.carriageReturn && charAt(scan, at + 1) === code.newline)) {
      if (charAt(scan, at + 1) === code.hash) break;
    } else {
      end = at + 1;
    }
  }
  passNode(scan, start, Math.max(end, start + 1));
  scan.flowKey = false;
}

/** `1 b` before a colon is a value and the next key; `Note` is text with a colon. */
function findItemEnd(written: string, start: number): number {
  const value = /^(\S+)\s+[A-Za-z_][\w-]*$/.exec(written)?.[1];
  return value === undefined ? -1 : start + value.length;
}

/** An entry that starts on a new line without a comma before it. */
function putComma(scan: Scan, frame: FlowFrame, [start, end]: Span): void {
  passNode(scan, start, end);
  scan.problems.add(missingComma(end, skipGap(scan, end)));
  scan.masks.push({ span: [end, end + 1], as: 'comma' });
  finishItem(scan, frame);
  scan.flowKey = false;
  scan.pos = end + 1;
}

function skipGap(scan: Scan, from: number): number {
  let at = from;
  while (at < scan.end && isGap(charAt(scan, at))) at++;
  return at;
}

/** Text in quotes, with what may be wrong at its end. */
export function scanQuoted(scan: Scan): void {
  const start = scan.pos;
  const close = findClosingQuote(scan, start);
  if (close === undefined) return;
  const end = close + 1;
  const next = skipBlanks(scan, end);
  const char = charAt(scan, next);
  const inFlow = scan.frames.length > 0;
  const isFine = isLineEnd(scan, next) || (char === code.hash && next > end) || (inFlow ? isFineInFlow(scan, next, end) : isColon(scan, next) && scan.keySpan === undefined);
  if (!isFine && findLineEnd(scan, start) >= end) {
    scan.pos = next;
    springAfterNode(scan, start);
    return;
  }
  passNode(scan, start, end);
  scan.flowKey = true;
}

function isColon(scan: Scan, at: number): boolean {
  return charAt(scan, at) === code.colon && isGap(charAt(scan, at + 1));
}

/** Another quoted text is a missing comma; other text belongs to the quoted one. */
function isFineInFlow(scan: Scan, at: number, end: number): boolean {
  const char = charAt(scan, at);
  if (isFlowIndicator(char)) return true;
  if (char === code.colon) return at === end || isGap(charAt(scan, at + 1));
  return at > end && (char === code.doubleQuote || char === code.singleQuote);
}

/** Where the quoted text that starts here is closed; one that is not gets reported and passed over. */
function findClosingQuote(scan: Scan, start: number): number | undefined {
  const quote = scan.text[start] ?? '"';
  let newline = findLineEnd(scan, start);
  let at = start + 1;
  let close = findQuote(scan, quote, at);
  for (;;) {
    if (close !== -1 && close < newline) return close;
    if (newline >= scan.end) break;
    const content = continueScalar(scan, newline + 1);
    if (content === -1) {
      if (reportShallowQuote(scan, start, close)) return undefined;
      break;
    }
    at = Math.max(content, newline + 1);
    newline = findLineEnd(scan, at);
    if (close !== -1 && close < at) close = findQuote(scan, quote, at);
  }
  reportOpenQuote(scan, start, newline);
  return undefined;
}

function findQuote(scan: Scan, quote: string, from: number): number {
  let at = scan.text.indexOf(quote, from);
  while (at !== -1 && at < scan.end) {
    if (quote === "'") {
      if (scan.text[at + 1] !== "'") return at;
      at = scan.text.indexOf(quote, at + 2);
    } else {
      if (countBackslashes(scan, at) % 2 === 0) return at;
      at = scan.text.indexOf(quote, at + 1);
    }
  }
  return -1;
}

function countBackslashes(scan: Scan, at: number): number {
  let count = 0;
  while (scan.text.charCodeAt(at - 1 - count) === code.backslash) count++;
  return count;
}

const mostLines = 200;

/** Quoted text whose lines are not indented, though it is closed further down: whether that is so, reported and passed. */
function reportShallowQuote(scan: Scan, start: number, close: number): boolean {
  if (close === -1 || scan.frames.length > 0 || !isLineEnd(scan, skipBlanks(scan, close + 1))) return false;
  const written = scan.text.slice(start, close);
  const lines = [...written.matchAll(/\n([ \t]*)(?=[^ \t\r\n]|$)/g)];
  if (looksLikeEntry.test(written) || lines.length > mostLines) return false;
  const edits = lines.map((line): TextEdit => {
    const lineStart = start + line.index + 1;
    const width = line[1]?.length ?? 0;
    return { span: [lineStart, lineStart + width], text: ' '.repeat(Math.max(width, scan.indentNext)) };
  });
  const region: Span = [start, close + 1];
  scan.problems.add({
    code: 'TG1011',
    message: 'the lines of this text in quotes are not indented',
    span: region,
    hint: 'Text in quotes that goes on over several lines is indented more than its key.',
    fix: { title: 'Indent the lines', edits, safe: true },
  });
  hideText(scan, region, readValue(scan.text[start] === '"' ? 'double' : 'single', { text: scan.text, start, end: close + 1 }));
  return true;
}

const looksLikeEntry = /\n[ \t]*(?:- |[\w.-]+:(?:[ \t\r\n]|$))/;

/** The closing quote is missing at the end of the text, or of its first line when others look like entries. */
function reportOpenQuote(scan: Scan, start: number, newline: number): void {
  const quote = scan.text[start] ?? '"';
  const isOneLine = scan.frames.length > 0 || looksLikeEntry.test(scan.text.slice(start, newline)) || !scan.text.slice(start, newline).trimEnd().includes('\n');
  const region = isOneLine ? findOpenRegion(scan, start) : ([start, start + scan.text.slice(start, newline).trimEnd().length] as const);
  const written = scan.text.slice(...region);
  const edits = [{ span: [region[1], region[1]] as const, text: quote }];
  scan.problems.add({
    code: 'TG1012',
    message: `the closing ${quote} is missing`,
    span: region,
    hint: `Text that starts with ${quote} ends with ${quote}.`,
    ...(written.endsWith('\\') ? {} : { fix: { title: 'Close the quotes', edits, safe: false } }),
  });
  hideText(scan, region, readValue(quote === '"' ? 'double' : 'single', { text: scan.text, start: region[0], end: region[1] }));
}

/** A key in open quotes ends at its colon only if it looks like a key. */
function findOpenRegion(scan: Scan, start: number): Span {
  const region = findRegion(scan, start);
  if (scan.frames.length > 0 || scan.keySpan !== undefined || /^.[\w.-]+$/.test(scan.text.slice(...region))) return region;
  return [start, start + scan.text.slice(start, findTextEnd(scan, start)).trimEnd().length];
}

/** `|` and `>`: everything that is indented deeply enough, whatever it is. */
export function scanBlockScalar(scan: Scan): void {
  const start = scan.pos;
  const header = /[-+0-9]*/.exec(scan.text.slice(start + 1, start + 3))?.[0] ?? '';
  const digit = /[1-9]/.exec(header)?.[0];
  const base = (scan.columns.at(-1)?.at ?? -2) + 2;
  let indent = digit === undefined ? undefined : Number(digit) - 1 + Math.max(1, scan.indentNext);
  let lineStart = findLineEnd(scan, start) + 1;
  let contentEnd = lineStart;
  passNode(scan, start, findTextEnd(scan, start));
  while (lineStart < scan.end) {
    const content = skipSpaces(scan, lineStart);
    const spaces = content - lineStart;
    if (!isLineEnd(scan, content)) {
      if (spaces < (indent ?? scan.indentNext)) {
        const isTab = charAt(scan, content) === code.tab;
        if (!isTab && (indent === undefined || spaces <= base - 2 || charAt(scan, content) === code.hash)) break;
        lineStart = isTab ? passTabs(scan, lineStart, indent ?? base) : passShallow(scan, lineStart, indent ?? base);
        continue;
      }
      indent ??= spaces;
      if (indent === 0 && isDocumentMarker(scan, lineStart)) break;
    }
    lineStart = findLineEnd(scan, content) + 1;
    if (spaces > (indent ?? spaces) || !isLineEnd(scan, content)) contentEnd = lineStart;
  }
  scan.pos = Math.min(lineStart, scan.end);
  scan.indentNext = indent ?? scan.indentNext;
  if (!header.includes('+') && scan.indentNext > 0) hideGap(scan, contentEnd, scan.pos);
}

function passShallow(scan: Scan, lineStart: number, indent: number): number {
  hideShallowLine(scan, lineStart, indent);
  return findLineEnd(scan, lineStart) + 1;
}

/** A line that starts with a tab inside a block of text: blank, or wrongly indented. */
function passTabs(scan: Scan, lineStart: number, base: number): number {
  const content = skipBlanks(scan, lineStart);
  if (!isLineEnd(scan, content)) {
    scan.pos = lineStart;
    scan.masks.push({ span: reportTabLines(scan, base), as: 'blank' });
    scan.incomplete = true;
    return scan.pos;
  }
  scan.masks.push({ span: [lineStart, content], as: 'blank' });
  return findLineEnd(scan, content) + 1;
}
