import { expect, test } from '@jest/globals';
import { mayBeMissing } from './usual-programs.js';

test.each(['node', 'npm', 'terraform', 'python3.11', 'g++', 'aws', 'docker-compose', '7z', 'bash', 'jq', 'make', 'git', 'curl'])('%s may be missing', (name) => {
  expect(mayBeMissing(name)).toBe(true);
});

test.each(['cd', '[', '[[', '.', ':', 'true', 'if', 'test', 'cat', 'grep', 'sh', 'mkdir', './x', '/bin/x', 'a/b', '', '-x', 'a b', 'a{b,c}', '~x', 'x=1', 'é'])('%j is always there, or no name to look for', (name) => {
  expect(mayBeMissing(name)).toBe(false);
});
