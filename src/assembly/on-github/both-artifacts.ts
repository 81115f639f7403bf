import type { ArtifactStore } from '../../ports/artifact-store.js';

/** Artifacts lie with the run on this machine, for the steps after, and on GitHub, for people and other jobs. */
export function keepOnBoth(local: ArtifactStore, remote: ArtifactStore): ArtifactStore {
  return {
    keep: async (artifact, from) => {
      const kept = await local.keep(artifact, from);
      if (kept.kind === 'refused') return kept;
      const uploaded = await remote.keep(artifact, from);
      return uploaded.kind === 'kept' && kept.kind === 'kept' ? kept : uploaded;
    },
    list: async (filter) => {
      const here = await local.list(filter);
      const there = await remote.list(filter);
      const known = new Set(here.found.map(({ artifact }) => `${artifact.run} ${artifact.name}`));
      return { found: [...here.found, ...there.found.filter(({ artifact }) => !known.has(`${artifact.run} ${artifact.name}`))], damaged: [...here.damaged, ...there.damaged] };
    },
    bring: async (artifact, to) => {
      const { found } = await local.list({ run: artifact.run });
      const isHere = found.some((each) => each.artifact.name === artifact.name && each.artifact.version === artifact.version);
      return await (isHere ? local : remote).bring(artifact, to);
    },
    remove: async (artifact) => (await local.remove(artifact)) ?? (await remote.remove(artifact)),
  };
}
