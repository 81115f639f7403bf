import { closeFrame, finishItem, hide, openFrame } from './scan-depth.js';
import { passAlias, passAnchor, passTag, startLine } from './scan-block.js';
import { charAt, code, findLineEnd, findLineStart, findTextEnd, isFlowIndicator, isGap, isLineEnd, skipBlanks, skipSpaces, type FlowFrame, type Scan, type ScanState } from './scan.js';
import { missingComma, strayComma, unclosedBracket } from './flow-problems.js';
import { findFlowRegion, findTemplateEnd, startsTemplate } from './scan-regions.js';
import { isDocumentMarker, scanFlowPlain, scanQuoted } from './scan-scalars.js';
import { isReserved, springReserved, springTemplate } from './value-traps.js';

/** Between brackets, up to the last one that closes. */
export function scanFlow(scan: Scan): ScanState {
  while (scan.frames.length > 0) {
    const frame = scan.frames.at(-1);
    if (frame === undefined || scan.refused || scan.problems.isFull()) return 'finished';
    if (!skipFlowGap(scan)) return leaveFlow(scan);
    if (scan.pos >= scan.end) {
      hideOpenFlow(scan, scan.end);
      while (scan.frames.length > 0) closeFrame(scan);
      return 'finished';
    }
    scanFlowToken(scan, frame);
  }
  return 'document';
}

/** White space, comments and line ends; false when a line is not indented enough to belong to the brackets. */
function skipFlowGap(scan: Scan): boolean {
  for (;;) {
    scan.pos = skipBlanks(scan, scan.pos);
    const commentStart = scan.pos;
    if (charAt(scan, scan.pos) === code.hash) scan.pos = findTextEnd(scan, scan.pos);
    if (scan.pos >= scan.end || !isLineEnd(scan, scan.pos)) return true;
    const lineStart = findLineEnd(scan, scan.pos) + 1;
    const content = passFlowLines(scan, lineStart, commentStart);
    if (content === undefined) return false;
    scan.pos = content;
  }
}

/** Passes empty lines; returns where the next one's content starts, unless the line is outside. */
function passFlowLines(scan: Scan, firstLine: number, commentStart: number): number | undefined {
  let lineStart = firstLine;
  let lines = 0;
  for (;;) {
    const content = skipBlanks(scan, lineStart);
    if (lineStart >= scan.end) return scan.end;
    if (!isLineEnd(scan, content) && charAt(scan, content) !== code.hash) break;
    lineStart = findLineEnd(scan, content) + 1;
    lines++;
  }
  if (lines > 3) scan.masks.push({ span: [firstLine, lineStart - 1], as: 'gap' });
  const spaces = skipSpaces(scan, lineStart);
  const content = skipBlanks(scan, lineStart);
  const indent = spaces - lineStart;
  scan.indentValue = indent;
  scan.indent = indent;
  const char = charAt(scan, content);
  const isLastBracket = scan.frames.length === 1 && indent === scan.indentNext - 1 && (char === code.closeCurly || char === code.closeSquare);
  const isOutside = (indent < scan.indentNext && !isLastBracket) || (indent === 0 && isDocumentMarker(scan, content));
  if (!isOutside) return content;
  if (content === spaces) {
    scan.pos = content;
    return undefined;
  }
  joinTabLine(scan, { lineStart, content, commentStart: lines === 0 ? commentStart : lineStart - 1 });
  return content;
}

/** A line between brackets that only a tab indents is read as if it went on with the line before. */
function joinTabLine(scan: Scan, { lineStart, content, commentStart }: { readonly lineStart: number; readonly content: number; readonly commentStart: number }): void {
  scan.problems.add({
    code: 'TG1010',
    message: 'a tab as indentation',
    span: [skipSpaces(scan, lineStart), content],
    hint: 'YAML is indented with spaces; set the editor to insert spaces for the tab key.',
    fix: { title: 'Indent with spaces', edits: [{ span: [lineStart, content], text: ' '.repeat(Math.max(scan.indentNext, 2 * (content - lineStart))) }], safe: true },
  });
  scan.masks.push({ span: [commentStart, content], as: 'spaces' });
}

/** A line that is less indented ends all brackets, closed or not. */
function leaveFlow(scan: Scan): ScanState {
  scan.pos = findLineStart(scan, scan.pos);
  hideOpenFlow(scan, scan.pos);
  while (scan.frames.length > 0) closeFrame(scan);
  startLine(scan);
  scan.expectsBlock = false;
  return 'line';
}

/** The parser would nest what follows in brackets that are not closed. */
function hideOpenFlow(scan: Scan, hiddenTo: number): void {
  const open = scan.frames[0]?.start ?? scan.pos;
  const end = Math.max(scan.nodeEnd, open + 1);
  scan.problems.add(unclosedBracket({ open: scan.text[open] ?? '[', at: open, end }));
  hide(scan, [open, hiddenTo]);
}

