import { balanceMarkdown } from './balance-markdown.js';

test.each([
  ['a table and a list', '| a |\n|---|\n| 1 |\n\n- x\n- y'],
  ['a closed fence', 'a\n\n```js\nlet x = `y`;\n```\n\n~~~\n```\n~~~'],
  ['a fence in a list', '1. x\n\n   ```sh\n   run\n\n   ```\n2. y'],
  ['a closed details', '<details><summary>more</summary>\n\n```\n<div>\n```\n\n</details>'],
  ['a comment', '<!-- one\n two -->\n\ntext'],
  ['a comparison', 'a < b and Map<string, number> and x <- y'],
  ['an image and a break', '<img src="a.png">\n\ntwo<br>lines'],
  ['a table of HTML', '<table>\n  <tr><td>1<td>2\n  <tr>\n    <td>`3`</td>\n  </tr>\n</table>\n\ntext'],
  ['an autolink', '<https://example.com>\n\nand <me@example.com>'],
])('%s passes as it is', (_name, text) => {
  expect(balanceMarkdown(text)).toBe(text);
});

test.each([
  ['a fence', '````\ncode\n```', '````\ncode\n```\n````'],
  ['a fence in a list', '- x\n\n  ~~~\n  code', '- x\n\n  ~~~\n  code\n  ~~~'],
  ['a comment', 'a\n\n<!-- b\n\nc', 'a\n\n<!-- b\n\nc\n-->'],
  ['a details', '<details open>\n\n- a', '<details open>\n\n- a\n\n</details>'],
  ['what is nested', '<details><table>\n<tr><td>\n\nx', '<details><table>\n<tr><td>\n\nx\n\n</td></tr></table></details>'],
  ['a fence within a details', '<details>\n\n```\nx', '<details>\n\n```\nx\n```\n\n</details>'],
  ['an end that is code', '<details>\n\nuse `</details>` here', '<details>\n\nuse `</details>` here\n\n</details>'],
  ['preformatted text', '<pre>\na\n\nb', '<pre>\na\n\nb\n</pre>'],
])('%s that is open is closed', (_name, text, expected) => {
  expect(balanceMarkdown(text)).toBe(expected);
});

test.each([
  ['a fence that a list has ended', '- x\n\n  ```\n  code\nback\n```'],
  ['a fence in a quotation', '> ```\n> x'],
  ['a fence inside a block of HTML', '<div>\n```\n\n```'],
  ['a comment inside a block of HTML', '<div>\n<!-- a\n\nb'],
  ['a comment in a quotation', '> <!-- a\n\nb'],
  ['a table in a quotation', '> <table>\n\nb'],
  ['a table in a list', '- a\n  <table>\n\nb'],
  ['ends in the wrong order', '<div><table>\n\n</div>'],
  ['a comment in preformatted text', '<pre>\n\n<!--'],
  ['half a comment', '<!-->text\n<?php'],
  ['a tag that does not end', '<div title="\n\nx'],
  ['an instruction', '<?php\n\nx'],
  ['a declaration', '<![CDATA[\n\nx'],
  ['a fence inside a comment', '<!--\n```\n-->\n```'],
])('%s, of which it is not sure what is open, is shown as it was written', (_name, text) => {
  const fence = text.includes('```') ? '````' : '```';
  expect(balanceMarkdown(text)).toBe(`${fence}\n${text}\n${fence}`);
});

test('line ends are one kind, and control characters are gone', () => {
  expect(balanceMarkdown('a\r\nb\rc\u0000\u001b[31m\n')).toBe('a\nb\nc[31m');
});
