import { expect, test } from '@jest/globals';
import { findByCode, lintText, oneStep } from '../../../../test/lint/lint-text.js';

const fileExists = (path: string): boolean => ['src', 'package.json', 'a/b.txt'].includes(path);
const find = (text: string) => findByCode(text, 'TG4013', { fileExists });

test.each(['inputs: [package-lock.jsn]', 'inputs: [srcs/]', 'cache: { inputs: [nope.txt] }', 'inputs: ["quoted.txt"]'])('%s names no file', (more) => {
  expect(find(oneStep('make', more))).toHaveLength(1);
});

test.each(['inputs: [package.json, ./src, src/, a/b.txt]', 'inputs: ["nope/**", "!nope.txt", "n?pe"]', 'inputs: [{ value: word }]', 'inputs: ["{{ inputs.f }}"]', ''])('%s is fine', (more) => {
  expect(find(oneStep('make', more, 'inputs: { f: { type: string } }'))).toEqual([]);
});

test.each(['dist/app.js', 'dist', 'gen/x/y.txt', 'out-1.txt'])('what a step makes need not be there yet: %s', (path) => {
  const text = `name: w\nsteps:\n  - { id: a, command: make, outputs: { d: dist/app.js, g: "gen/**", o: "out-{{ run.id }}.txt" } }\n  - { id: b, command: make, inputs: [${path}] }\n`;
  expect(find(text)).toEqual([]);
});

test('what an agent may write need not be there either', () => {
  expect(find('name: w\nsteps:\n  - { id: a, type: claude_code, prompt: x, writes: ["docs/**"] }\n  - { id: b, command: make, inputs: [docs/new.md] }\n')).toEqual([]);
});

test('without a workspace nothing is said', () => {
  expect(findByCode(oneStep('make', 'inputs: [nope.txt]'), 'TG4013')).toEqual([]);
});

test('meant as text, it can be written as such', () => {
  const text = oneStep('make', 'inputs: [release-2]');
  const edit = find(text)[0]?.fix?.edits[0];
  const mended = text.slice(0, edit!.span[0]) + edit!.text + text.slice(edit!.span[1]);
  expect(mended).toContain('inputs: [{ value: release-2 }]');
  expect(lintText(mended).valid).toBe(true);
  expect(find(mended)).toEqual([]);
});