function scanFlowToken(scan: Scan, frame: FlowFrame): void {
  const char = charAt(scan, scan.pos);
  const next = charAt(scan, scan.pos + 1);
  if (char === code.comma) passComma(scan, frame);
  else if (char === code.closeCurly || char === code.closeSquare) {
    closeFrame(scan);
    scan.pos++;
    scan.nodeEnd = scan.pos;
    scan.flowKey = true;
  } else if (char === code.colon && (isGap(next) || isFlowIndicator(next) || scan.flowKey)) passFlowColon(scan, frame);
  else if (char === code.dash && (isGap(next) || isFlowIndicator(next))) hideFlowDash(scan);
  else if (char === code.question && (isGap(next) || isFlowIndicator(next))) passQuestion(scan, frame);
  else scanFlowNode(scan, frame, char);
}

function passComma(scan: Scan, frame: FlowFrame): void {
  const isBareQuestion = frame.isExplicit && !frame.afterNode && frame.colons === 0;
  if (frame.isItemEmpty || isBareQuestion) {
    scan.problems.add(strayComma(scan.pos));
    scan.masks.push({ span: [scan.pos, scan.pos + 1], as: 'blank' });
    scan.pos++;
    return;
  }
  finishItem(scan, frame);
  scan.flowKey = false;
  scan.pos++;
}

function passFlowColon(scan: Scan, frame: FlowFrame): void {
  if (frame.colons > 0) {
    const region = findFlowRegion(scan, scan.pos);
    scan.problems.add({ code: 'TG1019', message: "a second ':' in one entry", span: [scan.pos, scan.pos + 1], hint: 'Put text with a colon in quotes, and a comma between entries.' });
    scan.masks.push({ span: region, as: 'blank' });
    scan.incomplete = true;
    scan.pos = region[1];
    return;
  }
  frame.colons++;
  scan.keys++;
  if (scan.text.startsWith('<<', scan.nodeEnd - 2)) scan.merges++;
  frame.afterNode = false;
  frame.isItemEmpty = false;
  scan.flowKey = false;
  scan.properties = 0;
  scan.pos++;
}

function hideFlowDash(scan: Scan): void {
  const span = [scan.pos, scan.pos + 1] as const;
  scan.problems.add({
    code: 'TG1019',
    message: 'a list with dashes cannot stand between brackets',
    span,
    hint: 'Between brackets, items are separated by commas; or the bracket before is not closed.',
  });
  scan.masks.push({ span, as: 'blank' });
  scan.incomplete = true;
  scan.pos++;
}

function passQuestion(scan: Scan, frame: FlowFrame): void {
  if (frame.isItemEmpty && frame.colons === 0) {
    frame.isItemEmpty = false;
    frame.isExplicit = true;
    scan.flowKey = false;
    scan.pos++;
    return;
  }
  if (frame.afterNode && !reportMissingComma(scan, frame)) return;
  springReserved(scan);
}

function scanFlowNode(scan: Scan, frame: FlowFrame, char: number): void {
  if (frame.afterNode && !reportMissingComma(scan, frame)) return;
  frame.isItemEmpty = false;
  switch (char) {
    case code.exclamation:
      passTag(scan);
      return;
    case code.ampersand:
      passAnchor(scan);
      return;
    case code.asterisk:
      scan.flowKey = false;
      passAlias(scan);
      return;
    case code.doubleQuote:
    case code.singleQuote:
      scanQuoted(scan);
      return;
    case code.openCurly:
    case code.openSquare:
      passBracket(scan);
      return;
    default:
      if (isReserved(char) || char === code.bar || char === code.greater) springReserved(scan);
      else scanFlowPlain(scan);
  }
}

function passBracket(scan: Scan): void {
  if (startsTemplate(scan, scan.pos) && findTemplateEnd(scan, scan.pos) !== undefined) {
    springTemplate(scan, scan.pos);
    return;
  }
  scan.properties = 0;
  openFrame(scan);
  scan.pos++;
  scan.flowKey = false;
}

/** Whether there is room to read on as if the comma were there. */
function reportMissingComma(scan: Scan, frame: FlowFrame): boolean {
  const end = scan.nodeEnd;
  scan.problems.add(missingComma(end, scan.pos));
  if (end < scan.pos && isGap(charAt(scan, end))) {
    finishItem(scan, frame);
    scan.masks.push({ span: [end, end + 1], as: 'comma' });
    return true;
  }
  const region = findFlowRegion(scan, scan.pos);
  scan.masks.push({ span: region, as: 'blank' });
  scan.incomplete = true;
  scan.pos = region[1];
  return false;
}
