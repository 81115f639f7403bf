import { readdirSync } from 'node:fs';
import type { ListedArtifact, RunOutcome } from '../../../core/artifact/artifact.js';
import type { ArtifactFilter, ArtifactListing, DamagedArtifact } from '../../../ports/artifact-store.js';
import { isFolder } from '../file-kind.js';
import type { FoundRun } from '../run-folder/find-runs.js';
import { findRuns, readRunResult } from '../run-folder/find-runs.js';
import { readJournal } from '../run-folder/journal/read-journal.js';
import { layOutArtifacts, manifestEnding } from './artifact-layout.js';
import { readArtifactAt } from './read-artifact.js';

/** Every artifact of every run of a state folder. Their files are not read: they are verified when somebody takes them. */
export function listArtifacts(stateFolder: string, { run: wanted }: ArtifactFilter = {}): ArtifactListing {
  const found: ListedArtifact[] = [];
  const damaged: DamagedArtifact[] = [];
  for (const run of findRuns(stateFolder)) {
    if (wanted !== undefined && run.id !== wanted) continue;
    const layout = layOutArtifacts(stateFolder, run.id);
    let outcome: RunOutcome | undefined;
    for (const name of listNames(layout.manifests)) {
      const read = readArtifactAt(layout, { run: run.id, name });
      if (read === undefined) continue;
      if (read.kind === 'damaged') damaged.push({ run: run.id, name, reason: read.reason });
      else if (!isFolder(layout.filesOf(name))) damaged.push({ run: run.id, name, reason: 'its files are gone' });
      else found.push({ artifact: read.artifact, outcome: (outcome ??= readOutcome(run)) });
    }
  }
  return { found, damaged };
}

function listNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(manifestEnding)).map((name) => name.slice(0, -manifestEnding.length));
  } catch {
    return [];
  }
}

const statuses: ReadonlySet<unknown> = new Set(['succeeded', 'failed', 'cancelled', 'paused']);

/** From what the run has left at its end; of one that was killed before it could, from its journal. */
function readOutcome(run: FoundRun): RunOutcome {
  const { status, verdict } = readRunResult(run) ?? {};
  if (statuses.has(status)) return { status: status as RunOutcome['status'], verdict: verdict === 'go' || verdict === 'no-go' ? verdict : null };
  const last = readJournal(run.path).events.at(-1);
  if (last?.kind === 'run-ended') return { status: last.status, verdict: last.verdict };
  return { status: last?.kind === 'run-paused' ? 'paused' : 'unfinished', verdict: null };
}
