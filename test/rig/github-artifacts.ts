import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GithubArtifactsParts, UploadingJob } from '../../src/adapters/github/artifacts/artifact-parts.js';
import { openGithubArtifacts } from '../../src/adapters/github/artifacts/open-github-artifacts.js';
import { createSeal, type Seal } from '../../src/adapters/github/sealing/create-seal.js';
import type { RemoteArtifacts } from '../../src/adapters/github/transfer/transfers.js';
import { localArtifactFiles } from '../../src/assembly/on-github/local-artifact-files.js';
import type { RunOutcome } from '../../src/core/artifact/artifact.js';
import type { ArtifactStore } from '../../src/ports/artifact-store.js';
import type { ArtifactSubject } from '../contracts/artifact-store-contract.js';
import { createFakeRemote, createFakeRemoteArtifacts, type FakeRemote } from '../fakes/fake-remote-artifacts.js';
import { createArtifactFolder, type ArtifactFolder } from './artifact-folder.js';

export const sealingKey = 'a passphrase that is long enough';

/** A workspace whose artifacts go to GitHub; every `open` is another runner, which has nothing but the workspace. */
export interface GithubArtifactsRig extends ArtifactSubject {
  readonly local: ArtifactFolder;
  readonly remote: FakeRemote;
  readonly openWith: (given: Partial<UploadingJob> & { readonly seal?: Seal | null; readonly isSameMachine?: boolean }) => ArtifactStore;
  /** What is left of work that is done. */
  readonly scratch: string;
}

export interface GithubArtifactsOptions {
  readonly isSealed?: boolean;
  readonly over?: (remote: FakeRemote) => RemoteArtifacts;
}

export function createGithubArtifacts({ isSealed = false, over = createFakeRemoteArtifacts }: GithubArtifactsOptions = {}): GithubArtifactsRig {
  const local = createArtifactFolder();
  const remote = createFakeRemote();
  const outcomes = new Map<string, RunOutcome>();
  const machines = mkdtempSync(join(tmpdir(), 'tollgate-machines-'));
  const scratch = join(machines, 'scratch');
  const seal = isSealed ? createSeal(sealingKey) : null;
  let now = 1_767_225_600_000;
  const openWith: GithubArtifactsRig['openWith'] = ({ seal: otherSeal = seal, isSameMachine = false, ...job }) => {
    const parts: GithubArtifactsParts = {
      remote: over(remote),
      files: localArtifactFiles(isSameMachine ? local.state : mkdtempSync(join(machines, 'state-')), local.workspace),
      job: { name: 'test', attempt: 1, retentionDays: null, tokens: [], runnerFolders: [], ...job },
      seal: otherSeal,
      outcomeOf: (run) => Promise.resolve(outcomes.get(run) ?? { status: 'unfinished', verdict: null }),
      scratch,
      now: () => (now += 1),
    };
    return openGithubArtifacts(parts);
  };
  return {
    ...local, local, remote, scratch, openWith,
    open: () => openWith({}),
    endRun: (run, outcome) => void outcomes.set(run, outcome),
    dispose: () => {
      local.dispose();
      rmSync(machines, { recursive: true, force: true });
    },
  };
}
