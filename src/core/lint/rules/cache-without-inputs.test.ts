import { expect, test } from '@jest/globals';
import { findByCode, lintText, oneStep } from '../../../../test/lint/lint-text.js';
import type { LintWorld } from '../build-subject.js';

const find = (text: string, world: LintWorld = {}) => findByCode(text, 'TG4006', world);

test.each(['cache: true', 'cache: { ttl: 1d }', 'use_cache: true', 'cache: { tools: [node --version] }'])('%s counts every file', (more) => {
  expect(find(oneStep('make', more))).toHaveLength(1);
});

test.each(['', 'cache: false', 'use_cache: false', 'cache: true\ninputs: [a]', 'cache: true\ninputs: []', 'cache_key: v1', 'cache: { key: v1 }', 'cache: { inputs: [a] }'])('%s does not', (more) => {
  expect(find(oneStep('make', more))).toEqual([]);
});

test.each([
  ['npx tsc -p tsconfig.json && node scripts/build.mjs --out dist/x.js', ['tsconfig.json', 'scripts/build.mjs', 'dist/x.js']],
  ['pytest tests/unit -q --cov=src', ['tests/unit/**']],
  ['ruff check src tests', ['src/**', 'tests/**']],
  ['make -f build/Makefile all', ['build/Makefile']],
  ['echo a/b.txt && rm -r c/d && curl https://x.example/a.js', []],
  ['cat ../x.txt /etc/passwd a/*.ts "$F/x" 3.11 A=b/c', []],
])('%s proposes %j', (command, paths) => {
  const [finding] = find(oneStep(command, 'cache: true'));
  const field = `inputs: [${paths.map((path) => JSON.stringify(path)).join(', ')}]`;
  if (paths.length === 0) expect(finding?.fix).toBeUndefined();
  else expect(finding).toMatchObject({ hint: expect.stringContaining(field), fix: { safe: false } });
});

test('with a workspace only what is there is proposed', () => {
  expect(find(oneStep('node a.js b.js', 'cache: true'), { fileExists: (path) => path === 'b.js' })[0]?.hint).toContain('["b.js"]');
});

test('what the step makes is no input', () => {
  expect(find(oneStep('node a.js -o b.js', 'cache: true\noutputs: { b: b.js }'))[0]?.hint).toContain('["a.js"]');
});

test('the proposal can be taken as it stands', () => {
  const text = oneStep('node a.js', 'cache: true');
  const edit = find(text)[0]?.fix?.edits[0];
  const mended = text.slice(0, edit!.span[0]) + edit!.text + text.slice(edit!.span[1]);
  expect(lintText(mended).valid).toBe(true);
  expect(find(mended)).toEqual([]);
});
