import { expect, test } from '@jest/globals';
import { findByCode, oneStep } from '../../../../test/lint/lint-text.js';

const find = (text: string) => findByCode(text, 'TG4005');
const cached = 'cache: true\ninputs: [a.txt]';

test.each([
  ['fetch {{ secrets.TOK }}', cached, 'secrets.TOK'],
  ['make', `${cached}\nenv: { T: "{{ secrets.TOK }}" }`, 'secrets.TOK'],
  ['ls {{ env.HOME }}', cached, 'env.HOME'],
  ['ls {{ env("HOME") }}'.replaceAll('"', "'"), cached, 'env.HOME'],
  ['make', 'cache_key: "{{ env.PATH }}"', 'env.PATH'],
  ['make', `${cached}\nenv: { Z: "{{ env.TZ }}" }`, 'env.TZ'],
  ['make', `${cached}\nenv: { Z: "{{ env.LC_ALL }}" }`, 'env.LC_ALL'],
  ['cp x {{ run.workspace }}/y', cached, 'run.workspace'],
])('%s with %s', (command, more, name) => {
  expect(find(oneStep(command, more, 'secrets: [TOK]')).map(({ message }) => message)).toEqual([expect.stringContaining(name)]);
});

test.each([
  ['fetch "$TOK" "$HOME"', `${cached}\nsecrets: [TOK]`],
  ['fetch {{ secrets.TOK }} {{ env.HOME }}', ''],
  ['make {{ env.NODE_ENV }}', cached],
  ['make {{ env.HOME }}', `${cached}\nenv: { HOME: /tmp/home }`],
  ['make', `${cached}\nwhen: env.HOME != ''`],
])('%s with %s is fine', (command, more) => {
  expect(find(oneStep(command, more, 'secrets: [TOK]'))).toEqual([]);
});

test('what is declared above is not from the machine', () => {
  expect(find(oneStep('make {{ env.HOME }}', cached, 'env: { HOME: /h }'))).toEqual([]);
});

test('the hint shows the way that fits', () => {
  expect(find(oneStep('x {{ secrets.TOK }}', cached, 'secrets: [TOK]'))[0]?.hint).toContain('secrets: [TOK] and write "$TOK"');
  expect(find(oneStep('x {{ env.HOME }}', cached))[0]?.hint).toContain('write "$HOME"');
});
