import { join } from 'node:path';

/** Where the artifacts of a run lie: `<name>/…` for people, and beside them what says that they are whole. */
export interface ArtifactLayout {
  readonly folder: string;
  /** No artifact is called so: a name never begins with a dot. */
  readonly manifests: string;
  readonly filesOf: (name: string) => string;
  readonly manifestOf: (name: string) => string;
}

export const manifestEnding = '.json';

export function layOutArtifacts(stateFolder: string, run: string): ArtifactLayout {
  const folder = join(stateFolder, 'runs', run, 'artifacts');
  const manifests = join(folder, '.manifests');
  return { folder, manifests, filesOf: (name) => join(folder, name), manifestOf: (name) => join(manifests, `${name}${manifestEnding}`) };
}
