import fc from 'fast-check';
import { parse } from 'yaml';
import { createSourceText } from '../../diagnostic/source-text.js';
import { locateInScalar, writeInScalar } from './locate-in-scalar.js';
import { readYaml } from './read-yaml.js';
import type { ScalarNode, ScalarStyle } from './source-node.js';

function readScalar(text: string): ScalarNode {
  const { root, diagnostics } = readYaml(createSourceText('w.yml', text));
  expect(diagnostics).toEqual([]);
  const node = root?.kind === 'map' ? root.entries[0]?.value : root;
  if (node?.kind !== 'scalar') throw new Error(`no scalar in ${JSON.stringify(text)}`);
  return node;
}

function locate(text: string, start: number, end: number): string {
  return text.slice(...locateInScalar(createSourceText('w.yml', text), readScalar(text), [start, end]));
}

/** The place of a word of the value, marked in the source. */
function mark(text: string, word: string): string {
  const scalar = readScalar(text);
  const at = scalar.text.indexOf(word);
  const [start, end] = locateInScalar(createSourceText('w.yml', text), scalar, [at, at + word.length]);
  return `${text.slice(0, start)}«${text.slice(start, end)}»${text.slice(end)}`;
}

test.each([
  ['a: one two\n', 'two', 'a: one «two»\n'],
  ['a: one\n  two three\n', 'two', 'a: one\n  «two» three\n'],
  ['a: one\n\n\n  two\n', 'e\n\nt', 'a: on«e\n\n\n  t»wo\n'],
  ["a: 'it''s x'\n", "'s", "a: 'it«''s» x'\n"],
  ["a: 'one  \n\n  two'\n", 'one\ntwo', "a: '«one  \n\n  two»'\n"],
  ['a: "x \\"y\\" z"\n', '"y"', 'a: "x «\\"y\\"» z"\n'],
  ['a: "\\u00e9t\\x41 \\U0001F600!"\n', 'tA 😀', 'a: "\\u00e9«t\\x41 \\U0001F600»!"\n'],
  ['a: "one \\\n   two"\n', 'two', 'a: "one \\\n   «two»"\n'],
  ['a: "one\r\n  two"\r\n', 'two', 'a: "one\r\n  «two»"\r\n'],
  ['a: |\n  one\n    two\n\n  three\n', '  two\n\nthree', 'a: |\n  one\n  «  two\n\n  three»\n'],
  ['a: |2-\n   one\n  two\n', 'one\ntwo', 'a: |2-\n   «one\n  two»\n'],
  ['b: # c\n  |3\n    one\n   two\n', 'one', 'b: # c\n  |3\n    «one»\n   two\n'],
  ['a: >\n  one\n  two\n\n  three\n   four\n  five\n', 'two\nthree\n four\nfive', 'a: >\n  one\n  «two\n\n  three\n   four\n  five»\n'],
  ['a: >+\n\n  one\n  two\n\n', 'two\n\n', 'a: >+\n\n  one\n  «two\n\n»'],
])('in %j', (text, word, marked) => {
  expect(mark(text, word)).toBe(marked);
});

test('parts without characters stand between their neighbours', () => {
  const source = 'a: "b\\nc"\n';
  const at = (offset: number): readonly [number, number] => locateInScalar(createSourceText('w.yml', source), readScalar(source), [offset, offset]);
  expect([at(0), at(1), at(2), at(3), at(9)]).toEqual([[4, 4], [5, 5], [7, 7], [8, 8], [8, 8]]);
  const empty = 'a: ""\n';
  expect(locateInScalar(createSourceText('w.yml', empty), readScalar(empty), [0, 0])).toEqual([4, 4]);
  const nothing = 'a:\n';
  expect(locateInScalar(createSourceText('w.yml', nothing), readScalar(nothing), [0, 0])).toEqual([2, 2]);
});

test('parts that reach too far end with the scalar', () => {
  expect(locate('a: bcd\n', 1, 99)).toBe('cd');
  expect(locate("a: 'bcd'\n", -5, 2)).toBe('bc');
});

test('text that was meant is found where it is written', () => {
  const read = (text: string): ScalarNode => {
    const { root } = readYaml(createSourceText('w.yml', text));
    const node = root?.kind === 'map' ? root.entries[0]?.value : undefined;
    if (node?.kind !== 'scalar') throw new Error('no scalar');
    return node;
  };
  const source = createSourceText('w.yml', "a: 'it's'\n");
  expect(locateInScalar(source, read(source.text), [0, 2])).toEqual([4, 6]);
  const changed = createSourceText('w.yml', 'a: {{ x\n');
  expect(locateInScalar(changed, read(changed.text), [3, 4])).toEqual([3, 7]);
});

const styles: readonly ScalarStyle[] = ['plain', 'single', 'double', 'literal', 'folded'];

/** A value as source text of that style, the indentation and line ends as drawn. */
function write(style: ScalarStyle, value: string, indent: number, lineEnd: string): string {
  const pad = ' '.repeat(indent);
  const lines = (text: string): string => text.replaceAll('\n', `${lineEnd}${pad}`);
  switch (style) {
    case 'plain':
      return lines(value.replaceAll('\n', '\n\n'));
    case 'single':
      return `'${lines(value.replaceAll("'", "''").replaceAll('\n', '\n\n'))}'`;
    case 'double':
      return `"${writeInScalar('double', value).replaceAll('\\n', `\\n\\${lineEnd}${pad}`)}"`;
    case 'literal':
      return `|-${lineEnd}${pad}${lines(value)}`;
    case 'folded':
      return `>-${lineEnd}${pad}${lines(value.replaceAll('\n', '\n\n'))}`;
  }
}

test('every character of a value is found in its source, whatever the style', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '😀', "'", '"', '\\', '#', ':'), minLength: 1, maxLength: 5 }).map((text) => `w${text}w`);
  const value = fc.array(fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')), { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(fc.constantFrom(...styles), value, fc.integer({ min: 1, max: 4 }), fc.constantFrom('\n', '\r\n'), (style, text, indent, lineEnd) => {
      const source = `a: ${write(style, text, indent, lineEnd)}${lineEnd}`;
      const scalar = readScalar(source);
      expect([scalar.text, scalar.style]).toEqual([text, style]);
      for (let at = 0; at < text.length; at++) {
        const [start, end] = locateInScalar(createSourceText('w.yml', source), scalar, [at, at + 1]);
        const written = source.slice(start, end);
        const character = text[at] ?? '';
        if (character === '\n') expect(written).toMatch(/\n|\\n/);
        else expect([character, writeInScalar(style, character)]).toContain(written);
      }
    }),
    { seed: 11, numRuns: 100 },
  );
});

test('a replacement is escaped for its style and reads back', () => {
  expect(writeInScalar('double', 'a\\b"c\n\t\r\x01\u2028é😀')).toBe('a\\\\b\\"c\\n\\t\\r\\u0001\u2028é😀');
  expect(writeInScalar('single', "it's")).toBe("it''s");
  for (const style of ['plain', 'literal', 'folded'] as const) expect(writeInScalar(style, `a\\b"c'`)).toBe(`a\\b"c'`);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 10 }), (text) => {
      expect(parse(`"${writeInScalar('double', text)}"`)).toBe(text);
    }),
    { seed: 3, numRuns: 60 },
  );
});
