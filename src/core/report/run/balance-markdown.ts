import { toFence } from './escape-markdown.js';

/**
 * Markdown that somebody else wrote, made so that nothing of it reaches past its end: what it leaves open (a fence, a
 * comment, elements) is closed. Only forms that are read alike by every reader are taken as they are; where it
 * is not sure what is open, a wrong end could open what it should close, and the text is shown as it was written.
 */
export function balanceMarkdown(markdown: string): string {
  const text = markdown.replace(/\r\n?/gu, '\n').replace(/[^\P{Cc}\n\t]/gu, '').replace(/\s+$/u, '');
  const lines = text.split('\n');
  const closers = findClosers(lines);
  return closers === undefined ? toFence(lines) : [text, ...closers].join('\n');
}

interface Fence {
  readonly sign: string;
  readonly length: number;
  readonly indent: number;
}

type Scanned =
  | { readonly kind: 'text' }
  | ({ readonly kind: 'fence' } & Fence)
  | { readonly kind: 'comment' }
  /** Elements that keep their text as it is, blank lines too. */
  | { readonly kind: 'raw'; readonly name: string };

interface Scanner {
  within: Scanned;
  /** Inside a block of HTML, which goes on to the next blank line. */
  html: boolean;
  /** A backtick was seen since the last blank line: what looks like a tag may be code. */
  ticks: boolean;
  readonly elements: string[];
}

const longestLine = 100_000;
const mostElements = 200;

/** The lines that close what is open; nothing where that is not sure. */
function findClosers(lines: readonly string[]): readonly string[] | undefined {
  const scanner: Scanner = { within: { kind: 'text' }, html: false, ticks: false, elements: [] };
  for (const line of lines) {
    if (line.length > longestLine && line.includes('<')) return undefined;
    if (!scanLine(line, scanner) || scanner.elements.length > mostElements) return undefined;
  }
  const { within, elements } = scanner;
  const tags = elements.toReversed().map((name) => `</${name}>`).join('');
  return [
    ...(within.kind === 'fence' ? [`${' '.repeat(within.indent)}${within.sign.repeat(within.length)}`] : within.kind === 'comment' ? ['-->'] : []),
    ...(tags === '' ? [] : within.kind === 'raw' ? [tags] : ['', tags]),
  ];
}

/** Whether it is still sure what the line means. */
function scanLine(line: string, scanner: Scanner): boolean {
  switch (scanner.within.kind) {
    case 'fence':
      return scanFence(line, scanner.within, scanner);
    case 'comment':
      if (looksLikeFence(line)) return false;
      if (line.includes('-->')) {
        scanner.within = { kind: 'text' };
        scanner.html = true;
        return line.lastIndexOf('<!--') < line.lastIndexOf('-->') && !/<[a-z/?!]/iu.test(line.slice(line.indexOf('-->')));
      }
      return true;
    case 'raw':
      if (looksLikeFence(line) || /<[!?]/u.test(line)) return false;
      if (new RegExp(`</${scanner.within.name}>`, 'iu').test(line)) {
        scanner.within = { kind: 'text' };
        scanner.html = true;
      }
      return countTags(line, scanner);
    case 'text':
      return scanText(line, scanner);
  }
}

function scanFence(line: string, { sign, length, indent }: Fence, scanner: Scanner): boolean {
  const end = /^( *)(`{3,}|~{3,})[ \t]*$/u.exec(line);
  const ends = end?.[2]?.startsWith(sign.charAt(0)) === true && end[2].length >= length;
  if (ends) scanner.within = { kind: 'text' };
  return ends ? end[1]?.length === indent : line.trim() === '' || line.length - line.trimStart().length >= indent;
}

function scanText(line: string, scanner: Scanner): boolean {
  if (line.trim() === '') {
    scanner.html = false;
    scanner.ticks = false;
    return true;
  }
  const rest = withoutContainers(line);
  if (looksLikeFence(line)) {
    const start = /^( *)(`{3,}|~{3,})/u.exec(line);
    if (start === null || scanner.html) return false;
    // Behind a list's mark or deeper in, whether it is a fence depends on what came before.
    const indent = start[1]?.length ?? 0;
    if (indent > 0 && indent < 2) return false;
    scanner.within = { kind: 'fence', sign: start[2]?.charAt(0) ?? '`', length: start[2]?.length ?? 3, indent };
    return true;
  }
  const wasHtml = scanner.html;
  if (/^<(?:[!?]|\/?[a-z][a-z0-9-]*(?=[\s/>]|$))/iu.test(rest)) scanner.html = true;
  if (scanner.html && /<(?:\?|![a-z[])/iu.test(line)) return false;
  // Readers do not agree whether this is a whole comment or the start of one.
  if (/<!--+>/u.test(line)) return false;
  const comment = line.lastIndexOf('<!--');
  if (comment !== -1 && !line.includes('-->', comment + 4)) {
    scanner.within = { kind: 'comment' };
    return comment === 0 && !wasHtml;
  }
  const raw = /^<(pre|script|style|textarea)(?=[\s>]|$)/iu.exec(rest)?.[1]?.toLowerCase();
  if (raw !== undefined && !new RegExp(`</${raw}>`, 'iu').test(line)) {
    if (rest !== line || wasHtml) return false;
    scanner.within = { kind: 'raw', name: raw };
  }
  if (line.includes('`')) scanner.ticks = true;
  return countTags(line, scanner);
}

const tag = /<(\/?)([a-z][a-z0-9-]*)(?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*(\/?)>/giu;
const empty = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);

/** Where they stand, what ends around them is passed over. */
const tables = new Set(['table', 'caption', 'colgroup', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th']);
/** Their end need not be written. */
const endsByItself = new Set(['li', 'p', 'dt', 'dd', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th']);

/** A tag that seems to open counts always, one that seems to close only where it cannot be code: an end too many does no harm. */
function countTags(line: string, { html, ticks, elements, within }: Scanner): boolean {
  if ((html || within.kind === 'raw') && /<[a-z/]/iu.test(line.replace(tag, ''))) return false;
  const mayBeCode = (ticks && !line.startsWith('</')) || /^(?: {4}|\t)/u.test(line);
  const contained = withoutContainers(line) !== (elements.includes('table') ? line.trimStart() : line);
  for (const [, slash, written = ''] of line.matchAll(tag)) {
    const name = written.toLowerCase();
    if (empty.has(name)) continue;
    if (slash === '') {
      if (contained && tables.has(name)) return false;
      elements.push(name);
    } else if (!mayBeCode && elements.includes(name)) {
      const above = elements.splice(elements.lastIndexOf(name)).slice(1);
      if (!above.every((each) => endsByItself.has(each))) return false;
    }
  }
  return true;
}

function withoutContainers(line: string): string {
  return line.replace(/^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])(?:\s+|$)[\s>]*)*/u, '');
}

function looksLikeFence(line: string): boolean {
  return /^(?:`{3,}[^`]*|~{3,}.*)$/u.test(withoutContainers(line));
}
