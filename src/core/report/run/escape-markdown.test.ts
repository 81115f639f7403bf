import fc from 'fast-check';
import { escapeMarkdown, toCode, toFence, toLink } from './escape-markdown.js';

const zeroWidth = '&#8203;';

test.each([
  ['<img src=x onerror=y>', '&#60;img src=x onerror=y&#62;'],
  ['a|b', 'a&#124;b'],
  ['`code` *b* _i_ ~s~', '&#96;code&#96; &#42;b&#42; &#95;i&#95; &#126;s&#126;'],
  ['[text](http://evil)', `&#91;text&#93;(http&#58;${zeroWidth}//evil)`],
  ['![x](y)', '&#33;&#91;x&#93;(y)'],
  ['@team', `&#64;${zeroWidth}team`],
  ['see #12 and # 12', `see &#35;${zeroWidth}12 and &#35; 12`],
  ['see GH-12, gh-pages', `see GH-${zeroWidth}12, gh-pages`],
  ['www.evil.com', `www${zeroWidth}.evil.com`],
  ['&lt;b&gt; \\*', '&#38;lt;b&#38;gt; &#92;&#42;'],
  ['$a$', '<span>$</span>a<span>$</span>'],
  ['two\n# lines', 'two &#35; lines'],
  ['\u001b[31mred\u202e', '&#92;x1b&#91;31mred&#92;u202e'],
  ['größe 語 😀 – 1.5% (ok): a=b', 'größe 語 😀 – 1.5% (ok): a=b'],
])('%s is text', (text, expected) => {
  expect(escapeMarkdown(text)).toBe(expected);
});

test('a value is code that no sign can leave', () => {
  expect(toCode('a`b</code><img>|x@y https://z\nc')).toBe('<code>a&#96;b&#60;/code&#62;&#60;img&#62;&#124;x&#64;y https&#58;//z c</code>');
  expect(toCode('')).toBe('');
});

test.each([
  ['https://github.com/a/b/actions/runs/7?x=1&y=2#z', '<a href="https://github.com/a/b/actions/runs/7?x=1&#38;y=2#z">run &#35;&#8203;7</a>'],
  ['http://127.0.0.1:8080/a', '<a href="http://127.0.0.1:8080/a">run &#35;&#8203;7</a>'],
  ['javascript:alert(1)', 'run &#35;&#8203;7'],
  ['https://a/"><img', 'run &#35;&#8203;7'],
  ['https://a/\nb', 'run &#35;&#8203;7'],
  ['', 'run &#35;&#8203;7'],
])('a link to %s', (address, expected) => {
  expect(toLink('run #7', address)).toBe(expected);
});

test('what is long is cut', () => {
  expect(escapeMarkdown('x'.repeat(30), 10)).toBe(`${'x'.repeat(9)}…`);
});

test('a fence is longer than every run of backticks in it', () => {
  expect(toFence(['```', '~~~', 'a ````` b', '\u001b[1mbold'], 'text')).toBe('``````text\n```\n~~~\na ````` b\nbold\n``````');
});

test('whatever the text: no sign of markdown or HTML is left', () => {
  const text = fc.string({ unit: fc.oneof(fc.constantFrom('<', '>', '&', '"', '`', '|', '*', '_', '[', ']', '@', '#', '1', 'www.', '://', '\\', '!', '~', '$'), fc.string({ unit: 'grapheme', maxLength: 2 })), maxLength: 60 });
  fc.assert(
    fc.property(text, (value) => {
      const escaped = escapeMarkdown(value);
      const rest = escaped.replaceAll('<span>$</span>', '').replace(/&#\d+;/gu, ' ');
      expect(rest).not.toMatch(/[<>&"`|*_[\]@#\\!~$\n]|:\/\/|www\./iu);
      expect(toCode(value).replace(/^<code>|<\/code>$/gu, '').replace(/&#\d+;/gu, ' ')).not.toMatch(/[<>&"`|*_[\]@#\\!~$\n]/u);
    }),
  );
});
