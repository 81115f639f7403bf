import fc from 'fast-check';
import { parse } from 'yaml';
import { readPlainValue } from './scalar-value.js';

test.each([
  ['', null], ['~', null], ['null', null], ['Null', null], ['NULL', null], ['nULL', 'nULL'],
  ['true', true], ['True', true], ['TRUE', true], ['false', false], ['False', false], ['FALSE', false],
  ['yes', 'yes'], ['no', 'no'], ['on', 'on'], ['off', 'off'], ['y', 'y'],
  ['0', 0], ['-1', -1], ['+12', 12], ['012', 12], ['0o17', 15], ['0o8', '0o8'], ['0x1F', 31], ['0xG', '0xG'], ['-0x1', '-0x1'],
  ['1.5', 1.5], ['.5', 0.5], ['-.5', -0.5], ['1.', 1], ['1e3', 1000], ['1E-2', 0.01], ['.', '.'], ['1e', '1e'], ['1.2.3', '1.2.3'],
  ['.inf', Infinity], ['-.Inf', -Infinity], ['+.INF', Infinity], ['.iNf', '.iNf'], ['.nan', NaN], ['.NaN', NaN], ['.NAN', NaN],
  ['1_000', '1_000'], ['2001-01-01', '2001-01-01'], ['12:30', '12:30'], ['-', '-'], ['1 2', '1 2'], [' 1', ' 1'], ['1\n', '1\n'], ['x1', 'x1'],
])('%j is %j', (text, value) => {
  expect(readPlainValue(text)).toBe(value);
});

test('it agrees with the library on short texts of the characters that matter', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...Array.from('01789.-+eExofnaNIlutr~')), minLength: 1, maxLength: 6 }), (text) => {
      fc.pre(!/^-+$/.test(text) && !/^(?:---|\.\.\.)$/.test(text));
      expect(readPlainValue(text)).toEqual(parse(text));
    }),
    { seed: 7, numRuns: 300 },
  );
});
