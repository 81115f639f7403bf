import { giveUp, HOLE, match, peek, refuse } from './reading.js';
import type { PendingHereDocument, Piece, Reading } from './reading.js';
import { readQuotedText } from './read-expansion.js';

/** The end word behind `<<`; its body follows the line's end. */
export function readEndWord(reading: Reading, operator: number, stripTabs: boolean): void {
  const start = reading.at;
  const raw = match(reading, /(?:[^ \t\n;&|<>()'"\\$`]|'[^'\n]*'|"[^"\\$`\n]*"|\\[^\n])+/y);
  reading.at += raw.length;
  if (raw.includes(HOLE)) refuse(reading, 'TG2102', { start, end: reading.at }, "a here-document's end word");
  if (peek(reading) !== '' && "'\"\\$`(".includes(peek(reading))) { giveUp(reading, "a here-document's end word cannot be read", start); return; }
  const delimiter = raw.replace(/'([^']*)'|"([^"]*)"|\\([^])/g, (_, single?: string, double?: string, escaped?: string) => single ?? double ?? escaped ?? '');
  if (delimiter === '') { giveUp(reading, 'a here-document has no end word', start); return; }
  reading.pending.push({ operator, wordEnd: reading.at, delimiter, quoted: /['"\\]/.test(raw), stripTabs });
}

/** At a line break between commands: the bodies of the here-documents that started before it. */
export function readLineBreak(reading: Reading): void {
  if (reading.pendingOutside > 0) { giveUp(reading, 'a line ends in a substitution while a here-document around it has not begun'); return; }
  const newline = reading.at;
  reading.at++;
  const pending = reading.pending;
  reading.pending = [];
  const first = pending[0];
  if (first === undefined) return;
  if (splitsLine(reading.text.slice(first.wordEnd, newline))) { giveUp(reading, 'a quoted line break stands between a here-document and its text', first.operator); return; }
  for (const document of pending) {
    readBody(reading, document);
    if (reading.trouble !== undefined) return;
  }
}

function splitsLine(text: string): boolean {
  return /(?:^|[^\\])\n/.test(text);
}

function readBody(reading: Reading, document: PendingHereDocument): void {
  const start = reading.at;
  const bounds = findBody(reading, document);
  if (bounds === undefined) { giveUp(reading, `the here-document's end word \`${document.delimiter.replaceAll(HOLE, '…')}\` does not follow`, document.operator); return; }
  const body: Piece[] = [];
  if (document.quoted) refuse(reading, 'TG2101', { start, end: bounds.end }, 'a quoted here-document');
  else readOpenBody(reading, bounds.end, body);
  if (reading.trouble !== undefined) return;
  reading.hereDocuments.set(document.operator, { start, end: bounds.end });
  reading.at = bounds.next;
}

function readOpenBody(reading: Reading, end: number, body: Piece[]): void {
  const { limit, pending, pendingOutside } = reading;
  reading.limit = end;
  reading.pending = [];
  reading.pendingOutside = 0;
  readQuotedText(reading, body, 'here');
  if (reading.trouble !== undefined) return;
  if (reading.at !== end) { giveUp(reading, 'a here-document ends in the middle of something'); return; }
  reading.limit = limit;
  reading.pending = pending;
  reading.pendingOutside = pendingOutside;
}

/** Line by line, as shells do it; where joined lines could make the end word, it is left undecided. */
function findBody(reading: Reading, document: PendingHereDocument): { end: number; next: number } | undefined {
  const { delimiter } = document;
  let joined: string | undefined;
  for (let at = reading.at; at < reading.limit; ) {
    const found = reading.text.indexOf('\n', at);
    const lineEnd = found === -1 || found > reading.limit ? reading.limit : found;
    const line = reading.text.slice(at, lineEnd);
    const bare = document.stripTabs ? line.replace(/^\t+/, '') : line;
    if (joined === undefined && bare === delimiter) return { end: at, next: Math.min(lineEnd + 1, reading.limit) };
    const whole = (joined ?? '') + bare;
    if (bare === delimiter || whole === delimiter || (joined ?? '') + line === delimiter) return undefined;
    // Longer than the end word is never equal to it, whatever follows.
    joined = !document.quoted && endsJoined(line) ? whole.slice(0, -1).slice(0, delimiter.length + 1) : undefined;
    at = lineEnd + 1;
  }
  return undefined;
}

function endsJoined(line: string): boolean {
  let backslashes = 0;
  while (line[line.length - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}
