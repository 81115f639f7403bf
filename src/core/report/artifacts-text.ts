import type { ListedArtifact } from '../artifact/artifact.js';
import { shortenVersion } from '../artifact/artifact.js';
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

/** An artifact a line: what it is called, its run and what became of that, its version and size, its age and tags. */
export function renderArtifactList(listed: readonly ListedArtifact[], { paint, columns, now }: ArtifactsLook): string {
  const rows = listed.map(({ artifact, outcome }) => ({
    name: `${artifact.workflow}/${escapeHidden(artifact.name)}`,
    run: escapeHidden(artifact.run),
    version: shortenVersion(artifact.version),
    size: describeBytes(artifact.size),
    outcome: outcome.verdict?.toUpperCase() ?? outcome.status,
    isGo: outcome.verdict === 'go',
    rest: [describeAge(now - artifact.createdAt), counted(countFiles(artifact), 'file', 'files'), ...artifact.tags.map(escapeHidden)].join(' · '),
  }));
  const width = (read: (row: (typeof rows)[number]) => string): number => rows.reduce((most, row) => Math.max(most, widthOf(read(row))), 0);
  const [names, runs, sizes, outcomes] = [width(({ name }) => name), width(({ run }) => run), width(({ size }) => size), width(({ outcome }) => outcome)];
  return rows.map((row) => `${fitLine([
    [padTo(row.name, names), paint.strong], `  ${padTo(row.run, runs)}  `, [padTo(row.outcome, outcomes), row.isGo ? paint.good : paint.faint], '  ', [row.version, paint.info], `  ${row.size.padStart(sizes)}  `, [row.rest, paint.faint],
  ], columns).trimEnd()}\n`).join('');
}

export function countFiles({ files }: ListedArtifact['artifact']): number {
  return files.filter(({ kind }) => kind !== 'folder').length;
}
