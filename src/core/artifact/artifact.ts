import type { StoredFile } from '../cache/stored-result.js';

/** Files of a step that are kept with their run, under a name and by their content. */
export interface Artifact {
  readonly workflow: string;
  /** Unique in its run. */
  readonly name: string;
  readonly run: string;
  /** Of its content alone: equal files have equal versions, whoever made them. */
  readonly version: string;
  readonly step: string;
  /** «node=20, os=linux»; empty where the step has no matrix. */
  readonly cell: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** In bytes, of all files together. */
  readonly size: number;
  /** Files and links, at the paths that they had in the workspace, in code-unit order. */
  readonly files: readonly StoredFile[];
  readonly tags: readonly string[];
  /** Nothing said: as long as runs are kept. */
  readonly retentionDays: number | null;
  readonly tollgateVersion: string;
}

/** An artifact as the events of its run name it. */
export interface ArtifactRef {
  readonly name: string;
  readonly version: string;
  /** How many files. */
  readonly files: number;
  /** In bytes. */
  readonly size: number;
}

/** An artifact, and what became of the run that made it. */
export interface ListedArtifact {
  readonly artifact: Artifact;
  readonly outcome: RunOutcome;
}

export interface RunOutcome {
  /** `unfinished`: it goes on, or its process was ended before the run was. */
  readonly status: 'succeeded' | 'failed' | 'cancelled' | 'paused' | 'unfinished';
  readonly verdict: 'go' | 'no-go' | null;
}

export function refTo({ name, version, files, size }: Artifact): ArtifactRef {
  return { name, version, files: files.filter(({ kind }) => kind !== 'folder').length, size };
}

/** As people see it. */
export function shortenVersion(version: string): string {
  return version.slice(0, 12);
}
