import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { listRules } from '../../src/core/definition/rules/language-rules.js';
import { stepTypes } from '../../src/steps/index.js';
import { examineCase } from './examine-case.js';

/**
 * Every rule of the language has a folder here, with workflows that keep it and workflows that break it.
 * `UPDATE_CONFORMANCE=1 npx jest test/conformance` writes the expected JSON anew: read it before it is committed.
 */
const here = dirname(fileURLToPath(import.meta.url));
const update = process.env['UPDATE_CONFORMANCE'] === '1';
const rules = listRules(stepTypes);
const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
const filesOf = new Map(folders.map((folder) => [folder, readdirSync(join(here, folder)).sort()]));

test('every rule has an id of its own', () => {
  const ids = rules.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('every folder is a rule, and holds nothing but its cases', () => {
  expect(folders.filter((folder) => !rules.some(({ id }) => id === folder))).toEqual([]);
  const stray = [...filesOf].flatMap(([folder, files]) => files.filter((file) => !/^(?:accepted|refused)(?:-[a-z0-9-]+)?\.(?:yml|json|inputs\.json)$/u.test(file)).map((file) => `${folder}/${file}`));
  expect(stray).toEqual([]);
});

test('every rule has a workflow that keeps it, and one that breaks it where that can be', () => {
  const has = (id: string, kind: string): boolean => (filesOf.get(id) ?? []).some((file) => file.startsWith(kind) && file.endsWith('.yml'));
  const missing = rules.flatMap(({ id, canBeRefused }) => [
    ...(has(id, 'accepted') ? [] : [`${id}/accepted.yml`]),
    ...(has(id, 'refused') === canBeRefused ? [] : [canBeRefused ? `${id}/refused.yml` : `${id} cannot be refused, and has a refused.yml`]),
  ]);
  expect(missing).toEqual([]);
});

/** Under a mutant one failure says all: the rest is passed over, so that hundreds of mutants stay affordable. */
const mutation = { isRunning: '__stryker__' in globalThis, isKilled: false };

describe.each([...filesOf])('%s', (folder, files) => {
  test.each(files.filter((file) => file.endsWith('.yml')))('%s', (file) => {
    if (mutation.isKilled) return;
    mutation.isKilled = mutation.isRunning;
    const { refused, outcome } = examineCase(join(here, folder, file));
    const expected = join(here, folder, file.replace(/\.yml$/u, '.json'));
    const silent = !refused && outcome.diagnostics.length === 0 && Object.keys(outcome).length === 1;
    if (update && !silent) writeFileSync(expected, `${JSON.stringify(outcome, null, 2)}\n`);
    expect({ refused, ...(refused === file.startsWith('refused') ? {} : outcome) }).toEqual({ refused: file.startsWith('refused') });
    expect(outcome).toEqual(existsSync(expected) ? JSON.parse(readFileSync(expected, 'utf8')) : { diagnostics: [] });
    mutation.isKilled = false;
  });
});
