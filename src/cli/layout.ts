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

/** Two columns, the second wrapped; a first column that is too long has a line of its own. */
export function renderColumns(rows: readonly (readonly [string, string])[], page: { readonly width: number; readonly widest: number }): readonly string[] {
  const lengths = rows.map(([left]) => stripColor(left).length).filter((length) => length <= page.widest);
  const column = Math.max(0, ...lengths) + 4;
  const indent = ' '.repeat(column);
  return rows.flatMap(([left, right]) => {
    const [first = '', ...others] = wrapText(right, Math.max(20, page.width - column));
    const length = stripColor(left).length;
    const head = `  ${left}`;
    const lines = length <= page.widest ? [`${head}${' '.repeat(column - 2 - length)}${first}`] : [head, `${indent}${first}`];
    return [...lines, ...others.map((line) => `${indent}${line}`)].map((line) => line.trimEnd());
  });
}
