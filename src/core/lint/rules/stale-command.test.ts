import { expect, test } from '@jest/globals';
import { findByCode, lintText, oneStep, pointedAt } from '../../../../test/lint/lint-text.js';

const find = (text: string) => findByCode(text, 'TG4004');
const cached = 'cache: true\ninputs: [a.txt]';

test.each([
  ['date +%s > out.txt', 'date'],
  ['V=$(date -u +%F) make', 'date'],
  ['date -d yesterday', 'date'],
  ['echo "$RANDOM" > seed', '$RANDOM'],
  ['uuidgen > id', 'uuidgen'],
  ['openssl rand -hex 8 > key', 'openssl'],
  ['head -c 8 /dev/urandom > x', 'head'],
  ['git rev-parse HEAD > rev', 'git rev-parse'],
  ['git rev-parse --short HEAD', 'git rev-parse'],
  ['git -C sub describe --tags', 'git describe'],
  ['git rev-list --count HEAD', 'git rev-list'],
  ['echo $GITHUB_SHA > rev', '$GITHUB_SHA'],
  ['make BUILD=${GITHUB_RUN_NUMBER}', '$GITHUB_RUN_NUMBER'],
])('%s', (command, by) => {
  expect(find(oneStep(command, cached))[0]?.message).toContain(`uses ${by}, which`);
});

test.each([
  'echo date',
  'make update # date',
  'date -r a.txt',
  'date -d @1700000000',
  'date --date=2024-01-01',
  'date -d2024-01-01',
  'RANDOM=7; echo $RANDOM',
  'tmp=$(mktemp -d); make TMP=$tmp',
  'git rev-parse --show-toplevel',
  'git diff HEAD~1',
  'openssl sha256 a.txt',
  'cat dev/urandom.md',
])('%s is fine', (command) => {
  expect(find(oneStep(command, cached))).toEqual([]);
});

test('without a cache nothing is stale', () => {
  expect(find(oneStep('date && git rev-parse HEAD'))).toEqual([]);
});

test('the commit in the key covers what reads the commit, and nothing else', () => {
  expect(find(oneStep('git describe; echo $GITHUB_SHA', `${cached}\ncache_key: "{{ github.sha }}"`))).toEqual([]);
  expect(find(oneStep('date', `${cached}\ncache_key: "{{ github.sha }}"`))).toHaveLength(1);
});

test('each kind is said once, where it first stands', () => {
  const text = oneStep('date; date; uuidgen; git describe', cached);
  expect(find(text).map((finding) => pointedAt(lintText(text), finding))).toEqual(['date', 'uuidgen', 'git describe']);
});
