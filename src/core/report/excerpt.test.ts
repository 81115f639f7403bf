import type { Span } from '../diagnostic/diagnostic.js';
import { createSourceText } from '../diagnostic/source-text.js';
import { renderExcerpt } from './excerpt.js';
import { createPaint } from './paint.js';
import { widthOf } from './visible-text.js';

function excerptOf(text: string, span: Span, columns = 60): readonly string[] {
  return renderExcerpt(createSourceText('a.yml', text), span, { paint: createPaint(false), columns, mark: (carets) => carets });
}

test.each<[string, string, Span, readonly string[]]>([
  ['a word', 'name: x\ntimout: 5\n', [8, 14], ['  2 | timout: 5', '    | ^^^^^^']],
  ['nothing at all', 'name: x\n', [6, 6], ['  1 | name: x', '    |       ^']],
  ['the end of the file', 'name: x', [7, 7], ['  1 | name: x', '    |        ^']],
  ['a file without text', '', [0, 0], ['  1 | ', '    | ^']],
  ['what lies behind the end', 'ab', [90, 95], ['  1 | ab', '    |   ^']],
  ['a tab in the line', 'a:\tb', [3, 4], ['  1 | a:  b', '    |     ^']],
  ['the tab itself', '\tb', [0, 1], ['  1 |     b', '    | ^^^^']],
  ['wide characters before', 'x: 日本 y', [6, 7], ['  1 | x: 日本 y', '    |         ^']],
  ['wide characters', 'x: 日本', [3, 5], ['  1 | x: 日本', '    |    ^^^^']],
  ['a control character', 'a\u001bb', [1, 2], ['  1 | a\\x1bb', '    |  ^^^^']],
  ['several lines', 'run: |\n  a\n  b\n', [0, 10], ['  1 | run: |', '    | ^^^^^^ … to line 2']],
  ['a line and its end', 'run: |\n  a\n', [0, 7], ['  1 | run: |', '    | ^^^^^^']],
  ['a line that ends with CR LF', 'ab\r\ncd', [0, 6], ['  1 | ab', '    | ^^ … to line 2']],
])('%s', (_name, text, span, lines) => {
  expect(excerptOf(text, span)).toEqual(lines);
});

test('a long line is shown around the span', () => {
  const text = `${'a'.repeat(100)}HERE${'b'.repeat(100)}`;
  const [line = '', carets = ''] = excerptOf(text, [100, 104], 46);
  expect(line).toBe('  1 | …aaaaaaaaaaaaaaaaaHEREbbbbbbbbbbbbbbbbb…');
  expect(carets.indexOf('^')).toBe(line.indexOf('HERE'));
  expect(carets.endsWith(' ^^^^')).toBe(true);
});

test('a span wider than the terminal is cut, and nothing is wider than it', () => {
  for (const [from, to] of [[0, 300], [50, 300], [290, 300]] as const) {
    for (const line of excerptOf('日'.repeat(300), [from, to], 50)) expect(widthOf(line)).toBeLessThanOrEqual(50);
  }
});

test('a line of megabytes costs no more than what is shown of it', () => {
  const text = 'x'.repeat(4_000_000);
  const started = performance.now();
  const [line = ''] = excerptOf(text, [2_000_000, 2_000_001]);
  expect(performance.now() - started).toBeLessThan(1000);
  expect(line).toMatch(/^ {2}1 \| …x+…$/u);
});
