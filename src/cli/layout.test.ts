import fc from 'fast-check';
import { renderColumns, secondColumn, wrapText } from './layout.js';

test('words are wrapped, and none is lost or cut', () => {
  const word = fc.stringMatching(/^[a-z]{1,12}$/u);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), fc.integer({ min: 1, max: 40 }), (words, width) => {
      const lines = wrapText(words.join(' '), width);
      expect(lines.join(' ')).toBe(words.join(' '));
      for (const line of lines) expect(line.length <= width || !line.includes(' ')).toBe(true);
      for (const [index, line] of lines.slice(0, -1).entries()) expect(line.length + 1 + (lines[index + 1]?.split(' ')[0]?.length ?? 0)).toBeGreaterThan(width);
    }),
  );
});

test('the second column stands in line, whatever the colours, and a long first has a line of its own', () => {
  const rows = [['a', 'one two three four five'], ['\u001b[1mlong-one\u001b[22m', 'x'], ['much-too-long-for-it', 'y']] as const;
  const column = secondColumn(rows, 10);
  expect(column).toBe(12);
  expect(renderColumns(rows, { width: 32, column })).toEqual([
    '  a         one two three four',
    '            five',
    '  \u001b[1mlong-one\u001b[22m  x',
    '  much-too-long-for-it',
    '            y',
  ]);
});
