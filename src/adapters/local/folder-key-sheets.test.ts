import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { makeKey } from '../../core/cache/make-key.js';
import type { KeySheet } from '../../core/cache/key-sheet.js';
import { openFolderKeySheets } from './folder-key-sheets.js';

const folder = mkdtempSync(join(tmpdir(), 'sheets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = { workflow: 'w', step: 's' };

function sheetOf(command: string, files: KeySheet['files'] = []): KeySheet {
  return { definition: { command }, env: {}, files, tools: {}, upstream: {}, machine: {} };
}

test('the newest come first, each once, and are read by their key', () => {
  const sheets = openFolderKeySheets(join(folder, 'a'));
  for (const command of ['one', 'two', 'one']) sheets.keep(at, makeKey(sheetOf(command)), sheetOf(command));
  expect(sheets.list(at).map(({ sheet }) => sheet.definition['command'])).toEqual(['one', 'two']);
  expect(sheets.read(at, makeKey(sheetOf('two')))).toEqual(sheetOf('two'));
  expect(sheets.read(at, 'another')).toBeUndefined();
  expect(sheets.list({ workflow: 'w', step: 'other' })).toEqual([]);
});

test('whatever is done to the file, no sheet is served under a key that is not its own', () => {
  const state = join(folder, 'b');
  const sheets = openFolderKeySheets(state);
  for (const command of ['one', 'two', 'three']) sheets.keep(at, makeKey(sheetOf(command)), sheetOf(command));
  const file = join(state, 'keys', 'w-w', 's');
  const whole = readFileSync(file);
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(254), (where, by) => {
      const damaged = Buffer.from(whole);
      damaged[where] = ((damaged[where] ?? 0) + by + 1) % 256;
      writeFileSync(file, damaged);
      const found = sheets.list(at);
      for (const { key, sheet } of found) expect(makeKey(sheet)).toBe(key);
      // A line feed in the middle of a line can cost two of them.
      expect(found.length).toBeGreaterThanOrEqual(1);
    }),
    { numRuns: 300, seed: 20261121 },
  );
  writeFileSync(file, whole.subarray(0, whole.length - 5));
  expect(sheets.list(at).map(({ sheet }) => sheet.definition['command'])).toEqual(['two', 'one']);
  appendFileSync(file, '{"files":[]}\nnull\n[]\n');
  expect(sheets.list(at)).toHaveLength(2);
});

test('a step with many inputs leaves no file without end', () => {
  const sheets = openFolderKeySheets(join(folder, 'c'));
  const files = Array.from({ length: 3_000 }, (_, index) => ({ path: `src/file-${index}`, digest: 'd'.repeat(64), executable: false }));
  for (let count = 0; count < 12; count++) sheets.keep(at, makeKey(sheetOf(String(count), files)), sheetOf(String(count), files));
  expect(readFileSync(join(folder, 'c', 'keys', 'w-w', 's')).length).toBeLessThan(2 * 1024 * 1024);
  expect(sheets.list(at)[0]?.sheet.definition['command']).toBe('11');
});
