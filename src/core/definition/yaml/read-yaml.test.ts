import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { createSourceText } from '../../diagnostic/source-text.js';
import { readYaml } from './read-yaml.js';
import type { SourceNode } from './source-node.js';

function toPlain(node: SourceNode | undefined): unknown {
  if (node === undefined) return 'nothing';
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toPlain);
  return Object.fromEntries(node.entries.map((entry) => [entry.key, toPlain(entry.value)]));
}

const words = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('a: b', '- x', '#c', "it's", '"q"', 'true', '012', '1.0', 'a\nb\n', ' lead', 'trail ', 'a\n\n b\nc\n\n', '{{ x }}', '*a', '!x', '>=3', 'null', ''));
const json = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 4 }, words, fc.double({ noNaN: true }), fc.integer(), fc.boolean(), fc.constant(null), fc.array(tie('any'), { maxLength: 4 }), fc.dictionary(words, tie('any'), { maxKeys: 4 })),
})).any;

test('random documents read as the library reads them', () => {
  const options = fc.record({
    indent: fc.constantFrom(1, 2, 4),
    indentSeq: fc.boolean(),
    lineWidth: fc.constantFrom(0, 20, 80),
    collectionStyle: fc.constantFrom('any', 'block', 'flow'),
    defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
    singleQuote: fc.constantFrom(null, true, false),
  });
  fc.assert(
    fc.property(json, options, fc.boolean(), (value, style, crlf) => {
      // A file that is one text is no workflow: there, `name:x` is told as the slip that it is.
      fc.pre(typeof value !== 'string');
      const lf = stringify(value, { ...style, defaultKeyType: 'PLAIN', aliasDuplicateObjects: false } as never);
      const text = crlf ? lf.replaceAll('\n', '\r\n') : lf;
      let expected: unknown;
      try { expected = parse(text, { uniqueKeys: false }); } catch { return; }
      const { root, diagnostics } = readYaml(createSourceText('w.yml', text));
      expect({ text, diagnostics }).toEqual({ text, diagnostics: [] });
      expect(toPlain(root)).toEqual(expected);
    }),
    { numRuns: 3000 },
  );
});
