import type { ListedArtifact } from '../artifact/artifact.js';
import { shortenVersion } from '../artifact/artifact.js';
import { describeOutcome } from '../artifact/choose-artifact.js';
import { describeBytes } from './describe-bytes.js';
import type { Paint } from './paint.js';
import { counted } from './plan-words.js';
import { describeAge } from './run/describe-age.js';
import { fitLine, padTo } from './run/fit-line.js';
import { escapeHidden, widthOf } from './visible-text.js';

export interface ArtifactsLook {
  readonly paint: Paint;
  readonly columns: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** An artifact a line: what it is called, by which run, its version and size, what became of that run, its tags. */
export function renderArtifactList(listed: readonly ListedArtifact[], { paint, columns, now }: ArtifactsLook): string {
  const rows = listed.map(({ artifact, outcome }) => ({
    name: `${artifact.workflow}/${escapeHidden(artifact.name)}`,
    run: escapeHidden(artifact.run),
    version: shortenVersion(artifact.version),
    size: `${counted(countFiles(artifact), 'file', 'files')}, ${describeBytes(artifact.size)}`,
    outcome: describeOutcome(outcome),
    isGo: outcome.verdict === 'go',
    rest: [describeAge(now - artifact.createdAt), ...artifact.tags.map(escapeHidden)].join(' · '),
  }));
  const width = (read: (row: (typeof rows)[number]) => string): number => rows.reduce((most, row) => Math.max(most, widthOf(read(row))), 0);
  const [names, runs, sizes, outcomes] = [width(({ name }) => name), width(({ run }) => run), width(({ size }) => size), width(({ outcome }) => outcome)];
  return rows.map((row) => `${fitLine([
    [padTo(row.name, names), paint.strong], `  ${padTo(row.run, runs)}  `, [row.version, paint.info], `  ${padTo(row.size, sizes)}  `, [padTo(row.outcome, outcomes), row.isGo ? paint.good : paint.faint], '  ', [row.rest, paint.faint],
  ], columns).trimEnd()}\n`).join('');
}

export function countFiles({ files }: ListedArtifact['artifact']): number {
  return files.filter(({ kind }) => kind !== 'folder').length;
}
