import { expect, test } from '@jest/globals';
import { lintText } from '../../../test/lint/lint-text.js';

const codes = (text: string) => lintText(text).diagnostics.map(({ code }) => code);
const step = (lines: string) => `name: w\nsteps:\n  - { id: proof, type: assert, condition: "1 == 1" }\n${lines}`;

test.each([
  '  # tollgate: allow TG4002 the hook repeats it anyway\n  - id: x\n    command: git push\n',
  '  - id: x # tollgate: allow TG4002 the hook repeats it anyway\n    command: git push\n',
  '  - id: x\n    # tollgate: allow TG4002 the hook repeats it anyway\n    command: git push\n',
  '  - id: x\n    command: git push # tollgate: allow TG4002: the hook repeats it anyway\n',
  '  - id: x\n    command: |\n      make\n      # tollgate: allow TG4002 (the hook repeats it anyway)\n      git push\n',
  '  # why this is so\n  # Tollgate: allow tg4002, TG4003 the hook repeats it anyway\n  # and more words\n  - { id: x, command: git push }\n',
  '  - name: First\n    # tollgate: allow TG4002 the hook repeats it anyway\n    id: x\n    command: |\n      make\n      git push\n',
])('silenced where it stands: %j', (lines) => {
  expect(codes(step(lines))).toEqual([]);
});

test.each([
  ['  # tollgate: allow TG4006 reason\n  - { id: x, command: git push }\n', ['TG4002']],
  ['  # tollgate: allow TG4002 reason\n\n  - { id: x, command: git push }\n', ['TG4002']],
  ['  # tollgate: allow TG4002 reason\n  - { id: y, command: make }\n  - { id: x, command: git push }\n', ['TG4002']],
  ['  # tollgate: allow TG4002\n  - { id: x, command: git push }\n', ['TG4020', 'TG4002']],
  ['  # tollgate: allow TG4002 --\n  - { id: x, command: git push }\n', ['TG4020', 'TG4002']],
  ['  # tollgate: allow everything\n  - { id: x, command: git push }\n', ['TG4020', 'TG4002']],
  ['  # tollgate: allow TG4999 reason\n  - { id: x, command: make }\n', ['TG4020']],
  ['  # tollgate: allow TG4002 TG9999 reason\n  - { id: x, command: git push }\n', ['TG4020', 'TG4002']],
])('%j leaves %j', (lines, left) => {
  expect(codes(step(lines))).toEqual(left);
});

test('a silence about the workflow stands at its name', () => {
  expect(codes('# tollgate: allow TG4001 a demonstration\nname: w\nsteps: [{ id: x, command: make }]\n')).toEqual([]);
});

test('what is wrong with a silence is said', () => {
  const message = (comment: string) => lintText(step(`  # ${comment}\n  - { id: x, command: make }\n`)).diagnostics[0];
  expect(message('tollgate: allow')).toMatchObject({ message: expect.stringContaining('names no code'), severity: 'warning' });
  expect(message('tollgate: allow TG1101 x')).toMatchObject({ message: expect.stringContaining('TG1101 is no code of lint') });
  expect(message('tollgate: allow TG4002 ')).toMatchObject({ message: expect.stringContaining('gives no reason'), hint: expect.stringContaining('# tollgate: allow TG4002 ') });
});
