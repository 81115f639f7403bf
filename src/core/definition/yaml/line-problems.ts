import type { Span, TextEdit } from '../../diagnostic/diagnostic.js';
import type { Problem } from './problem-list.js';

export interface WrongColumn {
  readonly text: string;
  /** Where the content of the line starts. */
  readonly content: number;
  /** Columns, from 0, at which it would fit. */
  readonly columns: readonly number[];
  /** Where the line and what is deeper below it ends. */
  readonly blockEnd: number;
  readonly isDash: boolean;
  readonly sibling?: Span | undefined;
}

/** A key or list item that stands at a column where none of its kind does. */
export function wrongColumn({ text, content, columns, blockEnd, isDash, sibling }: WrongColumn): Problem {
  const lineStart = text.lastIndexOf('\n', content - 1) + 1;
  const column = content - lineStart;
  const wanted = nearestColumn(column, columns);
  const word = /^(?:- ?)?(?:"[^"\n]*"|'[^'\n]*'|[^\s:#]*)/.exec(text.slice(content, content + 200))?.[0] || text.slice(content, content + 1);
  const what = isDash ? 'this list item' : `'${word}'`;
  const others = isDash ? 'the items of the list' : sibling === undefined ? 'the keys around it' : `its siblings (such as '${text.slice(...sibling)}')`;
  const fix = wanted === undefined ? undefined : moveBlock(text, { lineStart, blockEnd, by: wanted - column });
  return {
    code: 'TG1011',
    message:
      wanted === undefined
        ? `${what} starts at column ${column + 1}, where nothing of its kind does`
        : `${what} starts at column ${column + 1}, ${others} at column ${wanted + 1}`,
    span: [content, content + word.length],
    hint: 'Keys of one map, and items of one list, start at the same column.',
    ...(fix === undefined ? {} : { fix: { title: `Indent by ${wanted ?? 0} spaces`, edits: fix, safe: false } }),
    ...(sibling === undefined ? {} : { related: [{ message: 'a sibling', span: sibling }] }),
  };
}

function nearestColumn(column: number, columns: readonly number[]): number | undefined {
  let best: number | undefined;
  for (const candidate of columns) {
    if (best === undefined || Math.abs(candidate - column) <= Math.abs(best - column)) best = candidate;
  }
  return best;
}

const mostEdits = 500;

function moveBlock(text: string, { lineStart, blockEnd, by }: { readonly lineStart: number; readonly blockEnd: number; readonly by: number }): TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (let at = lineStart; at < blockEnd; ) {
    const spaces = /^ */.exec(text.slice(at, Math.min(at + 1000, blockEnd)))?.[0].length ?? 0;
    const newline = text.indexOf('\n', at);
    const isBlankLine = /^ *\r?$/.test(text.slice(at, newline === -1 ? blockEnd : newline).slice(0, 1000));
    if (!isBlankLine) edits.push({ span: [at, at + spaces], text: ' '.repeat(Math.max(0, spaces + by)) });
    if (edits.length > mostEdits) return undefined;
    if (newline === -1) break;
    at = newline + 1;
  }
  return edits;
}

/** A line where a key is due and that has no colon, or none that YAML takes for one. */
export function missingColon(text: string, [start, end]: Span): Problem {
  const line = text.slice(start, end).split(/\r?\n/, 1)[0] ?? '';
  const tight = /^([A-Za-z_][\w.-]*):(?!\/\/)\S/.exec(line)?.[1];
  if (tight !== undefined) {
    const after = start + tight.length + 1;
    return {
      code: 'TG1016',
      message: `no space after the colon of '${tight}'`,
      span: [start, after],
      hint: `Write: ${tight}: ${line.slice(tight.length + 1).slice(0, 80)}`,
      fix: { title: 'Put a space after the colon', edits: [{ span: [after, after], text: ' ' }], safe: true },
    };
  }
  const equals = /^([\w.-]+)\s*=\s*/.exec(line);
  const word = /^[\w.-]+(?!:)(?![\w.-])/.exec(line)?.[0];
  const edit: TextEdit | undefined =
    equals !== null
      ? { span: [start + (equals[1]?.length ?? 0), start + equals[0].length], text: ': ' }
      : word === undefined
        ? undefined
        : { span: [start + word.length, start + word.length], text: ':' };
  return {
    code: 'TG1015',
    message: word === undefined ? 'a key and a colon are missing on this line' : `a colon is missing after '${word}'`,
    span: [start, start + Math.max(1, (word ?? line).length)],
    hint: 'The lines of a map are written as `key: value`.',
    ...(edit === undefined ? {} : { fix: { title: 'Put a colon after the key', edits: [edit], safe: false } }),
  };
}
