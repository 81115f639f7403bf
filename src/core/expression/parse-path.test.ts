import fc from 'fast-check';
import { parseAny } from './parse-expression.js';
import { parsePath } from './parse-path.js';

const segments = fc.array(fc.constantFrom('a', 'steps', 'x-y', '_', 'B2', 'true', 'null', 'NaN', 'Infinity', 'false', '1', '', '*', 'a b', "'x'", 'é'), { minLength: 1, maxLength: 6 });
const space = fc.constantFrom('', ' ', '\n\t', '\r\n', '\u00a0', '(');

test('a path is what the parser makes of it, and nothing else is a path', () => {
  fc.assert(
    fc.property(space, segments, space, fc.nat(9), (before, names, after, offset) => {
      const text = before + names.join('.') + after;
      const path = parsePath(text, offset);
      const { expression } = parseAny(text, { offset, escapes: false });
      const isPath = expression !== undefined && /^[\w. \t\r\n-]+$/.test(text) && expression.kind !== 'literal';
      expect(path).toEqual(isPath ? expression : undefined);
    }),
    { numRuns: 300 },
  );
});

test.each(['true', 'false', 'null', 'NaN', 'Infinity', '', ' ', 'a.', '.a', 'a..b', 'a.1', 'a b', 'a.*', 'a[0]', '1', 'é', `a${'.b'.repeat(31)}`])('%j is none', (text) => {
  expect(parsePath(text, 0)).toBeUndefined();
});

test.each(['a', 'true.x', 'a.true', 'a.b-c.d_e.F9', `a${'.b'.repeat(30)}`])('%s is as the parser reads it', (text) => {
  const { expression } = parseAny(text, { offset: 3, escapes: false });
  expect(parsePath(text, 3)).toEqual(expression?.kind === 'context' || expression?.kind === 'access' ? expression : undefined);
  expect(parsePath(text, 3) === undefined).toBe(text === 'true.x');
});
