import { expect, test } from '@jest/globals';
import type { Diagnostic, Fix } from '../diagnostic/diagnostic.js';
import type { Linting } from './mend-workflow.js';
import { mendWorkflow } from './mend-workflow.js';

const at = (text: string, found: string, replacement: string): readonly Diagnostic[] => {
  const start = text.indexOf(found);
  const fix: Fix = { title: `${found}→${replacement}`, safe: true, edits: [{ span: [start, start + found.length], text: replacement }] };
  return start === -1 ? [] : [{ code: 'TG4002', severity: 'warning', message: '', span: [start, start + 1], fix }];
};

test('a fix that brings up another is followed', () => {
  const mended = mendWorkflow('a', (text): Linting => ({ valid: true, diagnostics: [...at(text, 'a', 'b'), ...at(text, 'b', 'c')] }));
  expect(mended).toEqual({ text: 'c', applied: [expect.objectContaining({ title: 'a→b' }), expect.objectContaining({ title: 'b→c' })], linting: { valid: true, diagnostics: [] }, refused: [] });
});

test('fixes that never end are ended', () => {
  const mended = mendWorkflow('a', (text): Linting => ({ valid: true, diagnostics: [...at(text, 'a', 'b'), ...at(text, 'b', 'a')] }));
  expect(mended.applied).toHaveLength(10);
});

test('a pass that breaks the file is taken back, the ones before it stay', () => {
  const mended = mendWorkflow('a', (text): Linting => ({ valid: text !== 'broken', diagnostics: [...at(text, 'a', 'b'), ...(text === 'b' ? at(text, 'b', 'broken') : [])] }));
  expect(mended.text).toBe('b');
  expect(mended.refused.map(({ title }) => title)).toEqual(['b→broken']);
  expect(mended.linting.diagnostics).toHaveLength(1);
});

test('what is no workflow is left alone', () => {
  expect(mendWorkflow('a', (text) => ({ valid: false, diagnostics: at(text, 'a', 'b') }))).toMatchObject({ text: 'a', applied: [], refused: [] });
});
