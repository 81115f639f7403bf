import fc from 'fast-check';

const names = ['a', 'steps', 'inputs', 'x-y', '_z', 'Build'];
const literals = ['0', '1', '-2.5', '3e2', 'true', 'false', 'null', "''", "'x'", "'X'", "'it''s'", "'10'", "'a b'", "' 1 '"];
const calls: readonly (readonly [name: string, least: number, most: number])[] = [
  ['contains', 2, 2],
  ['startsWith', 2, 2],
  ['endsWith', 2, 2],
  ['join', 1, 2],
  ['toJSON', 1, 1],
];

const spaced = (text: string): fc.Arbitrary<string> => fc.constantFrom('', '', ' ', '\n ').map((space) => `${space}${text}${space}`);

const { expression } = fc.letrec<{ expression: string; leaf: string; path: string; operator: string; call: string }>((tie) => ({
  leaf: fc.oneof(fc.constantFrom(...literals), fc.constantFrom(...names)),
  path: fc
    .tuple(
      fc.oneof(fc.constantFrom(...names), tie('call'), tie('expression').map((inner) => `(${inner})`)),
      fc.array(
        fc.oneof(
          fc.constantFrom('.a', '.B', '.x-y', '.*', '[*]', '[0]', '[1]', "['a']", "['x y']", '[null]', "['1']"),
          tie('expression').map((key) => `[${key}]`),
        ),
        { maxLength: 3 },
      ),
    )
    .map(([head, tail]) => head + tail.join('')),
  operator: fc
    .tuple(tie('expression'), fc.constantFrom('==', '!=', '<', '<=', '>', '>=', '&&', '||').chain(spaced), tie('expression'))
    .map(([left, operator, right]) => `(${left}${operator}${right})`),
  call: fc
    .constantFrom(...calls)
    .chain(([name, least, most]) => fc.tuple(fc.constant(name), fc.array(tie('expression'), { minLength: least, maxLength: most })))
    .map(([name, args]) => `${name}(${args.join(', ')})`),
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    tie('path'),
    tie('operator'),
    tie('call'),
    tie('expression').map((of) => `!${of}`),
  ),
}));

/** Texts of well-formed expressions over the contexts `a steps inputs x-y _z Build`, all within the limit of depth. */
export const expressionTexts: fc.Arbitrary<string> = expression.filter((text) => text.split(/[([!]/).length <= 25);
