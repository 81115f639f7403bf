import type { Span } from '../../diagnostic/diagnostic.js';
import { charAt, code, findTextEnd, isBlank, isGap, type Scan } from './scan.js';

/** Where a `{{ … }}` ends that starts here, within its line; strings inside may hold braces. */
export function findTemplateEnd(scan: Scan, start: number): number | undefined {
  const limit = findTextEnd(scan, start);
  let inString = false;
  for (let at = start + 2; at < limit; at++) {
    const char = charAt(scan, at);
    if (char === code.singleQuote) inString = !inString;
    else if (!inString && char === code.closeCurly && charAt(scan, at + 1) === code.closeCurly) return at + 2;
  }
  return undefined;
}

/** Whether braces open here that no brace of their line closes, with something in them. */
export function isOpenTemplate(scan: Scan, at: number): boolean {
  return startsTemplate(scan, at) && /^\{\{[^}]*[\w'")][^}]*$/.test(scan.text.slice(at, findTextEnd(scan, at)));
}

export function startsTemplate(scan: Scan, at: number): boolean {
  return charAt(scan, at) === code.openCurly && charAt(scan, at + 1) === code.openCurly;
}

/** What was meant as one value of a block: the rest of the line without a comment; of a key, what comes before its colon. */
export function findBlockRegion(scan: Scan, start: number, from = start): Span {
  const limit = findTextEnd(scan, start);
  const isKey = scan.keySpan === undefined;
  let at = from;
  while (at < limit) {
    const char = charAt(scan, at);
    if (char === code.hash && at > start && isBlank(charAt(scan, at - 1))) break;
    if (isKey && at > start && char === code.colon && isGap(charAt(scan, at + 1))) break;
    at = (startsTemplate(scan, at) ? findTemplateEnd(scan, at) : undefined) ?? at + 1;
  }
  return trimRegion(scan, start, at);
}

/** What was meant as one value between commas and brackets; brackets inside it pair up. */
export function findFlowRegion(scan: Scan, start: number, from = start): Span {
  const limit = findTextEnd(scan, start);
  const frame = scan.frames.at(-1);
  const isKey = frame !== undefined && frame.isMap && frame.colons === 0;
  let depth = 0;
  let at = from;
  while (at < limit) {
    const char = charAt(scan, at);
    if (char === code.hash && at > start && isBlank(charAt(scan, at - 1))) break;
    if (depth === 0 && char === code.comma) break;
    if (isKey && depth === 0 && at > start && char === code.colon && isGap(charAt(scan, at + 1))) break;
    if (char === code.openCurly || char === code.openSquare) depth++;
    if ((char === code.closeCurly || char === code.closeSquare) && --depth < 0) break;
    const template = startsTemplate(scan, at) ? findTemplateEnd(scan, at) : undefined;
    if (template !== undefined) depth--;
    at = template ?? at + 1;
  }
  return trimRegion(scan, start, at);
}

/** The value that starts here, in whatever it stands, and goes on at least to `from`. */
export function findRegion(scan: Scan, start: number, from = start): Span {
  return scan.frames.length > 0 ? findFlowRegion(scan, start, from) : findBlockRegion(scan, start, from);
}

function trimRegion(scan: Scan, start: number, end: number): Span {
  let at = end;
  while (at > start + 1 && isGap(charAt(scan, at - 1))) at--;
  return [start, Math.max(at, start + 1)];
}
