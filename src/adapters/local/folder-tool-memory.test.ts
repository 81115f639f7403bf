import { chmodSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolderToolMemory } from './folder-tool-memory.js';

const folder = mkdtempSync(join(tmpdir(), 'tools-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function putTool(name: string, script?: string): string {
  const path = join(folder, name);
  if (script === undefined) copyFileSync('/bin/true', path);
  else writeFileSync(path, script);
  chmodSync(path, 0o755);
  return path;
}

test('an answer is remembered while the program is the very same file, and only for the very command', () => {
  putTool('tool');
  const memory = openFolderToolMemory(join(folder, 'a'));
  memory.keep('tool --version', folder, 'v1');
  expect(memory.recall('tool --version', folder)).toBe('v1');
  expect(memory.recall('tool -v', folder)).toBeUndefined();
  expect(memory.recall('tool --version', '/nowhere')).toBeUndefined();
  rmSync(join(folder, 'tool'));
  putTool('tool');
  expect(memory.recall('tool --version', folder)).toBeUndefined();
});

test.each(['shim --version', 'tool --version | head -1', 'A=1 tool --version', 'tool $X', 'tool; other', ''])('«%s» is asked again: another program may answer', (command) => {
  putTool('tool');
  putTool('shim', '#!/bin/sh\nexec tool "$@"\n');
  const memory = openFolderToolMemory(join(folder, 'b'));
  memory.keep(command, folder, 'v1');
  expect(memory.recall(command, folder)).toBeUndefined();
});

test('a damaged answer is forgotten', () => {
  putTool('tool');
  const memory = openFolderToolMemory(join(folder, 'c'));
  memory.keep('tool --version', folder, 'v1');
  const [name = ''] = readdirSync(join(folder, 'c', 'index', 'tools'));
  const file = join(folder, 'c', 'index', 'tools', name);
  writeFileSync(file, readFileSync(file, 'utf8').replace('v1', 'v2'));
  expect(memory.recall('tool --version', folder)).toBeUndefined();
});
