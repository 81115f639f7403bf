import { createHash } from 'node:crypto';
import type { KeySheet } from './key-sheet.js';

/** Changed whenever keys are made in another way: then no earlier result is found. */
const salt = 'tollgate-key-1';

/** The key of a result: the digest of all that it depends on. */
export function makeKey(sheet: KeySheet): string {
  const hash = createHash('sha256').update(salt);
  for (const part of ['definition', 'env', 'tools', 'upstream', 'machine'] as const) hash.update(`\n${part} ${JSON.stringify(sortEntries(sheet[part]))}`);
  const files = sheet.files.map(({ path, digest, executable }) => `${digest}${executable ? '*' : ' '}${JSON.stringify(path)}`);
  return hash.update(`\nfiles ${files.join('\n')}`).digest('hex');
}

/** The digest of the definition alone. */
export function digestDefinition({ definition }: KeySheet): string {
  return createHash('sha256').update(JSON.stringify(sortEntries(definition))).digest('hex');
}

export function digestText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function sortEntries(record: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
