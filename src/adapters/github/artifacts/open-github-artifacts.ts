import type { Artifact } from '../../../core/artifact/artifact.js';
import type { ArtifactStore } from '../../../ports/artifact-store.js';
import type { GithubArtifactsParts } from './artifact-parts.js';
import { bringFromGithub } from './bring-from-github.js';
import { findUploads } from './find-uploads.js';
import { keepOnGithub } from './keep-on-github.js';
import { createKnownUploads, listOnGithub } from './list-on-github.js';

/** Artifacts as GitHub keeps them with its run: each is one of GitHub's, with a manifest of ours inside. */
export function openGithubArtifacts(parts: GithubArtifactsParts): ArtifactStore {
  const known = createKnownUploads(parts);
  let last = 0;
  /** Never twice, though a clock may stand still or go back. */
  const nextSequence = (): number => (last = Math.max(Math.floor(parts.now()), last + 1));
  return {
    keep: async (given, from) => {
      const { keeping, id } = await keepOnGithub(parts, { given, from, sequence: nextSequence() });
      if (keeping.kind === 'kept' && id !== undefined) known.learn(id, keeping.artifact);
      return keeping;
    },
    list: async (filter) => await listOnGithub(parts, known, filter),
    bring: async (artifact, to) => {
      try {
        return await bringFromGithub(parts, artifact, to);
      } catch (error) {
        return { kind: 'unavailable', reason: `what was downloaded cannot be laid out: ${error instanceof Error ? error.message : String(error)}` };
      }
    },
    remove: async (artifact) => await removeFromGithub(parts, artifact),
  };
}

/** Of all attempts: an older one would come up again. */
async function removeFromGithub({ remote, files }: GithubArtifactsParts, artifact: Pick<Artifact, 'run' | 'name'>): Promise<string | undefined> {
  const found = await findUploads(remote, artifact);
  if (found.kind === 'unavailable') return `GitHub does not say what artifacts there are: ${found.reason}`;
  const problems: string[] = [];
  for (const { remote: { name } } of found.uploads) {
    const removed = await remote.remove(name);
    if (removed.kind === 'unavailable') problems.push(`GitHub's artifact ${name} is still there: ${removed.reason}`);
  }
  return problems[0] ?? (await files.store.remove(artifact));
}
