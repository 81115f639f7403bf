import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileIndex } from './file-index.js';
import { createFileHasher } from './hash-file.js';
import { createFingerprintReader } from './read-fingerprint.js';

const root = mkdtempSync(join(tmpdir(), 'tollgate-read-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const path = join(root, 'a');
const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

test('a file that changed between the look at it and its last byte is answered and not remembered', () => {
  const told: string[] = [];
  const index: FileIndex = { find: () => undefined, learn: () => void told.push('learn'), drop: () => void told.push('drop'), keep: () => undefined };
  const read = createFingerprintReader({ root, index, now: Date.now });
  writeFileSync(path, 'one');
  const before = lstatSync(path);
  expect(read('a', before)).toEqual({ path: 'a', digest: sha256('one'), executable: false });
  writeFileSync(path, 'other');
  expect(read('a', before)).toEqual({ path: 'a', digest: sha256('other'), executable: false });
  rmSync(path);
  expect(read('a', before)).toBeUndefined();
  expect(told).toEqual(['learn', 'drop', 'drop']);
});

test('what has become a pipe, a link or a folder in between is not waited for and not followed', () => {
  const hashFile = createFileHasher();
  spawnSync('mkfifo', [join(root, 'pipe')]);
  writeFileSync(join(root, 'b'), '');
  symlinkSync('b', join(root, 'link'));
  expect(['pipe', 'link', '.', 'none'].map((name) => hashFile(join(root, name)).kind)).toEqual(['gone', 'unreadable', 'unreadable', 'gone']);
});

test('a file that comes in short pieces is read to its end', () => {
  const inPieces = ['/proc/crypto', '/etc/services', '/bin/sh'].find((each) => existsSync(each)) ?? '';
  expect(createFileHasher()(inPieces)).toMatchObject({ kind: 'read', digest: sha256(readFileSync(inPieces)) });
});
