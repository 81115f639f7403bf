import { hash } from 'node:crypto';
import type { KeySheet } from './key-sheet.js';

/** Changed whenever keys are made in another way: then no earlier result is found. */
const salt = 'tollgate-key-1';

const parts = ['definition', 'env', 'tools', 'upstream', 'machine'] as const;

/** The key of a result: the digest of all that it depends on. */
export function makeKey(sheet: KeySheet): string {
  let text = salt;
  for (const part of parts) text += `\n${part}${describeRecord(sheet[part])}`;
  text += '\nfiles';
  for (const { path, digest, executable } of sheet.files) text += `\n${digest}${executable ? '*' : ' '}${JSON.stringify(path)}`;
  return digestText(text);
}

/** The digest of the definition alone. */
export function digestDefinition({ definition }: KeySheet): string {
  return digestText(describeRecord(definition));
}

export function digestText(text: string): string {
  return hash('sha256', text, 'hex');
}

/** In an order of its own, each name and value so that it cannot be taken for another. */
function describeRecord(record: Readonly<Record<string, string>>): string {
  let text = '';
  for (const name of Object.keys(record).sort()) text += `\n ${JSON.stringify(name)} ${JSON.stringify(record[name])}`;
  return text;
}
