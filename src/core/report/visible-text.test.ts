import { cutToWidth, escapeHidden, widthOf } from './visible-text.js';

test.each([
  ['plain text — with signs', 'plain text — with signs'],
  ['a\u001b[31mred', 'a\\x1b[31mred'],
  ['bell\u0007', 'bell\\x07'],
  ['line\nend\r\ttab', 'line\\nend\\r\\ttab'],
  ['c1 \u009b', 'c1 \\x9b'],
  ['turned \u202etxt', 'turned \\u202etxt'],
  ['hidden\u200bspace', 'hidden\\u200bspace'],
  ['mark \ufeff', 'mark \\ufeff'],
  ['tag \u{e0041}', 'tag \\u{e0041}'],
  ['half \ud83d pair', 'half \\ud83d pair'],
  ['日本 é 😀', '日本 é 😀'],
])('%j is shown as %j', (text, shown) => {
  expect(escapeHidden(text)).toBe(shown);
});

test.each([
  ['', 0],
  ['abc', 3],
  ['日本', 4],
  ['e\u0301', 1],
  ['ａ', 2],
  ['😀', 2],
  ['…→', 2],
])('%j takes %d columns', (text, width) => {
  expect(widthOf(text)).toBe(width);
});

test('text is cut where a column is missing, never in the middle of a wide character', () => {
  expect(cutToWidth('abcdef', 6)).toBe('abcdef');
  expect(cutToWidth('abcdef', 5)).toBe('abcd…');
  expect(cutToWidth('日本語', 5)).toBe('日本…');
  expect(cutToWidth('日本語', 4)).toBe('日…');
});
