import { relative, resolve } from 'node:path';
import type { ArtifactStore } from '../../../ports/artifact-store.js';
import type { Ground } from '../store/site.js';
import { createTemporaryNames } from '../store/temporary-names.js';
import { layOutArtifacts } from './artifact-layout.js';
import { bringArtifact } from './bring-artifact.js';
import { keepArtifact } from './keep-artifact.js';
import { listArtifacts } from './list-artifacts.js';
import { removeArtifact, sweepArtifacts } from './sweep-artifacts.js';

export interface RunArtifacts extends ArtifactStore {
  /** Where a person finds the files of an artifact. */
  readonly placeOf: (run: string, name: string) => string;
  /** Removes what nobody is promised any more. */
  readonly sweep: (now: number) => void;
}

/** Artifacts in the folders of their runs: `runs/<id>/artifacts/<name>/…`. */
export function openRunArtifacts(stateFolder: string, workspace: string): RunArtifacts {
  const [state, root] = [resolve(stateFolder), resolve(workspace)];
  const names = createTemporaryNames();
  const own = relative(root, state);
  const ground: Ground = { root, reserved: isBelow(own) ? [own] : [] };
  const show = (path: string): string => (isBelow(relative(root, path)) ? relative(root, path) : path);
  return {
    keep: async (artifact, from) => await keepArtifact({ ground, layout: layOutArtifacts(state, artifact.run), names, show }, artifact, from),
    list: (filter) => Promise.resolve(listArtifacts(state, filter)),
    bring: async (artifact, to) => await bringArtifact({ source: layOutArtifacts(state, artifact.run).filesOf(artifact.name), names }, artifact, to),
    remove: (artifact) => Promise.resolve(removeArtifact(state, artifact)),
    placeOf: (run, name) => layOutArtifacts(state, run).filesOf(name),
    sweep: (now) => sweepArtifacts(state, root, now),
  };
}

function isBelow(path: string): boolean {
  return path !== '' && path !== '..' && !path.startsWith('../');
}
