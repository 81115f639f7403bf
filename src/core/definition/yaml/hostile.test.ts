import fc from 'fast-check';
import { Parser, type CST } from 'yaml';
import { createSourceText } from '../../diagnostic/source-text.js';
import { yamlLimits } from './limits.js';
import { preScan, scanText } from './pre-scan.js';
import { readYaml } from './read-yaml.js';
import { maskText } from './scan.js';

const repeat = (count: number, write: (index: number) => string): string => Array.from({ length: count }, (_, index) => write(index)).join('');

function codesOf(text: string): readonly string[] {
  const { diagnostics } = readYaml(createSourceText('w.yml', text));
  for (const { span } of diagnostics) {
    expect(span[0]).toBeLessThan(span[1]);
    expect(span[1]).toBeLessThanOrEqual(text.length);
  }
  return [...new Set(diagnostics.map(({ code }) => code))];
}

const nested: readonly (readonly [name: string, write: (depth: number) => string])[] = [
  ['lists in brackets', (depth) => '['.repeat(depth) + ']'.repeat(depth)],
  ['maps in brackets', (depth) => `${'{a: '.repeat(depth)}b${'}'.repeat(depth)}`],
  ['pairs in brackets', (depth) => `${'[a: '.repeat(depth / 2)}b${']'.repeat(depth / 2)}`],
  ['explicit pairs in brackets', (depth) => `${'[? '.repeat(depth / 2)}b${']'.repeat(depth / 2)}`],
  ['maps and lists in brackets', (depth) => `${'[{a: '.repeat(depth / 2)}b${'}]'.repeat(depth / 2)}`],
  ['dashes on a line', (depth) => `${'- '.repeat(depth)}a`],
  ['question marks on a line', (depth) => `${'? '.repeat(depth)}a`],
  ['dashes and question marks', (depth) => `${'- ? '.repeat(depth / 2)}a`],
  ['indented keys', (depth) => repeat(depth, (index) => `${' '.repeat(index)}a:\n`)],
  ['indented dashes', (depth) => repeat(depth, (index) => `${' '.repeat(index)}-\n`)],
  ['keys and dashes at one column', (depth) => repeat(depth / 2, (index) => `${' '.repeat(index)}a:\n${' '.repeat(index)}-\n`)],
  ['blocks, then brackets', (depth) => `${repeat(depth / 2, (index) => `${' '.repeat(index)}a:\n`)}${' '.repeat(depth)}${'['.repeat(depth / 2)}${']'.repeat(depth / 2)}`],
];

test.each(nested)('%s may be 64 deep and no level deeper', (_name, write) => {
  expect(scanText(write(64))).toMatchObject({ deepest: 64, refused: false });
  expect(codesOf(write(64)).filter((code) => code !== 'TG1035')).toEqual([]);
  expect(codesOf(write(66))).toEqual(['TG1004']);
  expect(preScan(write(66))).toMatchObject([{ code: 'TG1004', message: 'nested deeper than 64 levels' }]);
});

test.each(nested)('%s, hundreds and thousands deep, twice in one process', (name, write) => {
  const isOneLine = !/indented|column|blocks/.test(name);
  for (const depth of isOneLine ? [850, 850, 50_000] : [850, 850]) expect(codesOf(write(depth))).toEqual(['TG1004']);
});

test.each([
  ['?\n:\n:\n', 'TG1015'],
  ['a: "x"\n    - y\n', 'TG1011'],
  ['b: |\n{]\n? -\n', 'TG1015'],
  ['k: [a\n', 'TG1014'],
  ['&a : x\n', 'TG1015'],
  ['}\n', 'TG1014'],
])('the parser would nest ever deeper with each %j: it gets to see none', (text, code) => {
  expect(codesOf(text.repeat(850))).toContain(code);
  expect(scanText(text.repeat(850)).deepest).toBeLessThan(4);
});

test('100,000 keys and 100,000 items are read, one more is refused', () => {
  const keys = repeat(yamlLimits.entries, (index) => `k${index}:\n`);
  expect(scanText(keys)).toMatchObject({ keys: yamlLimits.entries, refused: false });
  expect(codesOf(`${keys}k: 1\nl: 2\n`)).toEqual(['TG1005']);
  const items = '- a\n'.repeat(yamlLimits.entries);
  expect(scanText(items)).toMatchObject({ items: yamlLimits.entries, refused: false });
  const { diagnostics } = readYaml(createSourceText('w.yml', `${items}- b\n`));
  expect(diagnostics.map(({ code, message, span }) => [code, message, span[0] >= items.length])).toEqual([['TG1005', 'more than 100000 list items; this is the first too many', true]]);
  expect(codesOf(`[${'a,'.repeat(yamlLimits.entries + 1)}]`)).toEqual(['TG1005']);
  expect(codesOf(`{${'a,'.repeat(yamlLimits.entries + 1)}}`)).toEqual(['TG1005']);
});

test('more than 4 MiB are refused unread', () => {
  expect(codesOf('a'.repeat(yamlLimits.size + 1))).toEqual(['TG1003']);
  expect(preScan(`a: ${'x'.repeat(yamlLimits.size - 3)}`)).toEqual([]);
});

