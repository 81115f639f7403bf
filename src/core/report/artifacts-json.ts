import type { ListedArtifact } from '../artifact/artifact.js';
import { nameArtifact } from '../artifact/artifact-reference.js';
import { expiresAt } from '../artifact/retention.js';
import { countFiles } from './artifacts-text.js';

/** An artifact as scripts read it. */
export interface ArtifactJson {
  readonly workflow: string;
  readonly name: string;
  /** What `artifacts get` takes. */
  readonly ref: string;
  readonly version: string;
  readonly run_id: string;
  readonly run_status: string;
  readonly verdict: 'go' | 'no-go' | null;
  readonly step: string;
  /** Null where the step has no matrix. */
  readonly cell: string | null;
  readonly created_at: string;
  readonly expires_at: string;
  readonly files: number;
  readonly bytes: number;
  readonly tags: readonly string[];
}

export function toArtifactJson({ artifact, outcome }: ListedArtifact): ArtifactJson {
  const { workflow, name, version, run, step, cell, createdAt, size, tags } = artifact;
  return {
    workflow, name, ref: nameArtifact(artifact), version, run_id: run, run_status: outcome.status, verdict: outcome.verdict, step, cell: cell === '' ? null : cell,
    created_at: new Date(createdAt).toISOString(), expires_at: new Date(expiresAt(artifact)).toISOString(), files: countFiles(artifact), bytes: size, tags,
  };
}
