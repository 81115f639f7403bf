import { chooseTexts } from '../core/redaction/choose-texts.js';
import type { Secret } from '../core/redaction/choose-texts.js';
import type { JobHost } from '../ports/job-host.js';

/**
 * The runner hides line by line, so each line of a secret is named to it, and the forms that programs like to print.
 * It is the second net: what a run prints is masked before it reaches the runner.
 */
export function maskSecrets(secrets: readonly Secret[], host: Pick<JobHost, 'mask'>): void {
  for (const text of new Set(secrets.flatMap(formsOf))) host.mask(text);
}

function formsOf(secret: Secret): readonly string[] {
  const texts = chooseTexts(secret);
  if (texts === undefined) return [];
  const { whole, lines } = texts;
  const inOneLine = lines.length === 0 ? [whole] : [];
  return [...inOneLine, ...lines, JSON.stringify(whole).slice(1, -1), Buffer.from(secret.value).toString('base64')];
}
