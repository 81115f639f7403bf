import type { DiagnosticCode } from '../../diagnostic/codes.js';
import type { Span } from '../../diagnostic/diagnostic.js';
import { deadAlias } from './dead-alias.js';
import { quoteText } from './quote-text.js';
import { charAt, code, endOfText, findLineStart, findTextEnd, isBlank, skipBlanks, skipSpaces, type Scan } from './scan.js';
import { hide } from './scan-depth.js';
import { findRegion, startsTemplate } from './scan-regions.js';

/** A value that YAML would take for something else, although it is plain what its author means. */
export interface Trap {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint: string;
  readonly region: Span;
  /** The text that is meant, where it is not the region as it stands. */
  readonly meant?: string;
  /** Whether quotes are surely what was wanted. */
  readonly safe?: boolean;
}

/** Reports the trap, hides it from the parser and goes on behind it as if the text were quoted. */
export function springTrap(scan: Scan, trap: Trap): void {
  const { region } = trap;
  const text = trap.meant ?? scan.text.slice(...region);
  const place = scan.keySpan === undefined || scan.frames.length > 0 ? '' : `${scan.text.slice(...scan.keySpan)}: `;
  scan.problems.add({
    code: trap.code,
    message: trap.message,
    span: region,
    hint: `${trap.hint} Write: ${shorten(place + quoteText(text))}`,
    fix: { title: 'Put it in quotes', edits: [{ span: region, text: quoteText(text) }], safe: trap.safe ?? true },
  });
  hideText(scan, region, text);
}

/** The parser sees quoted text in place of the region, and the reader the text that is meant. */
export function hideText(scan: Scan, region: Span, text: string): void {
  const isShort = region[1] - region[0] === 1;
  if (isShort && scan.frames.length === 0) {
    hideCharacter(scan, region);
    return;
  }
  if (scan.frames.length === 0 && skipSpaces(scan, findLineStart(scan, region[0])) === region[0]) scan.indentNext = Math.min(scan.indentNext, scan.indentValue);
  scan.masks.push({ span: region, as: 'text' });
  scan.meant.set(region[0], { kind: 'scalar', value: text, text, style: 'plain', at: region });
  passNode(scan, ...region);
  scan.flowKey = !isShort;
}

/** One character has no room for quotes: the value is left out, and with a key its whole line. */
function hideCharacter(scan: Scan, [start, end]: Span): void {
  const isKey = scan.keySpan === undefined && charAt(scan, skipBlanks(scan, end)) === code.colon;
  scan.pos = isKey ? findTextEnd(scan, start) : end;
  hide(scan, [start, scan.pos]);
}

function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

/** Goes on behind a node. */
export function passNode(scan: Scan, start: number, end: number): void {
  scan.pos = end;
  scan.nodeEnd = end;
  scan.properties = 0;
  const frame = scan.frames.at(-1);
  if (frame !== undefined) {
    frame.afterNode = true;
    frame.isItemEmpty = false;
    return;
  }
  scan.nodeStart = start;
  scan.nodeIndent = scan.indent;
  scan.nodeHeight = 0;
}

const inQuotes = 'Text that starts like this needs quotes.';

export function springTemplate(scan: Scan, start: number): void {
  const region = findRegion(scan, start);
  springTrap(scan, { code: 'TG1040', message: 'an unquoted {{ is a map to YAML, not an expression', hint: 'Put the whole value in quotes.', region });
}

/** `{{ x` with no end on its line: the braces are closed along with the quotes. */
export function springOpenTemplate(scan: Scan): void {
  const region = findRegion(scan, scan.pos);
  const written = scan.text.slice(...region);
  springTrap(scan, { code: 'TG1040', message: 'an unquoted {{ that nothing closes', hint: 'An expression ends with }}, and the whole value is put in quotes.', region, meant: `${written} }}`, safe: false });
}

