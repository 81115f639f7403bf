import { expect, test } from '@jest/globals';
import type { Diagnostic, Fix } from '../diagnostic/diagnostic.js';
import { applySafeFixes } from './apply-fixes.js';

const fix = (title: string, edits: Fix['edits'], safe = true): Diagnostic => ({ code: 'TG4002', severity: 'warning', message: title, span: [0, 0], fix: { title, edits, safe } });

test('all safe fixes at once, wherever they stand', () => {
  const result = applySafeFixes('abcdef', [fix('late', [{ span: [5, 6], text: 'F' }]), fix('early', [{ span: [0, 1], text: 'A' }, { span: [3, 3], text: '+' }]), fix('unsafe', [{ span: [1, 2], text: '?' }], false)]);
  expect(result.text).toBe('Abc+deF');
  expect(result.applied.map(({ title }) => title)).toEqual(['late', 'early']);
});

test('a fix is applied whole or not at all', () => {
  const result = applySafeFixes('abcdef', [fix('first', [{ span: [1, 3], text: 'X' }]), fix('second', [{ span: [2, 4], text: 'Y' }, { span: [5, 6], text: 'Z' }]), fix('third', [{ span: [5, 6], text: '!' }])]);
  expect(result.text).toBe('aXde!');
  expect(result.applied.map(({ title }) => title)).toEqual(['first', 'third']);
});

test('two insertions at one place are left for two passes', () => {
  expect(applySafeFixes('ab', [fix('one', [{ span: [1, 1], text: '1' }]), fix('two', [{ span: [1, 1], text: '2' }])]).text).toBe('a1b');
});

test('edits of one fix that touch each other are not applied', () => {
  expect(applySafeFixes('abc', [fix('odd', [{ span: [0, 2], text: '' }, { span: [1, 3], text: '' }])])).toEqual({ text: 'abc', applied: [] });
});

test('nothing to do', () => {
  expect(applySafeFixes('abc', [{ code: 'TG4001', severity: 'warning', message: '', span: [0, 1] }, fix('empty', [])])).toEqual({ text: 'abc', applied: [] });
});
