import type { Artifact } from '../../../core/artifact/artifact.js';
import { describeFileProblem } from '../describe-file-problem.js';
import { readBytes } from '../store/read-bytes.js';
import type { ArtifactLayout } from './artifact-layout.js';
import type { ArtifactManifest } from './artifact-manifest.js';
import { readArtifactManifest } from './artifact-manifest.js';

const mostManifestBytes = 64 * 1024 * 1024;

/** The artifact that lies at a place; nothing where none does. */
export function readArtifactAt(layout: ArtifactLayout, place: Pick<Artifact, 'run' | 'name'>): ArtifactManifest | undefined {
  const found = readBytes(layout.manifestOf(place.name), mostManifestBytes);
  switch (found.kind) {
    case 'absent': return undefined;
    case 'odd': return { kind: 'damaged', reason: 'its list of files is no ordinary file' };
    case 'unreadable': return { kind: 'damaged', reason: `its list of files cannot be read: ${describeFileProblem(found.error)}` };
    case 'read': return readArtifactManifest(found.bytes, place);
  }
}
