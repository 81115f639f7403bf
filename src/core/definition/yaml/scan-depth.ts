import { yamlLimits } from './limits.js';
import { code, type FlowFrame, type Scan } from './scan.js';

/** At the first thing on a line: block collections that it is not part of end. */
export function closeColumns(scan: Scan, isDash: boolean): void {
  if (!scan.atLineStart) return;
  scan.atLineStart = false;
  const { columns, indent } = scan;
  for (let top = columns.at(-1); top !== undefined; top = columns.at(-1)) {
    const column = top >> 1;
    const isMap = (top & 1) === 1;
    if (column < indent || (column === indent && (isMap || isDash))) break;
    columns.pop();
  }
}

export function openList(scan: Scan): void {
  scan.items++;
  openColumn(scan, scan.indent * 2);
}

export function openMap(scan: Scan, indent: number): void {
  scan.keys++;
  openColumn(scan, indent * 2 + 1);
}

function openColumn(scan: Scan, column: number): void {
  if (scan.columns.at(-1) !== column) scan.columns.push(column);
  reach(scan, scan.columns.length);
}

/** Takes note of a depth; of nodes that turn out to be keys, one level more. */
export function reach(scan: Scan, depth: number): void {
  if (depth > scan.deepest) scan.deepest = depth;
  if (depth > yamlLimits.depth && !scan.refused) {
    scan.refused = true;
    scan.problems.add({
      code: 'TG1004',
      message: `nested deeper than ${yamlLimits.depth} levels`,
      span: [scan.pos, Math.min(scan.pos + 1, scan.text.length)],
      hint: 'No workflow needs that many maps and lists inside one another.',
    });
  }
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
