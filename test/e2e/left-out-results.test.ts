import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { scratchFolder, tollgate } from './tollgate.js';

const workflow = `name: parts
defaults: { shell: sh }
phases:
  - id: make
    steps:
      - { id: cut, command: "mkdir -p out; echo cut > out/cut.txt", inputs: [], outputs: { file: out/cut.txt }, cache: true }
  - id: use
    steps:
      - { id: read, command: "cat {{ cut.outputs.file }}" }
`;

test('a run of one phase brings back the file that a phase before it has made, and waits for that', () => {
  using folder = scratchFolder({ 'parts.yml': workflow });
  expect(tollgate(['run', 'parts.yml', '--phases', 'make'], { folder: folder.path }).code).toBe(0);
  rmSync(join(folder.path, 'out'), { recursive: true });
  const { code, out } = tollgate(['run', 'parts.yml', '--phases', 'use'], { folder: folder.path });
  expect([code, out]).toEqual([0, expect.stringContaining('kept: it was done before')]);
});
