import { cutListItem } from './cut-list-item.js';

const cut = (text: string, item: string): string => {
  const start = text.indexOf(item);
  const { span, text: replacement } = cutListItem(text, [start, start + item.length]);
  return text.slice(0, span[0]) + replacement + text.slice(span[1]);
};

test.each([
  ['needs: [one, two, three]', 'one', 'needs: [two, three]'],
  ['needs: [one, two, three]', 'two', 'needs: [one, three]'],
  ['needs: [one, two]', 'two', 'needs: [one]'],
  ['needs: [one]', 'one', 'needs: []'],
  ['needs: ["one", two]', 'one', 'needs: [two]'],
  ["needs: [two, 'one']", 'one', 'needs: [two]'],
  ['needs:\n  - one\n  - two\nnext: 1', 'one', 'needs:\n  - two\nnext: 1'],
  ['needs:\n  - one\n  - two\nnext: 1', 'two', 'needs:\n  - one\nnext: 1'],
  ['needs:\n  - one\nnext: 1', 'one', 'needs:\n    []\nnext: 1'],
  ['needs:\n  - one', 'one', 'needs:\n    []'],
  ['needs:\n  - "one" # why\n  - two\n', 'one', 'needs:\n  - two\n'],
])('%j without %s', (text, item, expected) => {
  expect(cut(text, item)).toBe(expected);
});
