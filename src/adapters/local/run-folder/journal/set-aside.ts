import { closeSync, existsSync, fsyncSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { JournalDamage, JournalReading } from '../../../../core/journal/join-epochs.js';
import { nodeJournalFiles } from './node-journal-files.js';

/**
 * For whoever goes on with a run: damaged files are kept under another name, and what is good of them stays in their place.
 * It changes nothing of what is read. Where it cannot be done, the file stays as it is and is passed over again.
 */
export function setAside({ damage }: JournalReading): readonly JournalDamage[] {
  return damage.map((each) => {
    try {
      return { ...each, keptAs: keep(each) };
    } catch {
      return each;
    }
  });
}

function keep({ file, offset }: JournalDamage): string {
  const kept = freeName(file);
  if (offset === 0) renameSync(file, kept);
  else {
    const fresh = `${kept}.tmp`;
    try {
      writeSynced(fresh, readFileSync(file).subarray(0, offset));
      linkSync(file, kept);
      // One name after the other: the good part is there at every moment.
      renameSync(fresh, file);
    } finally {
      rmSync(fresh, { force: true });
    }
  }
  nodeJournalFiles.sync(dirname(file));
  return kept;
}

function freeName(file: string): string {
  for (let number = 1; ; number++) {
    const name = `${file}.damaged-${number}`;
    if (!existsSync(name)) return name;
  }
}

function writeSynced(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'w', 0o600);
  try {
    writeFileSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
