import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { createSourceText } from '../../diagnostic/source-text.js';
import { readYaml } from './read-yaml.js';
import type { MapNode, SourceNode } from './source-node.js';

function toPlain(node: SourceNode | undefined): unknown {
  if (node === undefined) return 'nothing';
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toPlain);
  return Object.fromEntries(node.entries.map((entry) => [entry.key, toPlain(entry.value)]));
}

function read(text: string): SourceNode {
  const { root, diagnostics } = readYaml(createSourceText('w.yml', text));
  expect({ text, diagnostics }).toEqual({ text, diagnostics: [] });
  return root!;
}

/** Every node as its kind and what it stands on. */
function outline(text: string, node: SourceNode): unknown {
  const written = text.slice(...node.at);
  if (node.kind === 'scalar') return `${node.style} ${written}`;
  if (node.kind === 'list') return { list: written, items: node.items.map((item) => outline(text, item)) };
  return { map: written, entries: node.entries.map((entry) => [text.slice(...entry.keyAt), outline(text, entry.value)]) };
}

test('nodes know where they stand', () => {
  const text = 'a: b # c\n"d":\n- e\n-\n- {f: \'g\', "h": [ i ] , j}\nk: >-\n  l\n  m\n\nn:\n';
  expect(outline(text, read(text))).toEqual({
    map: text.trimEnd(),
    entries: [
      ['a', 'plain b'],
      ['"d"', { list: `- e\n-\n- {f: 'g', "h": [ i ] , j}`, items: ['plain e', 'plain ', { map: `{f: 'g', "h": [ i ] , j}`, entries: [['f', "single 'g'"], ['"h"', { list: '[ i ]', items: ['plain i'] }], ['j', 'plain ']] }] }],
      ['k', 'folded >-\n  l\n  m\n'],
      ['n', 'plain '],
    ],
  });
});

test('nothing stands right behind its colon, dash or question mark', () => {
  const text = 'a:\nb: &x\nl:\n  -\n? c\n{';
  const root = readYaml(createSourceText('w.yml', text.slice(0, -1))).root as MapNode;
  const places = root.entries.map(({ value }) => (value.kind === 'list' ? value.items[0]?.at : value.at));
  expect(places).toEqual([[2, 2], [8, 8], [15, 15], [19, 19]]);
});

test('text stays as it is written beside its value', () => {
  const scalar = (text: string): unknown => {
    const node = read(text);
    return node.kind === 'scalar' && [node.value, node.text, node.style];
  };
  expect(scalar('1.0')).toEqual([1, '1.0', 'plain']);
  expect(scalar('0x1F')).toEqual([31, '0x1F', 'plain']);
  expect(scalar('!!str 1.0')).toEqual(['1.0', '1.0', 'plain']);
  expect(scalar('"1.0"')).toEqual(['1.0', '1.0', 'double']);
  expect(scalar("'null'")).toEqual(['null', 'null', 'single']);
  expect(scalar('a\n b\n\n c')).toEqual(['a b\nc', 'a b\nc', 'plain']);
  expect(scalar('|\n 1\n')).toEqual(['1\n', '1\n', 'literal']);
});

test.each(['', '\n\n', '# c\n', '---\n', '...\n', '%YAML 1.2\n---\n'])('%j is empty', (text) => {
  const root = read(text);
  expect(toPlain(root)).toBeNull();
  expect(root.at[0]).toBe(root.at[1]);
  expect(root.at[1]).toBeLessThanOrEqual(text.length);
});

test('aliases share the node of the anchor before them', () => {
  const root = read('a: &x {b: &y 1}\nc: *x\nd: &x [*y]\ne: *x\n&k f: 2\n*k : 3\n'.replace('*k : 3\n', 'g: *k\n')) as MapNode;
  const [a, c, d, e, , g] = root.entries.map((entry) => entry.value);
  expect([c, e]).toEqual([a, d]);
  expect(c).toBe(a);
  expect(e).toBe(d);
  expect(g).toMatchObject({ kind: 'scalar', text: 'f' });
  expect(toPlain(root)).toEqual({ a: { b: 1 }, c: { b: 1 }, d: [1], e: [1], f: 2, g: 'f' });
});

