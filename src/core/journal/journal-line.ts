import { createHash, hash } from 'node:crypto';

/** What the first line of a file is chained to. */
export const firstCheck = '0'.repeat(16);

const checkLength = firstCheck.length;
const newline = 0x0a;
const space = 0x20;

export interface JournalLine {
  readonly text: string;
  readonly check: string;
}

/**
 * `<check> <number> <json>`. The check is made of the line and of the check before it, so that a line that was changed,
 * dropped, swapped, repeated or brought from elsewhere is seen, wherever it stands.
 */
export function encodeLine(before: string, seq: number, json: string): JournalLine {
  const check = hash('sha256', `${before} ${seq} ${json}`, 'hex').slice(0, checkLength);
  return { text: `${check} ${seq} ${json}\n`, check };
}

export type DecodedLine =
  | { readonly kind: 'line'; readonly seq: number; readonly value: unknown; readonly check: string; /** Where the next one begins. */ readonly end: number }
  /** The last one, written in part: a process was killed. */
  | { readonly kind: 'torn' }
  | { readonly kind: 'damaged'; readonly problem: string };

/** The line that begins at a byte, with the check of the one before it. */
export function decodeLine(bytes: Uint8Array, start: number, before: string): DecodedLine {
  const found = bytes.indexOf(newline, start);
  const end = found === -1 ? bytes.length : found;
  const line = bytes.subarray(start, end);
  const check = textOf(line.subarray(0, checkLength));
  const content = line.subarray(checkLength + 1);
  if (line[checkLength] === space && check === checkOf(before, content)) return readContent(content, check, found === -1 ? end : end + 1);
  if (found === -1 && isBeginning(line)) return { kind: 'torn' };
  return { kind: 'damaged', problem: describeDamage(line) };
}

/** Of the bytes, not of the text that they stand for: bytes that are no text would otherwise pass for others. */
function checkOf(before: string, content: Uint8Array): string {
  return createHash('sha256').update(`${before} `).update(content).digest('hex').slice(0, checkLength);
}

function readContent(content: Uint8Array, check: string, end: number): DecodedLine {
  const [, number, json] = /^(\d+) (.*)$/su.exec(textOf(content)) ?? [];
  const value = json === undefined ? undefined : parse(json);
  return value === undefined ? { kind: 'damaged', problem: 'what stands here was never a record' } : { kind: 'line', seq: Number(number), value: value.json, check, end };
}

/** What a process may have written before it was killed; JSON as we write it has no control characters. */
function isBeginning(line: Uint8Array): boolean {
  return /^[0-9a-f]{0,16}$|^[0-9a-f]{16} \d*$|^[0-9a-f]{16} \d+ (?:\{[^\u0000-\u001f]*)?$/u.test(textOf(line));
}

function describeDamage(line: Uint8Array): string {
  return line.includes(0) ? 'zeros stand here, as after a loss of power' : 'its check fails: it was changed, or records before it are gone';
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function parse(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
