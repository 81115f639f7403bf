import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseForTest, summarize } from '../../../../test/rig/parse-text.js';
import { formatDuration, parseDuration } from './duration.js';

test.each([
  ['500ms', 500],
  ['30s', 30_000],
  ['10m', 600_000],
  ['2h', 7_200_000],
  ['3d', 259_200_000],
  ['1h30m', 5_400_000],
  ['1.5m', 90_000],
  ['0s', 0],
  ['1d2h3m4s5ms', 93_784_005],
])('%s is %d milliseconds', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each(['', '10', 's', '10 m', '10m ', ' 10m', '-1s', '1h 30m', '1x', '1H', 'none', '1.s', '.5s', '1e3s', '99999999999999999d'])('%j is no duration', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test.each([
  ['none', 'none'],
  [0, '0s'],
  [1, '1ms'],
  [999, '999ms'],
  [1_000, '1s'],
  [90_000, '1m30s'],
  [3_600_000, '1h'],
  [86_400_000, '1d'],
  [93_784_005, '1d2h3m4s5ms'],
] as const)('%s is written %s', (value, text) => {
  expect(formatDuration(value)).toBe(text);
});

test('what is written is read again', () => {
  fc.assert(fc.property(fc.nat({ max: 10_000_000_000 }), (value) => parseDuration(formatDuration(value)) === value));
});

/** What a person writes first, and what is proposed. */
test.each([
  ['5', 'number 5', '5s'],
  ['0.5', 'number 0.5', '0.5s'],
  ['5 minutes', '5 minutes', '5m'],
  ['5 Hours', '5 Hours', '5h'],
  ['2 sec', '2 sec', '2s'],
  ['7 days', '7 days', '7d'],
  ['"15"', '15', undefined],
  ['0', 'number 0', undefined],
  ['-5', 'number -5', undefined],
  ['.inf', 'number .inf', undefined],
  ['0s', '0s', undefined],
  ['soon', 'soon', undefined],
  ['about 5 minutes', 'about 5 minutes', undefined],
  ['5 weeks', '5 weeks', undefined],
])('timeout: %s', (written, shown, proposed) => {
  const text = `name: demo\nsteps:\n  - { id: a, command: make, timeout: ${written} }\n`;
  const { diagnostics } = parseForTest(text);
  const said = shown.startsWith('number') ? `the ${shown}` : shown;
  expect(summarize(text, diagnostics)).toEqual([`TG1106 3:38 'timeout' wants a duration such as 30s, 10m or 2h, or none; this is ${said}`]);
  expect(diagnostics[0]?.hint).toBe(proposed === undefined ? undefined : `write ${proposed}`);
  expect(diagnostics[0]?.fix?.edits).toEqual(proposed === undefined ? undefined : [{ span: diagnostics[0]?.span, text: proposed }]);
});