test('an alias as a key stands where it is written', () => {
  const text = 'a: &x b\n*x : c\n';
  const root = read(text) as MapNode;
  expect(root.entries.map((entry) => [entry.key, text.slice(...entry.keyAt)])).toEqual([['a', 'a'], ['b', '*x']]);
  expect(text.slice(...root.at)).toBe('a: &x b\n*x : c');
});

test('an alias of a list with an alias ends where it is written', () => {
  const text = 'a: &x [b]\nc:\n  - *x\nd: [*x, {e: *x}]\n';
  const root = read(text) as MapNode;
  expect(root.entries.slice(1).map((entry) => text.slice(...entry.value.at))).toEqual(['- *x', '[*x, {e: *x}]']);
});

test('a map of many keys finds the second of two', () => {
  const keys = Array.from({ length: 30 }, (_, index) => `k${index}: 1\n`).join('');
  for (const twice of ['k3', 'k20']) {
    const text = `${keys}${twice}: 2\n`;
    const { diagnostics } = readYaml(createSourceText('w.yml', text));
    expect(diagnostics.map(({ code, span, related }) => [code, span[0], related?.[0]?.span[0]])).toEqual([['TG1030', keys.length, text.indexOf(twice)]]);
  }
});

const words = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom('a: b', '- x', '#c', "it's", '"q"', 'true', '012', '1.0', 'a\nb\n', ' lead', 'trail ', 'a\n\n b\nc\n\n', '{{ x }}', '*a', '!x', '>=3', 'null', '', 'word '.repeat(8), '\\n', '\t', 'é\u2028😀'),
);
const json = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 4 }, words, fc.double({ noNaN: true }), fc.integer(), fc.boolean(), fc.constant(null), fc.array(tie('any'), { maxLength: 4 }), fc.dictionary(words, tie('any'), { maxKeys: 4 })),
})).any;
const styles = fc.record({
  indent: fc.constantFrom(1, 2, 4),
  indentSeq: fc.boolean(),
  lineWidth: fc.constantFrom(0, 20, 80),
  collectionStyle: fc.constantFrom('any', 'block', 'flow'),
  defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
  singleQuote: fc.constantFrom(null, true, false),
});

/** The library's own text of a value; nothing where it cannot read that again itself. */
function writeYaml(value: unknown, style: object): { readonly text: string; readonly expected: unknown } | undefined {
  const text = stringify({ value }, { ...style, defaultKeyType: 'PLAIN', aliasDuplicateObjects: false } as never);
  try {
    return { text, expected: parse(text, { uniqueKeys: false }) };
  } catch {
    return undefined;
  }
}

test('random documents read as the library reads them', () => {
  fc.assert(
    fc.property(json, styles, fc.boolean(), (value, style, crlf) => {
      const written = writeYaml(value, style);
      fc.pre(written !== undefined);
      const text = crlf ? written.text.replaceAll('\n', '\r\n') : written.text;
      const root = read(text);
      expect(toPlain(root)).toEqual(crlf ? parse(text, { uniqueKeys: false }) : written.expected);
      expectInside(root, [0, text.length]);
    }),
    { seed: 5, numRuns: 200 },
  );
});

/** Every node lies inside the one around it. */
function expectInside(node: SourceNode, [start, end]: readonly [number, number]): void {
  expect(node.at[0]).toBeGreaterThanOrEqual(start);
  expect(node.at[1]).toBeLessThanOrEqual(end);
  if (node.kind === 'list') for (const item of node.items) expectInside(item, node.at);
  if (node.kind === 'map') for (const entry of node.entries) expectInside(entry.value, node.at);
}
