import type { Artifact, RunOutcome } from '../../../core/artifact/artifact.js';
import type { ArtifactStore, Bringing, Destination } from '../../../ports/artifact-store.js';
import type { Seal } from '../sealing/create-seal.js';
import type { RemoteArtifacts } from '../transfer/transfers.js';

/** What artifacts on GitHub are made of. What a machine knows of its own files comes from the store of this machine. */
export interface GithubArtifactsParts {
  readonly remote: RemoteArtifacts;
  readonly files: LocalArtifactFiles;
  readonly job: UploadingJob;
  /** Nothing is encrypted, and nothing encrypted is read, without one; with one nothing else is. */
  readonly seal: Seal | null;
  /** What became of a run; an upload cannot know. */
  readonly outcomeOf: (run: string) => Promise<RunOutcome>;
  /** For what is on its way: a folder that may be made. */
  readonly scratch: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The store of this machine: it copies what is kept, and places what is brought. */
export interface LocalArtifactFiles {
  readonly store: ArtifactStore;
  /** Verifies files that lie in a folder at their paths, and then places all of them or none. */
  readonly place: (source: string, artifact: Artifact, to: Destination) => Promise<Bringing>;
  readonly writeManifest: (artifact: Artifact) => string;
  /** Refuses paths that lead anywhere but into a workspace. Its place is checked by whoever asked for it. */
  readonly readManifest: (bytes: Buffer) => ReadManifest;
}

export type ReadManifest = { readonly kind: 'whole'; readonly artifact: Artifact } | { readonly kind: 'damaged'; readonly reason: string };

export interface UploadingJob {
  /** As GitHub knows it, for people. */
  readonly name: string;
  readonly attempt: number;
  /** For artifacts that say nothing; nothing: as the repository has it. */
  readonly retentionDays: number | null;
  /** Its runtime token and the like, which may be in no upload. */
  readonly tokens: readonly string[];
  /** Folders of the runner in the workspace, such as its `_temp`. */
  readonly runnerFolders: readonly string[];
}
