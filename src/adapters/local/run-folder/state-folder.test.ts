import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeStateFolder } from './state-folder.js';

const root = mkdtempSync(join(tmpdir(), 'tollgate-state-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const modeOf = (path: string): number => statSync(path).mode & 0o777;

test('nobody else may look into it, and git has only the workflows in it', () => {
  const folder = join(root, 'a', '.tollgate');
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  makeStateFolder(folder);
  expect([modeOf(folder), readFileSync(join(folder, '.gitignore'), 'utf8')]).toEqual([0o700, '*\n!.gitignore\n!workflows/\n!workflows/**\n']);
});

test('what is no folder is refused, and keeps its mode', () => {
  const file = join(root, 'file');
  writeFileSync(file, 'of somebody', { mode: 0o644 });
  expect(() => makeStateFolder(file)).toThrow('is not a folder');
  expect([modeOf(file), readFileSync(file, 'utf8')]).toEqual([0o644, 'of somebody']);
});
