import { hideBlockText } from './block-text.js';
import { hideBareColon, hideInlineList, hideOddDash, hideKeyWithoutColon, hideValueWithoutColon, reportTabLines } from './line-traps.js';
import { unexpectedText } from './node-properties.js';
import { closeColumns, hide, openFrame, openList, isTop, openMap, reach, takesDash } from './scan-depth.js';
import { charAt, code, findLineEnd, findLineStart, findTextEnd, hideGap, isFlowIndicator, isGap, isLineEnd, skipBlanks, skipSpaces, type Scan, type ScanState } from './scan.js';
import { findTemplateEnd, isOpenTemplate, startsTemplate } from './scan-regions.js';
import { isDocumentMarker, scanBlockScalar, scanPlain, scanQuoted } from './scan-scalars.js';
import { isBlockHeader, isReserved, passNode, springAfterNode, springAlias, springBlockHeader, springColon, springDeadAlias, springOpenTemplate, springReserved, springTag, springTemplate } from './value-traps.js';

/** Between documents: directives, comments and empty lines. */
export function scanStream(scan: Scan): ScanState {
  if (scan.pos === 0 && charAt(scan, 0) === 0xfeff) scan.pos = 1;
  for (;;) {
    const lineStart = scan.pos;
    const content = skipBlanks(scan, lineStart);
    const char = charAt(scan, content);
    if (charAt(scan, lineStart) === code.percent) passDirective(scan);
    else if (char !== code.hash && !isLineEnd(scan, content)) break;
    if (findLineEnd(scan, lineStart) >= scan.end || scan.problems.isFull()) return 'finished';
    scan.pos = findLineEnd(scan, lineStart) + 1;
  }
  if (scan.documents > 0) return refuseSecondDocument(scan);
  scan.documents++;
  return 'line';
}

