import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import { yamlLimits } from './limits.js';

/** The text of a file's bytes, or why they are none; refused ones carry the text as far as it can be shown. */
export type DecodedText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly text: string; readonly diagnostic: Diagnostic };

export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes.length > yamlLimits.size) return refuseSize(bytes);
  const utf16 = findUtf16(bytes);
  if (utf16 !== undefined) return refuseUtf16(bytes, utf16);
  const text = new TextDecoder('utf-8').decode(bytes);
  if (text.includes('\ufffd')) {
    const invalid = findInvalidByte(bytes);
    if (invalid !== undefined) return refuseByte(bytes, text, invalid);
  }
  return refuseCharacter(text) ?? { kind: 'text', text };
}

function refuse(text: string, problem: Omit<Diagnostic, 'severity'>): DecodedText {
  return { kind: 'refused', text, diagnostic: { severity: 'error', ...problem } };
}

/** Enough of a file that is too large to show where it starts. */
const shownOfLarge = 1000;

function refuseSize(bytes: Uint8Array): DecodedText {
  const text = new TextDecoder('utf-8').decode(bytes.subarray(0, shownOfLarge));
  const firstBreak = text.indexOf('\n');
  const size = (bytes.length / 1024 / 1024).toFixed(1);
  return refuse(text, {
    code: 'TG1003',
    message: `the file has ${size} MiB; a workflow has at most ${yamlLimits.size / 1024 / 1024} MiB`,
    span: [0, Math.min(firstBreak === -1 ? text.length : firstBreak, 80)],
    hint: 'Keep data in files of their own and name them under `inputs`.',
  });
}

type Utf16 = 'utf-16le' | 'utf-16be';

/** By its byte order mark, or by the zero bytes of its first characters: a workflow starts with ASCII. */
function findUtf16(bytes: Uint8Array): Utf16 | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0 && second !== undefined && second !== 0 && (third === 0 || third === undefined)) return 'utf-16be';
  if (first !== undefined && first !== 0 && second === 0 && (fourth === 0 || fourth === undefined)) return 'utf-16le';
  return undefined;
}

function refuseUtf16(bytes: Uint8Array, encoding: Utf16): DecodedText {
  const text = decodeUtf16(bytes, encoding);
  return refuse(text, {
    code: 'TG1001',
    message: 'the file is in UTF-16; workflows are read as UTF-8',
    span: [0, Math.min(1, text.length)],
    hint: 'Save the file again as UTF-8, without or with a byte order mark.',
  });
}

function decodeUtf16(bytes: Uint8Array, encoding: Utf16): string {
  if (encoding === 'utf-16le') return new TextDecoder(encoding).decode(bytes);
  const swapped = new Uint8Array(bytes.length - (bytes.length % 2));
  for (let at = 0; at < swapped.length; at += 2) {
    swapped[at] = bytes[at + 1] ?? 0;
    swapped[at + 1] = bytes[at] ?? 0;
  }
  return new TextDecoder('utf-16le').decode(swapped);
}

/** The first byte that is not part of a UTF-8 sequence: a U+FFFD may also have been written as such. */
function findInvalidByte(bytes: Uint8Array): number | undefined {
  for (let at = 0; at < bytes.length; ) {
    const length = measureSequence(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return undefined;
}

/** How many bytes the sequence has that starts here; 0 for none. */
function measureSequence(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  for (let next = at + 1; next < at + length; next++) if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return 0;
  return isWellFormed(lead, bytes[at + 1] ?? 0) ? length : 0;
}

/** No longer forms of shorter sequences, no surrogates, nothing above U+10FFFF. */
function isWellFormed(lead: number, second: number): boolean {
  if (lead === 0xe0) return second >= 0xa0;
  if (lead === 0xed) return second < 0xa0;
  if (lead === 0xf0) return second >= 0x90;
  return lead !== 0xf4 || second < 0x90;
}

function refuseByte(bytes: Uint8Array, text: string, at: number): DecodedText {
  const before = new TextDecoder('utf-8').decode(bytes.subarray(0, at)).length;
  const byte = (bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return refuse(text, {
    code: 'TG1001',
    message: `the byte ${byte} is not UTF-8`,
    span: [before, Math.min(before + 1, text.length)],
    hint: 'Save the file again as UTF-8; it looks like Latin-1 or another older encoding.',
  });
}

// What YAML 1.2 calls printable, without a lone carriage return, which few editors show as the end of a line.
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|\r(?!\n)/;

function refuseCharacter(text: string): DecodedText | undefined {
  const at = text.search(forbidden);
  if (at === -1) return undefined;
  const isReturn = text[at] === '\r';
  const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  return refuse(text, {
    code: 'TG1002',
    message: isReturn ? 'a carriage return without a line feed: lines end with LF or CR LF' : `the control character U+${code} cannot stand in YAML`,
    span: [at, at + 1],
    hint: isReturn ? 'Save the file with LF line ends.' : `Take it out, or write it as an escape in double quotes: "\\u${code}".`,
    fix: isReturn
      ? { title: 'End lines with LF', edits: carriageReturns(text), safe: false }
      : { title: 'Take it out', edits: [{ span: [at, at + 1], text: '' }], safe: false },
  });
}

const mostEdits = 10_000;

function carriageReturns(text: string): { readonly span: readonly [number, number]; readonly text: string }[] {
  const edits: { readonly span: readonly [number, number]; readonly text: string }[] = [];
  for (const match of text.matchAll(/\r(?!\n)/g)) {
    if (edits.push({ span: [match.index, match.index + 1], text: '\n' }) === mostEdits) break;
  }
  return edits;
}
