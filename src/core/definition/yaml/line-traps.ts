import type { Span, TextEdit } from '../../diagnostic/diagnostic.js';
import { charAt, code, findLineEnd, findLineStart, findTextEnd, isLineEnd, skipBlanks, skipSpaces, type Scan } from './scan.js';
import { hide } from './scan-depth.js';
import { missingColon, wrongColumn } from './line-problems.js';

/** A file in disorder is not looked through again and again. */
const mostLines = 2000;

/** The line and the deeper ones below it. */
function findBlockEnd(scan: Scan, lineStart: number, column: number): number {
  let at = nextLine(scan, lineStart);
  let end = at;
  for (let lines = 0; at < scan.end && lines < mostLines; lines++) {
    const content = skipSpaces(scan, at);
    if (!isLineEnd(scan, content)) {
      if (content - at <= column) break;
      end = nextLine(scan, at);
    }
    at = nextLine(scan, at);
  }
  return end;
}

function nextLine(scan: Scan, at: number): number {
  const newline = scan.text.indexOf('\n', at);
  return newline === -1 || newline >= scan.end ? scan.end : newline + 1;
}

/** A key below a value on its key's line stands deeper than its siblings. */
export function hideDeepKey(scan: Scan, lineStart: number): void {
  const content = skipSpaces(scan, lineStart);
  const column = content - lineStart;
  const isDash = charAt(scan, content) === code.dash && skipBlanks(scan, content + 1) > content + 1;
  const end = findBlockEnd(scan, lineStart, column);
  const sibling = isDash ? undefined : scan.keySpan;
  scan.problems.add(wrongColumn({ text: scan.text, content, columns: [findColumn(scan, isDash)], blockEnd: end, isDash, sibling }));
  scan.masks.push({ span: [lineStart, end], as: 'comment' });
  scan.incomplete = true;
  scan.pos = end;
}

/** A list item at a column where no list is, or where a value is complete already. */
export function hideOddDash(scan: Scan): void {
  const content = scan.pos;
  const lineStart = findLineStart(scan, content);
  const end = findBlockEnd(scan, lineStart, content - lineStart);
  const columns = [...scan.columns, ...scan.closed].filter((column) => column.isList).map((column) => column.at);
  scan.problems.add(wrongColumn({ text: scan.text, content, columns, blockEnd: end, isDash: true }));
  hide(scan, [content, end]);
  scan.pos = end;
}

/** The same where a tab makes the line deeper. */
export function hideDeepTabs(scan: Scan, lineStart: number): void {
  scan.pos = lineStart;
  scan.masks.push({ span: reportTabLines(scan, findColumn(scan, false)), as: 'comment' });
  scan.incomplete = true;
}

/** Where the innermost open list or map starts. */
function findColumn(scan: Scan, isDash: boolean): number {
  return scan.columns.findLast((column) => column.isList === isDash)?.at ?? 0;
}

/** Text where a key is due, followed by a line with one; goes on behind the line and what is deeper. */
export function hideKeyWithoutColon(scan: Scan, start: number): void {
  const lineStart = findLineStart(scan, start);
  const textEnd = findTextEnd(scan, start);
  scan.problems.add(missingColon(scan.text, [start, textEnd]));
  const isWholeLine = skipSpaces(scan, lineStart) === start;
  const end = isWholeLine ? findBlockEnd(scan, lineStart, start - lineStart) : textEnd;
  hide(scan, [start, end]);
  scan.pos = end;
}

/** A value where a key is due, with no colon after it; goes on behind what is deeper. */
export function hideValueWithoutColon(scan: Scan): void {
  const start = scan.nodeStart;
  scan.problems.add(missingColon(scan.text, [start, scan.nodeEnd]));
  const end = findBlockEnd(scan, findLineStart(scan, scan.pos), scan.nodeIndent);
  scan.nodeStart = -1;
  hide(scan, [start, end]);
  scan.pos = end;
}

/** Lines that are indented with tabs are reported together, and passed over; they are left to hide. */
export function reportTabLines(scan: Scan, base: number): Span {
  const lines: { readonly start: number; readonly content: number; readonly width: number }[] = [];
  const first = scan.pos;
  let at = first;
  let end = first;
  while (at < scan.end && lines.length < mostLines) {
    const content = skipBlanks(scan, at);
    if (!isLineEnd(scan, content)) {
      if (skipSpaces(scan, at) === content) break;
      lines.push({ start: at, content, width: measure(scan, at, content) });
      end = nextLine(scan, at);
    }
    at = nextLine(scan, at);
  }
  const width = lines[0]?.width ?? 0;
  const edits = lines.map((line): TextEdit => ({ span: [line.start, line.content], text: ' '.repeat(Math.max(0, base + line.width - width)) }));
  const tab = scan.text.indexOf('\t', first);
  scan.problems.add({
    code: 'TG1010',
    message: lines.length === 1 ? 'a tab as indentation' : `tabs as indentation, in ${lines.length} lines from here`,
    span: [tab, skipBlanks(scan, tab)],
    hint: 'YAML is indented with spaces; set the editor to insert spaces for the tab key.',
    fix: { title: 'Indent with spaces', edits, safe: true },
  });
  scan.pos = end;
  return [first, end];
}

/** A tab counts as two columns, which is what the examples are indented by. */
function measure(scan: Scan, start: number, content: number): number {
  let width = 0;
  for (let at = start; at < content; at++) width += charAt(scan, at) === code.tab ? 2 : 1;
  return width;
}

/** A colon with no key before it. */
export function hideBareColon(scan: Scan): void {
  const start = scan.pos;
  const end = findTextEnd(scan, start);
  scan.problems.add({
    code: 'TG1015',
    message: 'a key is missing before this colon',
    span: [start, start + 1],
    hint: 'The lines of a map are written as `key: value`.',
  });
  hide(scan, [start, end]);
  scan.pos = end;
}

/** `key: - item`: the first item of a list does not stand on its key's line. */
export function hideInlineList(scan: Scan): void {
  const key = scan.keySpan ?? [scan.pos, scan.pos];
  const start = scan.pos;
  const textEnd = findTextEnd(scan, start);
  const lineStart = findLineStart(scan, key[0]);
  const below = nextLine(scan, start);
  const content = skipSpaces(scan, below);
  const column = key[0] - lineStart;
  const follows = charAt(scan, content) === code.dash && content - below > column;
  const indent = follows ? content - below : column + 2;
  const colonEnd = scan.text.lastIndexOf(':', start) + 1;
  scan.problems.add({
    code: 'TG1018',
    message: 'a list cannot start on the line of its key',
    span: [start, textEnd],
    hint: 'Put each item on a line of its own below the key, or write the list in brackets.',
    fix: { title: 'Put it on a line of its own', edits: [{ span: [colonEnd, start], text: `\n${' '.repeat(indent)}` }], safe: false },
  });
  const end = follows ? findBlockEnd(scan, findLineStart(scan, start), column) : findLineEnd(scan, start);
  hide(scan, [start, end]);
  scan.pos = end;
}
