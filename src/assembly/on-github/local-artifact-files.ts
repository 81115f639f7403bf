import { readArtifactManifest, writeArtifactManifest } from '../../adapters/local/run-artifacts/artifact-manifest.js';
import { bringArtifact } from '../../adapters/local/run-artifacts/bring-artifact.js';
import { openRunArtifacts } from '../../adapters/local/run-artifacts/open-run-artifacts.js';
import { createTemporaryNames } from '../../adapters/local/store/temporary-names.js';
import type { Artifact } from '../../core/artifact/artifact.js';
import type { ArtifactStore, Bringing, Destination } from '../../ports/artifact-store.js';

/** What the artifacts of another place need of this machine: copies of what is kept, and places for what is brought. */
export interface LocalArtifactFiles {
  readonly store: ArtifactStore;
  readonly place: (source: string, artifact: Artifact, to: Destination) => Promise<Bringing>;
  readonly writeManifest: (artifact: Artifact) => string;
  readonly readManifest: (bytes: Buffer) => ReturnType<typeof readArtifactManifest>;
}

/** A digest and a line end stand before the list itself. */
const listAt = 65;
/** It becomes a folder of the state folder. */
const runForm = /^[0-9A-Za-z][0-9A-Za-z._-]{0,199}$/u;

export function localArtifactFiles(stateFolder: string, workspace: string): LocalArtifactFiles {
  const names = createTemporaryNames();
  return {
    store: openRunArtifacts(stateFolder, workspace),
    place: async (source, artifact, to) => await bringArtifact({ source, names }, artifact, to),
    writeManifest: writeArtifactManifest,
    readManifest: (bytes) => {
      const place = readPlace(bytes);
      return place === undefined ? { kind: 'damaged', reason: 'its list of files names no run' } : readArtifactManifest(bytes, place);
    },
  };
}

/** What comes from elsewhere says itself whose it is. */
function readPlace(bytes: Buffer): Pick<Artifact, 'run' | 'name'> | undefined {
  try {
    const { run, name } = JSON.parse(bytes.toString('utf8', listAt)) as Readonly<Record<string, unknown>>;
    return typeof run === 'string' && runForm.test(run) && typeof name === 'string' ? { run, name } : undefined;
  } catch {
    return undefined;
  }
}
