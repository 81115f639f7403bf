import type { Span } from './diagnostic.js';

/** A place as people count it: lines and columns from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A file's name and text, with offsets turned into lines and columns on demand. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
  readonly positionAt: (offset: number) => Position;
  /** The text of a line (from 1) without its end. */
  readonly lineAt: (line: number) => string;
}

export function createSourceText(file: string, text: string): SourceText {
  let starts: number[] | undefined;
  const lineStarts = (): number[] => (starts ??= findLineStarts(text));
  return {
    file,
    text,
    positionAt: (offset) => {
      const all = lineStarts();
      const bounded = Math.max(0, Math.min(offset, text.length));
      let low = 0;
      let high = all.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((all[middle] ?? 0) <= bounded) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: bounded - (all[low] ?? 0) + 1 };
    },
    lineAt: (line) => {
      const all = lineStarts();
      const start = all[line - 1];
      if (start === undefined) return '';
      return text.slice(start, all[line] ?? text.length).replace(/\r?\n$/, '');
    },
  };
}

/** A span that points at nothing still needs a character to stand under. */
export function isEmpty(span: Span): boolean {
  return span[1] <= span[0];
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
