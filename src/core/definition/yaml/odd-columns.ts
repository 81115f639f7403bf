import type { CST } from 'yaml';
import { wrongColumn } from './line-problems.js';
import type { Composing } from './composing.js';

/** Reports a key, item or text at a column where the maps and lists around it have none. */
export function reportColumn(composing: Composing, offset: number, before: CST.Token | null | undefined): void {
  const text = composing.written;
  const isDash = /^-(?:\s|$)/.test(text.slice(offset, offset + 2));
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const columns = [...composing.columns, ...columnsInside(before)].filter((column) => column.isList === isDash).map((column) => column.at);
  composing.problems.add(wrongColumn({ text, content: offset, columns, blockEnd: findBlockEnd(text, lineStart, offset - lineStart), isDash }));
  composing.incomplete = true;
}

interface Column {
  readonly at: number;
  readonly isList: boolean;
}

/** The columns of the last things inside a node. */
function columnsInside(token: CST.Token | null | undefined): Column[] {
  const columns: Column[] = [];
  let inner: CST.Token | null | undefined = token;
  while (inner?.type === 'block-map' || inner?.type === 'block-seq') {
    columns.push({ at: inner.indent, isList: inner.type === 'block-seq' });
    inner = inner.items.findLast((item) => item.value !== undefined)?.value;
  }
  return columns;
}

const mostLines = 2000;

/** The end of the line and of the deeper ones below it. */
function findBlockEnd(text: string, lineStart: number, column: number): number {
  const line = /\n( *)([^\s]?)/g;
  line.lastIndex = lineStart;
  for (let lines = 0; lines < mostLines; lines++) {
    const match = line.exec(text);
    if (match === null) return text.length;
    if (match[2] !== '' && (match[1]?.length ?? 0) <= column) return match.index + 1;
  }
  return line.lastIndex;
}
