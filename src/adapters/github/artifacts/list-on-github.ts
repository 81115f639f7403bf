import type { Artifact, ListedArtifact } from '../../../core/artifact/artifact.js';
import type { ArtifactFilter, ArtifactListing, DamagedArtifact } from '../../../ports/artifact-store.js';
import type { GithubArtifactsParts } from './artifact-parts.js';
import { findUploads, type FoundUpload } from './find-uploads.js';
import { placeMarks } from './remote-name.js';
import { takeDownload, type TakenDownload } from './take-download.js';

/** An upload never changes, so each is read once. */
export interface KnownUploads {
  readonly learn: (id: number, artifact: Artifact) => void;
  readonly read: (upload: FoundUpload) => Promise<ReadUpload>;
}

type ReadUpload = { readonly kind: 'artifact'; readonly artifact: Artifact } | { readonly kind: 'damaged'; readonly reason: string } | { readonly kind: 'unknown' };

const atATime = 4;

export function createKnownUploads(parts: GithubArtifactsParts): KnownUploads {
  const known = new Map<number, Promise<ReadUpload>>();
  return {
    learn: (id, artifact) => void known.set(id, Promise.resolve({ kind: 'artifact', artifact })),
    read: async (upload) => {
      const { id } = upload.remote;
      const reading = known.get(id) ?? readUpload(parts, upload);
      known.set(id, reading);
      const read = await reading;
      // Another time it may be there.
      if (read.kind === 'unknown') known.delete(id);
      return read;
    },
  };
}

async function readUpload(parts: GithubArtifactsParts, upload: FoundUpload): Promise<ReadUpload> {
  return await takeDownload(parts, upload, (taken): Promise<ReadUpload> => Promise.resolve(describeRead(upload, taken)));
}

function describeRead(upload: FoundUpload, taken: TakenDownload): ReadUpload {
  switch (taken.kind) {
    case 'opened': return isNamedSo(upload, taken.artifact) ? { kind: 'artifact', artifact: taken.artifact } : { kind: 'damaged', reason: 'its manifest is that of another artifact' };
    case 'locked':
    case 'damaged': return { kind: 'damaged', reason: taken.reason };
    case 'absent':
    case 'unavailable': return { kind: 'unknown' };
  }
}

function isNamedSo({ named: { marks } }: FoundUpload, artifact: Artifact): boolean {
  const { run, artifact: name } = placeMarks(artifact);
  return marks.run === run && marks.artifact === name;
}

/** Of each artifact the newest upload. What cannot be reached now is left out: whoever speaks to GitHub says so. */
export async function listOnGithub({ remote, outcomeOf }: GithubArtifactsParts, known: KnownUploads, filter: ArtifactFilter = {}): Promise<ArtifactListing> {
  const uploads = await findUploads(remote, filter);
  if (uploads.kind === 'unavailable') return { found: [], damaged: [] };
  const newest = new Map<string, FoundUpload>();
  for (const upload of uploads.uploads) {
    const { run, artifact } = upload.named.marks;
    if (!newest.has(`${run}${artifact}`)) newest.set(`${run}${artifact}`, upload);
  }
  const found: ListedArtifact[] = [];
  const damaged: DamagedArtifact[] = [];
  const waiting = [...newest.values()];
  const workThrough = async (): Promise<void> => {
    for (let upload = waiting.shift(); upload !== undefined; upload = waiting.shift()) {
      const read = await known.read(upload);
      if (read.kind === 'artifact' && (filter.run === undefined || read.artifact.run === filter.run)) found.push({ artifact: read.artifact, outcome: await outcomeOf(read.artifact.run) });
      // Its own name cannot be read, and GitHub's is what people find it by.
      if (read.kind === 'damaged') damaged.push({ run: filter.run ?? 'of GitHub', name: upload.remote.name, reason: read.reason });
    }
  };
  await Promise.all(Array.from({ length: atATime }, workThrough));
  return { found, damaged };
}
