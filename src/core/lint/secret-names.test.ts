import { expect, test } from '@jest/globals';
import { looksSecret, passes } from './secret-names.js';

test.each(['GITHUB_TOKEN', 'TOKEN', 'MY_SECRET_ID', 'DB_PASSWORD', 'PASSWORD_FILE', 'API_KEY', 'GOOGLE_CREDENTIALS', 'npm_token'])('%s looks secret', (name) => {
  expect(looksSecret(name)).toBe(true);
});

test.each(['TOKENS_MAX', 'KEYBOARD', 'MONKEY', 'KEY', 'PATH', 'PASS'])('%s does not', (name) => {
  expect(looksSecret(name)).toBe(false);
});

test.each([
  ['A', 'A', true], ['A', 'AB', false], ['A*', 'AB', true], ['*', 'AB', true], ['A?', 'AB', true], ['A?', 'ABC', false], ['[AB]C', 'BC', true], ['[!A]C', 'AC', false], ['[!A]C', 'BC', true], ['[', 'A', false], ['[', '[', true],
])('%s passes %s: %s', (entry, name, through) => {
  expect(passes(entry, name)).toBe(through);
});
