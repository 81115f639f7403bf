import { expect, test } from '@jest/globals';
import { findByCode, lintText, oneStep, pointedAt } from '../../../../test/lint/lint-text.js';

const find = (text: string) => findByCode(text, 'TG4011');
const top = 'inputs: { x: { type: string } }';

test.each([
  ["awk '/{{ inputs.x }}/' f", 'awk -v'],
  ['jq ".{{ inputs.x }}" f', '--arg'],
  ['ssh host "ls {{ inputs.x }}"', 'printf'],
  ['python3 -c "print({{ inputs.x }})"', 'sys.argv'],
  ['node -e "f({{ inputs.x }})"', 'process.argv'],
  ['sed "s/a/{{ inputs.x }}/" f', 'check the value'],
  ['psql -c "select {{ inputs.x }}"', '-v name='],
  ['su -c "ls {{ inputs.x }}" me', 'argument'],
])('%s', (command, hint) => {
  const text = oneStep(command, '', top);
  const found = find(text);
  expect(found.map((finding) => finding.hint)).toEqual([expect.stringContaining(hint)]);
  expect(pointedAt(lintText(text), found[0]!)).toBe('{{ inputs.x }}');
});

test.each(['jq --arg k {{ inputs.x }} \'.[$k]\' f', "awk -v k={{ inputs.x }} '$1 == k' f", 'grep {{ inputs.x }} f', "awk '{ print $1 }' {{ inputs.x }}", 'python3 x.py {{ inputs.x }}'])('%s is fine', (command) => {
  expect(find(oneStep(command, '', top))).toEqual([]);
});

test('criteria and checks are commands too', () => {
  expect(find(`name: w\n${top}\npreflight: [{ run: "jq .{{ inputs.x }} f" }]\nphases:\n  - id: p\n    steps: [{ id: a, command: make }]\n    gate: { criteria: [{ id: c, run: "jq .{{ inputs.x }} f" }] }\n`)).toHaveLength(2);
});
