import type { Artifact, ListedArtifact } from '../core/artifact/artifact.js';

/** What steps keep with their run, for people and other workflows. A fault of it never fails a step that has done its work. */
export interface ArtifactStore {
  /** Visible only once it is whole. What the same cell of the same run has kept under this name before is replaced. */
  readonly keep: (artifact: NewArtifact, from: KeptFrom) => Promise<Keeping>;
  /** All that can be seen from here, in no order; what is not whole is told apart. */
  readonly list: (filter?: ArtifactFilter) => Promise<ArtifactListing>;
  /** A verified copy in a folder of this machine: all of it, or nothing. */
  readonly bring: (artifact: Artifact, to: Destination) => Promise<Bringing>;
  /** Answers why it is still there, where it is. */
  readonly remove: (artifact: Pick<Artifact, 'run' | 'name'>) => Promise<string | undefined>;
}

export type NewArtifact = Omit<Artifact, 'version' | 'files' | 'size'>;

export interface KeptFrom {
  /** Paths of the workspace: files, links, and folders with all in them. */
  readonly paths: readonly string[];
  /** Of each file, and of all names: true when it holds a secret and may not be kept. */
  readonly holdsSecret: ((bytes: AsyncIterable<Uint8Array>) => Promise<boolean>) | null;
}

export type Keeping =
  | { readonly kind: 'kept'; readonly artifact: Artifact }
  | { readonly kind: 'refused'; /** «dist/key.pem holds a secret» */ readonly reason: string }
  | { readonly kind: 'unavailable'; readonly reason: string };

export interface ArtifactFilter {
  readonly run?: string;
}

export interface ArtifactListing {
  readonly found: readonly ListedArtifact[];
  /** What was an artifact once, and why it is none any more. */
  readonly damaged: readonly DamagedArtifact[];
}

export interface DamagedArtifact {
  readonly run: string;
  readonly name: string;
  readonly reason: string;
}

export interface Destination {
  readonly folder: string;
  /**
   * `mirror`: the folder holds this artifact and nothing else, whatever lay there. `beside`: what lies there stays, and a file of
   * other content at one of its paths is a conflict. `over`: such a file is replaced.
   */
  readonly manner: 'mirror' | 'beside' | 'over';
}

export type Bringing =
  | { readonly kind: 'brought'; /** None: everything was in place. */ readonly written: number }
  | { readonly kind: 'conflict'; /** «dist/app is there with other content» */ readonly reason: string }
  | { readonly kind: 'damaged'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly reason: string };