test('aliases count as what they stand for', () => {
  const lists = `a0: &a0 [x,x,x,x,x,x,x,x,x]\n${repeat(8, (index) => `a${index + 1}: &a${index + 1} [${Array(9).fill(`*a${index}`).join(',')}]\n`)}`;
  expect(codesOf(lists)).toEqual(['TG1033']);
  const maps = `a0: &a0 {k: x}\n${repeat(20, (index) => `a${index + 1}: &a${index + 1} {p: *a${index}, q: *a${index}}\n`)}`;
  expect(codesOf(maps)).toEqual(['TG1033']);
  expect(codesOf(maps.split('\n').slice(0, 15).join('\n'))).toEqual([]);
  const deep = (levels: number): string => `a0: &a0 [x]\n${repeat(levels, (index) => `a${index + 1}: &a${index + 1} [*a${index}]\n`)}`;
  expect(codesOf(deep(62))).toEqual([]);
  expect(codesOf(deep(63))).toEqual(['TG1033']);
  const { diagnostics } = readYaml(createSourceText('w.yml', deep(63)));
  expect(diagnostics[0]).toMatchObject({ message: "with '*a62' written out, the file has more than 100000 keys or list items, or more than 64 levels", related: [{ message: "'&a62' is here" }] });
});

test('merge keys in their thousands are not written out', () => {
  expect(codesOf(`e: &e {}\nl:\n${'- <<: *e\n'.repeat(40_000)}`)).toEqual(['TG1034']);
  expect(codesOf(`[${'{<<: {}}, '.repeat(40_000)}]`)).toEqual(['TG1034']);
  expect(codesOf('- <<: {a: 1}\n'.repeat(100))).toEqual(['TG1034']);
});

test.each([
  ['commas', `a: [${','.repeat(100_000)}`],
  ['aliases of nothing', repeat(20_000, (index) => `k${index}: *x\n`)],
  ['open quotes', repeat(20_000, (index) => `k${index}: "x\n`)],
  ['directives', '%X\n'.repeat(50_000)],
  ['keys at odd columns', repeat(20_000, (index) => `${' '.repeat(index % 7)}k${index}: "v"\n`)],
  ['expressions without quotes', repeat(20_000, (index) => `k${index}: {{ x }}\n`)],
])('a file full of %s is not read on', (_name, text) => {
  const { root, diagnostics } = readYaml(createSourceText('w.yml', text));
  expect(root).toBeUndefined();
  expect(diagnostics).toHaveLength(yamlLimits.problems + 1);
  expect(diagnostics.at(-1)).toMatchObject({ code: 'TG1007', message: 'more than 100 problems: the file was not read on from here' });
});

test('long stretches of nothing are one token to the parser', () => {
  const text = `a: |\n  x\n${'\n'.repeat(100_000)}${' #\n'.repeat(50_000)}b: [\n${'# c\n'.repeat(50_000)} 1]\n${'\n'.repeat(1000)}`;
  expect(codesOf(text)).toEqual([]);
  const masked = maskText(scanText(text));
  expect(masked).toHaveLength(text.length);
  expect(masked.split('\n').length).toBeLessThan(20);
});

function measureDepth(token: CST.Token | null | undefined): number {
  if (!token) return 0;
  if (token.type === 'document') return measureDepth(token.value);
  if (!('items' in token)) return 0;
  const isList = token.type === 'flow-collection' && token.start.source === '[';
  const depths = token.items.map((item) => Math.max(measureDepth(item.key), measureDepth(item.value)) + (isList && item.sep ? 1 : 0));
  return 1 + Math.max(0, ...depths);
}

test('the parser never builds deeper than the scan has counted', () => {
  const text = fc.string({ unit: fc.constantFrom(...Array.from(`-?:,[]{}"'|>#&*!% \t\nab\n  `)), maxLength: 40 });
  const tokens = ['- ', '? ', ': ', 'a: ', '\n', '\n', '\n  ', '\n    ', '[', ']', '{', '}', ', ', '"', "'", '|\n', '>-\n  ', '# ', '&a ', '*a ', '!x ', '{{ x }}', '"x"', '---\n', '...\n', '\t', '\r\n', '@', '<<: '];
  const pieces = fc.array(fc.constantFrom(...tokens), { maxLength: 20 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(text, pieces), (source) => {
      const scan = scanText(source);
      const masked = maskText(scan);
      expect(masked).toHaveLength(scan.end);
      for (const token of new Parser().parse(masked)) expect([source, measureDepth(token)]).toEqual([source, Math.min(measureDepth(token), scan.deepest)]);
      const { root, diagnostics } = readYaml(createSourceText('w.yml', source));
      expect(root === undefined && diagnostics.length === 0).toBe(false);
      for (const { span, fix, related } of diagnostics) {
        for (const place of [span, ...(fix?.edits ?? []).map((edit) => edit.span), ...(related ?? []).map((other) => other.span)]) {
          expect(place[0]).toBeGreaterThanOrEqual(0);
          expect(place[0]).toBeLessThanOrEqual(place[1]);
          expect(place[1]).toBeLessThanOrEqual(source.length);
        }
      }
    }),
    { seed: 17, numRuns: 600 },
  );
});
