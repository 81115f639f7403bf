import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPlacingBook } from './placing-book.js';
import { createTemporaryNames } from './temporary-names.js';

const scratch = mkdtempSync(join(tmpdir(), 'tollgate-book-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test.each([['goes when all is done', false], ['stays for the next process while something lies there still', true]])('a book %s', (_, isHeld) => {
  const folder = mkdtempSync(join(scratch, 'case-'));
  const names = createTemporaryNames();
  const book = openPlacingBook(folder, names);
  book.note([[names.next(), 'a']]);
  if (isHeld) book.hold();
  book.close();
  expect(readdirSync(folder)).toHaveLength(isHeld ? 1 : 0);
});
