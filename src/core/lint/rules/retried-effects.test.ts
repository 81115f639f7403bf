import { expect, test } from '@jest/globals';
import { findByCode, oneStep } from '../../../../test/lint/lint-text.js';

const find = (text: string) => findByCode(text, 'TG4015');

test('what happens once is not to be tried again', () => {
  expect(find(oneStep('npm publish', 'retry: { attempts: 3 }'))[0]?.message).toContain('up to 3 times and calls npm publish');
  expect(find(oneStep('curl -X POST https://x.example', 'retry: { attempts: 2 }'))).toHaveLength(1);
});

test('the retry of defaults counts too, and effects: once ends it', () => {
  const [finding] = find(oneStep('gh pr create', '', 'defaults: { retry: { attempts: 2 } }'));
  expect(finding?.message).toContain('(by defaults)');
  expect(finding?.fix).toMatchObject({ safe: false, edits: [{ text: '\n    effects: once' }] });
});

test('it is said once', () => {
  expect(findByCode(oneStep('npm publish', 'retry: { attempts: 3 }'), 'TG4002')).toEqual([]);
});

test.each([
  ['npm publish', 'retry: { attempts: 1 }'],
  ['npm publish', 'retry: { attempts: 3 }\neffects: idempotent'],
  ['npm publish', ''],
  ['git push', 'retry: { attempts: 3 }'],
  ['npm ci', 'retry: { attempts: 3 }'],
])('%s with %s is fine', (command, more) => {
  expect(find(oneStep(command, more))).toEqual([]);
});
