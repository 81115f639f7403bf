import { stripColor } from './choose-color.js';

/** Words in lines of at most `width`; a word that is longer stands alone. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Where the second of two columns begins; what is wider than `widest` has a line of its own. */
export function secondColumn(rows: readonly (readonly [string, string])[], widest: number): number {
  return Math.max(0, ...rows.map(([left]) => stripColor(left).length).filter((length) => length <= widest)) + 4;
}

/** Two columns, the second wrapped. */
export function renderColumns(rows: readonly (readonly [string, string])[], page: { readonly width: number; readonly column: number }): readonly string[] {
  const { width, column } = page;
  const indent = ' '.repeat(column);
  return rows.flatMap(([left, right]) => {
    const [first = '', ...others] = wrapText(right, Math.max(20, width - column));
    const gap = column - 2 - stripColor(left).length;
    const lines = gap >= 2 ? [`  ${left}${' '.repeat(gap)}${first}`] : [`  ${left}`, `${indent}${first}`];
    return [...lines, ...others.map((line) => `${indent}${line}`)].map((line) => line.trimEnd());
  });
}
