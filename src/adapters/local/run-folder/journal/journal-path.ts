import { join } from 'node:path';

export const journalFolder = (runPath: string): string => join(runPath, 'journal');

export function epochPath(runPath: string, epoch: number): string {
  return join(journalFolder(runPath), nameOf(epoch));
}

/** The epoch that a file of the journal is named by; nothing for other files. */
export function epochOf(name: string): number | undefined {
  const epoch = Number.parseInt(name, 10);
  return Number.isSafeInteger(epoch) && epoch > 0 && name === nameOf(epoch) ? epoch : undefined;
}

function nameOf(epoch: number): string {
  return `${String(epoch).padStart(6, '0')}.ndjson`;
}