export function springTag(scan: Scan): void {
  const region = findRegion(scan, scan.pos);
  const name = /^\S*/.exec(scan.text.slice(...region))?.[0] ?? '!';
  springTrap(scan, { code: 'TG1041', message: `an unquoted '${name}' is a tag to YAML, not text`, hint: inQuotes, region });
}

export function springAlias(scan: Scan, start: number): void {
  const region = findRegion(scan, start, scan.pos);
  springTrap(scan, { code: 'TG1042', message: `an unquoted '${shorten(scan.text.slice(...region))}' is an alias to YAML, not a pattern`, hint: inQuotes, region });
}

/** An alias of something that no anchor before it names. */
export function springDeadAlias(scan: Scan, name: string, region: Span): void {
  scan.problems.add(deadAlias(name, region, scan.anchors));
  hideText(scan, region, `*${name}`);
  scan.incomplete = true;
}

export function springBlockHeader(scan: Scan): void {
  const region = findRegion(scan, scan.pos);
  springTrap(scan, { code: 'TG1043', message: `an unquoted '${scan.text[scan.pos] ?? ''}' starts a block of text in YAML`, hint: inQuotes, region });
}

export function springReserved(scan: Scan): void {
  const region = findRegion(scan, scan.pos);
  const first = scan.text[scan.pos] ?? '';
  springTrap(scan, { code: 'TG1044', message: `unquoted text cannot start with '${first}'`, hint: inQuotes, region });
}

/** A bracket in the middle of unquoted text between brackets: `[src/*.{ts,js}]`, `[${{ x }}]`. */
export function springBracket(scan: Scan, start: number): void {
  if (startsTemplate(scan, scan.pos)) {
    springTemplate(scan, start);
    return;
  }
  const region = findRegion(scan, start);
  const bracket = scan.text[scan.pos] ?? '';
  springTrap(scan, { code: 'TG1045', message: `the '${bracket}' inside unquoted text opens a map or list`, hint: 'Between brackets, text with brackets needs quotes.', region });
}

/** `key: value: other` */
export function springColon(scan: Scan, start: number): void {
  const region = findRegion(scan, start);
  springTrap(scan, { code: 'TG1017', message: "unquoted text cannot contain ': '", hint: 'YAML reads it as another key.', region, safe: false });
}

/** `"a" b`: quotes that end too early, or that belong to the text. */
export function springAfterNode(scan: Scan, start: number): void {
  const region = findRegion(scan, start, scan.pos);
  const quote = scan.text[start] ?? '';
  const isQuote = quote === '"' || quote === "'";
  const written = scan.text.slice(...region);
  // 'it's' has a quote too many inside; in "a" and "b" the quotes are part of the text.
  const isInside = !isBlank(charAt(scan, scan.pos - 1)) && written.endsWith(quote);
  springTrap(scan, {
    code: 'TG1013',
    message: isQuote ? `text after the closing ${quote}` : 'text after a closing bracket',
    hint: 'The quotes have to go around the whole value.',
    region,
    meant: isQuote && isInside ? written.slice(1, -1) : written,
    safe: false,
  });
}

/** The traps that show by their first character. */
export function isReserved(char: number): boolean {
  return char === code.at || char === code.backtick || char === code.percent || char === code.comma;
}

/** `|` and `>` may be followed by digits and signs and nothing else. */
export function isBlockHeader(scan: Scan): boolean {
  let at = scan.pos + 1;
  for (let char = charAt(scan, at); char === code.dash || char === code.plus || (char >= 49 && char <= 57); char = charAt(scan, at)) at++;
  if (at > scan.pos + 3) return false;
  const gap = at;
  while (charAt(scan, at) === code.space || charAt(scan, at) === code.tab) at++;
  const char = charAt(scan, at);
  if (char === code.hash) return at > gap;
  return char === code.newline || char === endOfText || (char === code.carriageReturn && charAt(scan, at + 1) === code.newline);
}
