import type { Span } from '../../diagnostic/diagnostic.js';
import type { Problem } from './problem-list.js';
import { yamlLimits } from './limits.js';
import { code, findLineStart, skipBlanks, type Column, type FlowFrame, type Mask, type Scan } from './scan.js';

const none: readonly Column[] = [];

/** At the first thing on a line: block collections that it is not part of end. */
export function closeColumns(scan: Scan, isDash: boolean): void {
  if (!scan.atLineStart) return;
  scan.atLineStart = false;
  const { columns, indent } = scan;
  let open = columns.length;
  for (; open > 0; open--) {
    const top = columns[open - 1];
    if (top === undefined || top.at < indent || (top.at === indent && (!top.isList || isDash))) break;
  }
  scan.closed = open === columns.length ? none : columns.splice(open);
}

export function openList(scan: Scan): void {
  scan.items++;
  openColumn(scan, scan.indent, true);
}

/** Hides what makes no sense; a line that is hidden from its start on becomes a comment, which ends nothing. */
export function hide(scan: Scan, [start, end]: Span): void {
  const lineStart = findLineStart(scan, start);
  const isLine = skipBlanks(scan, lineStart) >= start;
  scan.incomplete = true;
  if (!isLine) {
    scan.masks.push({ span: [start, end], as: 'blank' });
    return;
  }
  scan.masks.push(hideLines(scan, lineStart, end));
  scan.columns.push(...scan.closed);
  scan.closed = none;
  scan.indentNext = scan.indentBefore;
}

/** A lone `#` below an empty line would change what the parser takes the indentation to be. */
function hideLines(scan: Scan, lineStart: number, end: number): Mask {
  const isAlone = end - lineStart === 1 && scan.text[lineStart - 1] === '\n' && scan.text[lineStart - 2] === '\n';
  return isAlone ? { span: [lineStart - 1, end], as: 'joined' } : { span: [lineStart, end], as: 'comment' };
}

/** Whether a dash here goes on with a list, or starts one where a value is due. */
export function takesDash(scan: Scan): boolean {
  return scan.expectsBlock || scan.columns.length === 0 || isTop(scan, scan.indent, true);
}

export function openMap(scan: Scan, indent: number): void {
  scan.keys++;
  openColumn(scan, indent, false);
}

/** Whether the innermost collection is such a one. */
export function isTop(scan: Scan, at: number, isList: boolean): boolean {
  const top = scan.columns.at(-1);
  return top !== undefined && top.at === at && top.isList === isList;
}

function openColumn(scan: Scan, at: number, isList: boolean): void {
  if (!isTop(scan, at, isList)) scan.columns.push({ at, isList, awaitsColon: false });
  reach(scan, scan.columns.length);
}

/** Takes note of a depth; of nodes that turn out to be keys, one level more. */
export function reach(scan: Scan, depth: number): void {
  if (depth > scan.deepest) scan.deepest = depth;
  if (depth > yamlLimits.depth && !scan.refused) {
    scan.refused = true;
    scan.problems.add(tooDeep(Math.min(scan.pos, scan.text.length - 1)));
  }
}

export function tooDeep(at: number): Problem {
  return {
    code: 'TG1004',
    message: `nested deeper than ${yamlLimits.depth} levels`,
    span: [at, at + 1],
    hint: 'No workflow needs that many maps and lists inside one another.',
  };
}

export function openFrame(scan: Scan): void {
  const isMap = charIsCurly(scan);
  const frame: FlowFrame = { isMap, start: scan.pos, height: 0, itemHeight: 0, colons: 0, isExplicit: false, afterNode: false, isItemEmpty: true };
  scan.frames.push(frame);
  reach(scan, scan.columns.length + scan.frames.length);
}

function charIsCurly(scan: Scan): boolean {
  return scan.text.charCodeAt(scan.pos) === code.openCurly;
}

/** A comma, or the end of the collection: the item is complete. */
export function finishItem(scan: Scan, frame: FlowFrame): void {
  const pairLevels = !frame.isMap && (frame.colons > 0 || frame.isExplicit) ? 1 : 0;
  frame.height = Math.max(frame.height, frame.itemHeight + pairLevels);
  if (!frame.isItemEmpty) {
    if (!frame.isMap) scan.items++;
    else if (frame.colons === 0) scan.keys++;
  }
  frame.itemHeight = 0;
  frame.colons = 0;
  frame.isExplicit = false;
  frame.afterNode = false;
  frame.isItemEmpty = true;
  scan.properties = 0;
}

/** Closes the innermost bracket; its height counts for the one around it, or for the line. */
export function closeFrame(scan: Scan): void {
  const frame = scan.frames.pop();
  if (frame === undefined) return;
  finishItem(scan, frame);
  const height = frame.height + 1;
  const outer = scan.frames.at(-1);
  if (outer === undefined) {
    scan.nodeHeight = height;
    reach(scan, scan.columns.length + height);
  } else {
    outer.itemHeight = Math.max(outer.itemHeight, height);
    outer.afterNode = true;
    outer.isItemEmpty = false;
  }
}
