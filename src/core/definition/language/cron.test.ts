import { expect, test } from '@jest/globals';
import { findCronProblem } from './cron.js';

test.each(['* * * * *', '0 0 1 1 0', '59 23 31 12 6', '*/15 * * * *', '0-30/10 9-17 * * mon-fri', '1,2,3 4 * JAN,dec Sun', '  0   9 * * 1-5  ', '5-5 * * * *', '0/59 * * * *'])('%s is a schedule', (text) => {
  expect(findCronProblem(text)).toBeUndefined();
});

test.each([
  ['', 'it has 1 field, not five'],
  ['0 9 * *', 'it has 4 fields, not five'],
  ['0 9 * * 1 2026', 'it has 6 fields, not five'],
  ['60 9 * * *', "'60' is no minute (0-59)"],
  ['-1 9 * * *', "'-1' is no minute (0-59)"],
  ['0 24 * * *', "'24' is no hour (0-23)"],
  ['0 9 0 * *', "'0' is no day of the month (1-31)"],
  ['0 9 32 * *', "'32' is no day of the month (1-31)"],
  ['0 9 * 0 *', "'0' is no month (1-12)"],
  ['0 9 * 13 *', "'13' is no month (1-12)"],
  ['0 9 * mon *', "'mon' is no month (1-12)"],
  ['0 9 * * 7', "'7' is no day of the week (0-6)"],
  ['0 9 * * jan', "'jan' is no day of the week (0-6)"],
  ['5-1 * * * *', "'5-1' is no minute (0-59)"],
  ['1-2-3 * * * *', "'1-2-3' is no minute (0-59)"],
  ['*/0 * * * *', "'*/0' is no minute (0-59)"],
  ['*/60 * * * *', "'*/60' is no minute (0-59)"],
  ['*/x * * * *', "'*/x' is no minute (0-59)"],
  ['*/1x * * * *', "'*/1x' is no minute (0-59)"],
  ['*/2/2 * * * *', "'*/2/2' is no minute (0-59)"],
  ['1,,2 * * * *', "'' is no minute (0-59)"],
  ['1, * * * *', "'' is no minute (0-59)"],
  ['x1 * * * *', "'x1' is no minute (0-59)"],
  ['1x * * * *', "'1x' is no minute (0-59)"],
  ['*1 * * * *', "'*1' is no minute (0-59)"],
])('%j: %s', (text, problem) => {
  expect(findCronProblem(text)).toBe(problem);
});
