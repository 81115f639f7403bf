import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** All or nothing: whoever reads it meanwhile sees the old text or the new one. */
export function writeText(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

export const writeJson = (path, value) => writeText(path, `${JSON.stringify(value, null, 2)}\n`);

export const digest = (text) => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** Ends the command with every problem on a line of its own. */
export function stopOn(problems, code = 1) {
  if (problems.length === 0) return;
  for (const problem of problems) console.error(problem);
  process.exit(code);
}
