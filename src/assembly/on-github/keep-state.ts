import { join } from 'node:path';
import type { SegmentSaver } from '../../adapters/github/segments/segment-saver.js';
import { createSegmentSaver } from '../../adapters/github/segments/segment-saver.js';
import { readJournal } from '../../adapters/local/run-folder/journal/read-journal.js';
import { layOutStore, locateStore } from '../../adapters/local/store/store-layout.js';
import type { StoredResult } from '../../core/cache/stored-result.js';
import type { Clock } from '../../ports/clock.js';
import { packRun } from '../export-run.js';
import type { JobIdentity } from './identify-job.js';
import type { GithubServices } from './open-services.js';

export interface StateToKeep {
  readonly services: GithubServices;
  readonly identity: Pick<JobIdentity, 'run' | 'attempt' | 'repository'>;
  readonly part: string;
  readonly runId: string;
  readonly stateFolder: string;
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** The process that finishes what another has begun. */
  readonly isPost: boolean;
  /** The result of a step does not travel with an artifact, because of this file. */
  readonly onWithheld: (withheld: { readonly step: string; readonly path: string }) => void;
}

/** What results a state takes along into an artifact: enough for a laptop to go on with. */
const mostResultBytes = 64 * 1024 * 1024;
/** Above every count of the process before. */
const firstOfPost = 500_000;

/** The state of a run goes to GitHub after each step, in the background. */
export function keepState({ services, identity, part, runId, stateFolder, workspace, env, clock, isPost, onWithheld }: StateToKeep): SegmentSaver {
  const path = join(stateFolder, 'runs', runId);
  /** The cache is read by jobs of this repository alone, an artifact by others, too. */
  const openCheck = async (): Promise<(result: StoredResult) => boolean> => {
    const { findWithheldFile } = await import('../../adapters/github/artifacts/find-withheld-file.js');
    const { blobOf } = layOutStore(locateStore(stateFolder).folder);
    return (result) => {
      const withheld = findWithheldFile(result, { pathOf: blobOf, tokens: services.tokens });
      if (withheld !== undefined) onWithheld({ step: result.step, path: withheld });
      return withheld === undefined;
    };
  };
  return createSegmentSaver({
    cache: services.transfers.cache,
    artifacts: services.transfers.artifacts,
    name: { run: identity.run, part, attempt: identity.attempt },
    count: isPost ? firstOfPost : 0,
    write: async (file, extent) => {
      const results = extent === 'lean' ? { mostResultBytes: 0 } : { mostResultBytes, mayLeave: await openCheck() };
      return packRun({ id: runId, path }, readJournal(path).events, { file, overwrite: true, stateFolder, workspace, env, repository: identity.repository, now: clock.now(), ...results }).kind === 'exported';
    },
    seal: services.seal,
    folder: services.folder,
    after: clock.after,
  });
}