function passDirective(scan: Scan): void {
  const end = findTextEnd(scan, scan.pos);
  const written = scan.text.slice(scan.pos, end);
  scan.masks.push({ span: [scan.pos, end], as: 'blank' });
  if (/^%YAML[ \t]+1\.[12][ \t]*(?:[ \t]#.*)?$/.test(written)) return;
  scan.problems.add({
    code: 'TG1008',
    message: `the directive '${written.split(/\s/, 1)[0] ?? '%'}' means nothing here`,
    span: [scan.pos, end],
    hint: 'A workflow is YAML 1.2 and takes no directives. Text that starts with % needs quotes.',
    fix: { title: 'Take the line out', edits: [{ span: [scan.pos, Math.min(findLineEnd(scan, scan.pos) + 1, scan.end)], text: '' }], safe: false },
  });
}

function refuseSecondDocument(scan: Scan): ScanState {
  const end = findTextEnd(scan, scan.pos);
  const isMarker = isDocumentMarker(scan, scan.pos);
  scan.problems.add({
    code: 'TG1006',
    message: 'a second document starts here; a file holds one workflow',
    span: [scan.pos, isMarker ? scan.pos + 3 : Math.max(end, scan.pos + 1)],
    hint: 'Put it into a file of its own.',
  });
  scan.end = scan.pos;
  return 'finished';
}

/** The start of a line: what ends here, and how deep the line is. */
export function scanLine(scan: Scan): ScanState {
  const lineStart = scan.pos;
  if (isDocumentMarker(scan, lineStart)) return passMarker(scan);
  scan.indentBefore = scan.indentAbove ?? scan.indentNext;
  scan.indentAbove = undefined;
  scan.pos = skipSpaces(scan, lineStart);
  scan.indentValue = scan.pos - lineStart;
  scan.indent += scan.indentValue;
  const content = skipBlanks(scan, scan.pos);
  if (isLineEnd(scan, content) || charAt(scan, content) === code.hash) return passEmptyLines(scan, lineStart);
  if (charAt(scan, scan.pos) === code.tab && findLineStart(scan, scan.pos) === lineStart) {
    scan.pos = lineStart;
    scan.indent = 0;
    hide(scan, reportTabLines(scan, expectedColumn(scan)));
    return scan.pos < scan.end ? 'line' : 'finished';
  }
  lowerIndent(scan, lineStart);
  scan.hasContent = true;
  return 'block';
}

/** The parser takes what is written this far to the left for the end of deeper text. */
function lowerIndent(scan: Scan, lineStart: number): void {
  const content = skipSpaces(scan, lineStart);
  if (scan.indentNext > content - lineStart && !isGap(charAt(scan, content + 1))) scan.indentNext = content - lineStart;
}

/** Where the next line's content is most likely meant to stand. */
function expectedColumn(scan: Scan): number {
  const top = scan.columns.at(-1);
  if (top === undefined) return 0;
  return top.at + (scan.expectsBlock ? 2 : 0);
}

function passMarker(scan: Scan): ScanState {
  const isStart = charAt(scan, scan.pos) === code.dash;
  if (isStart && scan.hasContent) return refuseSecondDocument(scan);
  scan.hasContent = true;
  scan.pos += 3;
  scan.indentValue = 0;
  scan.indentNext = 0;
  scan.atIndicators = false;
  if (isStart) return 'document';
  const rest = skipBlanks(scan, scan.pos);
  if (!isLineEnd(scan, rest) && charAt(scan, rest) !== code.hash) {
    scan.pos = rest;
    return refuseSecondDocument(scan);
  }
  scan.pos = Math.min(findLineEnd(scan, scan.pos) + 1, scan.end);
  return scan.pos < scan.end ? 'stream' : 'finished';
}

/** Empty lines and comments count for nothing; the parser is spared long stretches of them. */
function passEmptyLines(scan: Scan, lineStart: number): ScanState {
  let end = lineStart;
  let lines = 0;
  for (;;) {
    const content = skipBlanks(scan, end);
    if (!isLineEnd(scan, content) && charAt(scan, content) !== code.hash) break;
    if (isLineEnd(scan, content)) scan.indentAbove = scan.indentNext;
    else scan.indentAbove = undefined;
    lowerIndent(scan, end);
    end = findLineEnd(scan, content) + 1;
    lines++;
    if (end >= scan.end) {
      end = scan.end;
      break;
    }
  }
  if (lines > 3 && hideGap(scan, lineStart, end)) {
    scan.indentNext = scan.indentBefore;
    scan.indentAbove = undefined;
  }
  scan.pos = end;
  scan.indent = 0;
  return end < scan.end ? 'line' : 'finished';
}

/** The indicators at the start of a line: each opens a level, or goes on with one. */
export function scanBlockStart(scan: Scan): ScanState {
  const char = charAt(scan, scan.pos);
  if ((char !== code.dash && char !== code.question && char !== code.colon) || !isGap(charAt(scan, scan.pos + 1))) return 'document';
  closeColumns(scan, char === code.dash);
  if (char === code.dash) {
    if (!takesDash(scan)) return passOddDash(scan);
    openList(scan);
  } else if (!openExplicit(scan, char === code.question)) return 'document';
  const next = skipBlanks(scan, scan.pos + 1);
  scan.indentNext = scan.indentValue + 1;
  scan.indentValue += next - scan.pos;
  scan.indent += charAt(scan, scan.pos + 1) === code.tab ? 1 : next - scan.pos;
  scan.pos = next;
  scan.expectsBlock = true;
  scan.properties = 0;
  return 'block';
}

/** `? key`, or the `: value` below it; any other colon at the start of a line has no key. */
function openExplicit(scan: Scan, isKey: boolean): boolean {
  const isOpen = isTop(scan, scan.indent, false);
  if (!isKey && !(isOpen && scan.columns.at(-1)?.awaitsColon === true)) {
    hideBareColon(scan);
    return false;
  }
  openMap(scan, scan.indent);
  const top = scan.columns.at(-1);
  if (top !== undefined) top.awaitsColon = isKey;
  return true;
}

/** A dash where no list is due: the parser would nest what follows ever deeper. */
function passOddDash(scan: Scan): ScanState {
  hideOddDash(scan);
  startLine(scan);
  return scan.pos < scan.end ? 'line' : 'finished';
}

/** What stands on a line behind its first indicators. */
export function scanDocument(scan: Scan): ScanState {
  scan.pos = skipBlanks(scan, scan.pos);
  if (isLineEnd(scan, scan.pos)) return finishLine(scan);
  const char = charAt(scan, scan.pos);
  if (char === code.hash) {
    scan.pos = findTextEnd(scan, scan.pos);
    return finishLine(scan);
  }
  if (scan.atLineStart && (char === code.closeCurly || char === code.closeSquare)) {
    hideStrayBracket(scan);
    return 'document';
  }
  closeColumns(scan, false);
  scan.atIndicators = false;
  const isIndicator = isGap(charAt(scan, scan.pos + 1));
  if (char === code.colon && isIndicator) return passColon(scan);
  if (scan.nodeStart >= 0) return passTrailing(scan);
  if (isIndicator && (char === code.dash || char === code.question)) return passLateIndicator(scan);
  return scanNode(scan, char);
}

function finishLine(scan: Scan): ScanState {
  if (scan.nodeStart >= 0 && scan.keySpan === undefined && isTop(scan, scan.nodeIndent, false)) {
    hideValueWithoutColon(scan);
    startLine(scan);
    return scan.pos < scan.end ? 'line' : 'finished';
  }
  scan.expectsBlock = scan.nodeStart < 0 && (scan.keySpan !== undefined || scan.expectsBlock);
  const end = findLineEnd(scan, scan.pos);
  startLine(scan);
  if (end >= scan.end) {
    scan.pos = scan.end;
    return 'finished';
  }
  scan.pos = end + 1;
  return 'line';
}

/** Forgets what was on the line before. */
export function startLine(scan: Scan): void {
  scan.indent = 0;
  scan.atIndicators = true;
  scan.atLineStart = true;
  scan.nodeStart = -1;
  scan.keySpan = undefined;
}

function passColon(scan: Scan): ScanState {
  if (scan.keySpan !== undefined) {
    if (scan.nodeStart < 0) springReserved(scan);
    else if (findLineStart(scan, scan.pos) <= scan.nodeStart) springColon(scan, scan.nodeStart);
    else hideRest(scan);
    return 'document';
  }
  if (scan.nodeStart < 0) {
    hideBareColon(scan);
    return 'document';
  }
  openMap(scan, scan.nodeIndent);
  reach(scan, scan.columns.length + scan.nodeHeight);
  scan.keySpan = [scan.nodeStart, scan.nodeEnd];
  if (isMergeKey(scan)) scan.merges++;
  scan.nodeStart = -1;
  scan.properties = 0;
  scan.pos++;
  scan.indentNext = scan.indentValue + 1;
  return 'document';
}

function isMergeKey(scan: Scan): boolean {
  return scan.nodeEnd - scan.nodeStart === 2 && scan.text.startsWith('<<', scan.nodeStart);
}

/** Something behind a complete value, on its line. */
function passTrailing(scan: Scan): ScanState {
  const char = charAt(scan, scan.pos);
  if (char === code.closeCurly || char === code.closeSquare) hideStrayBracket(scan);
  else if (findLineStart(scan, scan.pos) > scan.nodeStart) hideRest(scan);
  else if (charAt(scan, scan.nodeStart) === code.asterisk) springAlias(scan, scan.nodeStart);
  else springAfterNode(scan, scan.nodeStart);
  return 'document';
}

/** Nothing sensible can be made of the rest of the line. */
function hideRest(scan: Scan): void {
  const region = [scan.pos, findTextEnd(scan, scan.pos)] as const;
  scan.problems.add(unexpectedText(region, scan.text.slice(...region)));
  scan.masks.push({ span: region, as: 'blank' });
  scan.incomplete = true;
  scan.pos = region[1];
}

/** A dash or question mark that is not at the start of its line. */
function passLateIndicator(scan: Scan): ScanState {
  if (charAt(scan, scan.pos) === code.dash && scan.keySpan !== undefined && !isLineEnd(scan, skipBlanks(scan, scan.pos + 1))) {
    hideInlineList(scan);
    if (scan.text[scan.pos - 1] !== '\n') return 'document';
    startLine(scan);
    return scan.pos < scan.end ? 'line' : 'finished';
  }
  springReserved(scan);
  return 'document';
}

function scanNode(scan: Scan, char: number): ScanState {
  switch (char) {
    case code.exclamation:
      passTag(scan);
      return 'document';
    case code.ampersand:
      passAnchor(scan);
      return 'document';
    case code.asterisk:
      passAlias(scan);
      return 'document';
    case code.doubleQuote:
    case code.singleQuote:
      scanQuoted(scan);
      return 'document';
    case code.bar:
    case code.greater:
      if (!isBlockHeader(scan)) {
        if (!hideBlockText(scan)) {
          springBlockHeader(scan);
          return 'document';
        }
      }
      if (!takesBlock(scan)) return passKeyless(scan);
      scanBlockScalar(scan);
      startLine(scan);
      scan.expectsBlock = false;
      return scan.pos < scan.end ? 'line' : 'finished';
    case code.openCurly:
      if (startsTemplate(scan, scan.pos) && findTemplateEnd(scan, scan.pos) !== undefined) {
        springTemplate(scan, scan.pos);
        return 'document';
      }
      if (isOpenTemplate(scan, scan.pos)) {
        springOpenTemplate(scan);
        return 'document';
      }
      return startFlow(scan);
    case code.openSquare:
      return startFlow(scan);
    case code.closeCurly:
    case code.closeSquare:
      hideStrayBracket(scan);
      return 'document';
    default:
      return scanText(scan, char);
  }
}

/** Whether a value is due: behind a colon, or on lines of its own. */
function takesBlock(scan: Scan): boolean {
  if (scan.keySpan !== undefined || scan.columns.length === 0) return true;
  return scan.expectsBlock && !isTop(scan, scan.indent, false);
}

/** A block of text where a key is due. */
function passKeyless(scan: Scan): ScanState {
  hideKeyWithoutColon(scan, scan.pos);
  startLine(scan);
  return scan.pos < scan.end ? 'line' : 'finished';
}

function startFlow(scan: Scan): ScanState {
  scan.nodeStart = scan.pos;
  scan.nodeIndent = scan.indent;
  scan.properties = 0;
  openFrame(scan);
  scan.pos++;
  scan.flowKey = false;
  return 'flow';
}

function scanText(scan: Scan, char: number): ScanState {
  if (isReserved(char)) {
    springReserved(scan);
    return 'document';
  }
  scanPlain(scan);
  if (scan.pos < scan.end ? scan.text[scan.pos - 1] !== '\n' : scan.nodeStart >= 0) return 'document';
  scan.expectsBlock &&= scan.nodeStart < 0;
  startLine(scan);
  return scan.pos < scan.end ? 'line' : 'finished';
}

function hideStrayBracket(scan: Scan): void {
  const brackets = /^[\]}]*/.exec(scan.text.slice(scan.pos, scan.pos + 40))?.[0] ?? '';
  const span = [scan.pos, scan.pos + brackets.length] as const;
  scan.problems.add({
    code: 'TG1014',
    message: `nothing was opened that this '${brackets}' could close`,
    span,
    hint: 'Take it out, or put the text in quotes.',
    fix: { title: 'Take it out', edits: [{ span, text: '' }], safe: false },
  });
  const end = findTextEnd(scan, scan.pos);
  hide(scan, [scan.pos, end]);
  scan.pos = end;
}

