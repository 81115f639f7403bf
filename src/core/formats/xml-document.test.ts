import { attributeText, descendantsNamed, readXml, type XmlElement } from './xml-document.js';

function rootOf(text: string): XmlElement {
  const reading = readXml(text);
  if (reading.kind === 'unreadable') throw new Error(reading.reason);
  return reading.report;
}

test('elements and attributes in order, without text, comments and instructions', () => {
  const root = rootOf('\uFEFF\n<?xml version="1.0"?><!-- x --><?y z?><a b="1"> t <c/><!-- <d/> --><![CDATA[<e/>]]><c d=\'"\'>&lt;</c></a>');
  expect(root).toEqual({ name: 'a', attributes: { b: '1' }, children: [{ name: 'c', attributes: {}, children: [] }, { name: 'c', attributes: { d: '"' }, children: [] }] });
});

test('descendants are found at any depth, outermost first', () => {
  expect(descendantsNamed(rootOf('<a><x n="1"><x n="2"/></x><b><x n="3"/></b></a>'), 'x').map(({ attributes }) => attributes.n)).toEqual(['1', '3']);
});

test('XML’s own entities and numbers are decoded for people, others are left as written', () => {
  const root = rootOf('<a b="&lt;&gt;&amp;&quot;&apos;&#65;&#x42;&#X1F600; &other; &amp;lt; &#9999999; &zz;"/>');
  expect(attributeText(root, 'b')).toBe('<>&"\'AB😀 &other; &lt; &#9999999; &zz;');
  expect(attributeText(root, 'none')).toBe('');
});

describe('a DOCTYPE', () => {
  test.each([
    '<!DOCTYPE a><a/>',
    '<!DOCTYPE a SYSTEM "http://example.com/a[1].dtd" ><a/>',
    `<?xml version="1.0"?>\n<!--- - -- x --><!DOCTYPE a PUBLIC "-//A//DTD 1.1//EN" 'a.dtd'>\n<a/>`,
    '<a><![CDATA[<!DOCTYPE html [<!ENTITY x "y">]>]]></a>',
  ])('that declares nothing is passed over: %j', (text) => expect(rootOf(text).name).toBe('a'));

  test.each([
    '<!DOCTYPE a [<!ENTITY x "y">]><a b="&x;"/>',
    '<!DOCTYPE a SYSTEM "a.dtd" []><a/>',
    '<?xml version="1.0"?> <!-- x --> <!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
  ])('that declares is refused: %j', (text) => {
    expect(readXml(text)).toEqual({ kind: 'unreadable', reason: 'its DOCTYPE declares entities or elements of its own, which are not followed' });
  });
});

describe('bombs are answered at once', () => {
  const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY lol${n + 1} "${`&lol${n};`.repeat(10)}">`).join('\n');

  test.each([
    ['a billion laughs', `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol0 "lol">${laughs}]><testsuite name="&lol9;">&lol9;</testsuite>`],
    ['50,000 elements deep', `${'<testsuite>'.repeat(50_000)}${'</testsuite>'.repeat(50_000)}`],
    ['50,000 elements deep and cut short', '<testsuite>'.repeat(50_000)],
    ['50,000 open comments', `<a>${'<!--'.repeat(50_000)}`],
    ['50,000 instructions before nothing', '<?x'.repeat(50_000)],
    ['50,000 comments before nothing', '<!---->'.repeat(50_000)],
    ['50,000 spaces in a DOCTYPE', `<!DOCTYPE a${' '.repeat(50_000)}"`],
  ])('%s', (_name, text) => {
    const started = performance.now();
    const reading = readXml(text);
    expect(performance.now() - started).toBeLessThan(4000);
    expect(reading.kind).toBe('unreadable');
    expect(reading.kind === 'unreadable' && reading.reason.length).toBeLessThan(250);
  });
});

test.each(['<a>', '<a><b></a></b>', '<a b="1></a>', '<a/><b/>', '<a></a><b></b>', '<a></a>x', '<a b=1/>', '<>', '<__proto__/>', '<a __proto__="1"/>', '<!-- -->'])('%s is not XML', (text) => {
  const reading = readXml(text);
  expect(reading.kind === 'unreadable' && reading.reason).toMatch(/^it is not well-formed XML/);
});
