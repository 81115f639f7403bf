import { chooseColor, stripColor } from './choose-color.js';

test.each([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '' }, true],
  [true, { TERM: 'dumb' }, false],
  [true, { CI: 'true' }, false],
  [true, { CI: 'false' }, true],
  [false, { FORCE_COLOR: '1' }, true],
  [false, { FORCE_COLOR: '1', CI: 'true' }, true],
  [true, { FORCE_COLOR: '0' }, false],
  [true, { FORCE_COLOR: 'false' }, false],
  [true, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
])('terminal %s with %j: %s', (isTerminal, env, wanted) => {
  expect(chooseColor({ refused: false, env, isTerminal })).toBe(wanted);
  expect(chooseColor({ refused: true, env, isTerminal })).toBe(false);
});

test('colours can be taken away again', () => {
  expect(stripColor('\u001b[1m\u001b[31mred\u001b[39m and bold\u001b[22m')).toBe('red and bold');
});