const tag = /^(?:!<[^\s>]*>?|!(?:[\w\-#;/?:@&=+$.!~*'()]|%[0-9a-fA-F]{2})*)/;

/** Tags of YAML itself are left to the parser; anything else with a `!` is text. */
export function passTag(scan: Scan): void {
  const inFlow = scan.frames.length > 0;
  const end = scan.pos + (tag.exec(scan.text.slice(scan.pos, scan.pos + 200))?.[0].length ?? 1);
  const isOurs = scan.text.startsWith('!!', scan.pos) || scan.text.startsWith('!<', scan.pos);
  const endsWell = isGap(charAt(scan, end)) || (inFlow && isFlowIndicator(charAt(scan, end)));
  if (!isOurs || !endsWell || scan.properties >= 2) {
    springTag(scan);
    return;
  }
  passProperty(scan);
  scan.pos = end;
}

/** An anchor or tag where a key is due belongs to that key: no list can follow. */
function passProperty(scan: Scan): void {
  scan.properties++;
  if (scan.frames.length === 0 && scan.keySpan === undefined && isTop(scan, scan.indent, false)) scan.expectsBlock = false;
}

export function passAnchor(scan: Scan): void {
  const end = findNameEnd(scan);
  const name = scan.text.slice(scan.pos + 1, end);
  if (name === '' || name.startsWith('&') || scan.properties >= 2) {
    springReserved(scan);
    return;
  }
  scan.anchors.add(name);
  passProperty(scan);
  scan.pos = end;
}

const globCharacter = /[*?/.]/;

/** An alias, or a pattern that looks like one. */
export function passAlias(scan: Scan): void {
  const start = scan.pos;
  const end = findNameEnd(scan);
  const name = scan.text.slice(start + 1, end);
  const inFlow = scan.frames.length > 0;
  const next = charAt(scan, end);
  const endsWell = isGap(next) || (inFlow && (next === code.comma || next === code.closeCurly || next === code.closeSquare));
  const isPattern = name === '' || !endsWell || globCharacter.test(name);
  if (scan.properties > 0 || (isPattern && !scan.anchors.has(name))) springAlias(scan, start);
  else if (!scan.anchors.has(name)) passDeadAlias(scan, name, start);
  else passNode(scan, start, end);
}

/** `*name: value` is a key with a colon to everybody but YAML, whose names may end in one. */
function passDeadAlias(scan: Scan, written: string, start: number): void {
  const name = written.length > 1 && written.endsWith(':') ? written.slice(0, -1) : written;
  springDeadAlias(scan, name, [start, start + 1 + name.length]);
}

function findNameEnd(scan: Scan): number {
  let at = scan.pos + 1;
  for (let char = charAt(scan, at); !isGap(char) && !isFlowIndicator(char); char = charAt(scan, at)) at++;
  return at;
}
