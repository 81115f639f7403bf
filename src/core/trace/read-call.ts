import { decodeTraceText } from './trace-text.js';

/** A system call as a trace tells it, once it has come back. */
export interface TracedCall {
  readonly name: string;
  /** As they are written. */
  readonly args: readonly string[];
  readonly result: TracedResult;
}

export interface TracedResult {
  /** -1 for a failure; nothing for what never came back. */
  readonly value: number | undefined;
  /** `ENOENT`. */
  readonly error: string | undefined;
  /** Where a descriptor that came back leads. */
  readonly path: string | undefined;
  /** What it leads to was taken away before. */
  readonly isGone: boolean;
}

/** Nothing for what is no whole call. */
export function readCall(text: string): TracedCall | undefined {
  const open = text.indexOf('(');
  const name = text.slice(0, Math.max(0, open));
  if (!/^[a-z]\w*$/u.test(name)) return undefined;
  const list = readArguments(text, open + 1);
  const result = list === undefined ? undefined : readResult(text.slice(list.end));
  return list === undefined || result === undefined ? undefined : { name, args: list.args, result };
}

const nesting: Readonly<Record<string, number>> = { '(': 1, '[': 1, '{': 1, ')': -1, ']': -1, '}': -1 };

function readArguments(text: string, start: number): { readonly args: readonly string[]; readonly end: number } | undefined {
  const args: string[] = [];
  let depth = 0;
  let from = start;
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') {
      const end = findQuote(text, at + 1);
      if (end < 0) return undefined;
      at = end;
    } else if (character === '<') at = Math.max(at, text.indexOf('>', at));
    else if (character === ',' && depth === 0) {
      args.push(text.slice(from, at).trim());
      from = at + 1;
    } else if (character === ')' && depth === 0) {
      const last = text.slice(from, at).trim();
      return { args: last === '' && args.length === 0 ? [] : [...args, last], end: at + 1 };
    } else depth += nesting[character] ?? 0;
  }
  return undefined;
}

function findQuote(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') at++;
    else if (character === '"') return at;
  }
  return -1;
}

function readResult(text: string): TracedResult | undefined {
  const [, value, written, gone, error] = /^\s*= (0x[\da-f]+|-?\d+|\?)(?:<([^>]*)>(\(deleted\))?)?(?: ([A-Z]\w*))?/u.exec(text) ?? [];
  if (value === undefined) return undefined;
  return { value: value === '?' ? undefined : Number(value), error, path: written === undefined ? undefined : decodeTraceText(written), isGone: gone !== undefined };
}

/** `"\x61"` → `a`; nothing for an address, and for text that was cut off. */
export function readText(argument: string | undefined): string | undefined {
  if (argument === undefined || argument.length < 2 || !argument.startsWith('"') || !argument.endsWith('"')) return undefined;
  return decodeTraceText(argument.slice(1, -1));
}

/** The path of `AT_FDCWD</work>` or `3</work/a>`. */
export function readDescriptor(argument: string | undefined): string | undefined {
  const written = /^(?:AT_FDCWD|-?\d+)<([^>]*)>/u.exec(argument ?? '')?.[1];
  return written === undefined ? undefined : decodeTraceText(written);
}
