import { join } from 'node:path';
import type { Artifact } from '../../../core/artifact/artifact.js';
import { describeRefusedUpload } from '../../../core/artifact/describe-refused-upload.js';
import type { Keeping, KeptFrom, NewArtifact } from '../../../ports/artifact-store.js';
import type { GithubArtifactsParts } from './artifact-parts.js';
import { examineUpload } from './examine-upload.js';
import { findUploads } from './find-uploads.js';
import { inScratch } from './in-scratch.js';
import { marksOf } from './remote-name.js';
import { takeDownload } from './take-download.js';
import { uploadArtifact } from './upload-artifact.js';

export interface KeptOnGithub {
  readonly keeping: Keeping;
  /** On GitHub. */
  readonly id?: number;
}

/** First on this machine, where it stays when GitHub cannot be reached; then what was kept is examined and uploaded. */
export async function keepOnGithub(parts: GithubArtifactsParts, { given, from, sequence }: { readonly given: NewArtifact; readonly from: KeptFrom; readonly sequence: number }): Promise<KeptOnGithub> {
  const { store } = parts.files;
  const keeping = await store.keep(given, from);
  if (keeping.kind !== 'kept') return { keeping };
  const { artifact } = keeping;
  const refuse = async (reason: string): Promise<KeptOnGithub> => {
    await store.remove(artifact);
    return { keeping: { kind: 'refused', reason } };
  };
  try {
    const owner = await findOtherOwner(parts, artifact);
    if (owner !== undefined) return await refuse(`${owner} keeps an artifact of this name already`);
    return await inScratch(parts.scratch, async (scratch) => {
      const folder = join(scratch, 'files');
      const copied = await store.bring(artifact, { folder, manner: 'mirror' });
      if (copied.kind !== 'brought') return { keeping: { kind: 'unavailable', reason: `its copy on this machine cannot be read: ${copied.reason}` } };
      const faults = await examineUpload(folder, artifact.files, parts.job);
      if (faults.length > 0) return await refuse(describeRefusedUpload(faults));
      const uploaded = await uploadArtifact(parts, { artifact, folder, scratch, sequence });
      if (uploaded.kind === 'unavailable') return { keeping: { kind: 'unavailable', reason: `it is on this machine alone, and could not be uploaded: ${uploaded.reason}` } };
      return { keeping, id: uploaded.id };
    });
  } catch (error) {
    return { keeping: { kind: 'unavailable', reason: `it could not be made ready for its upload: ${error instanceof Error ? error.message : String(error)}` } };
  }
}

/** Another job of this run may have the name: this machine does not know. Where GitHub does not answer, nobody is in the way. */
async function findOtherOwner(parts: GithubArtifactsParts, artifact: Artifact): Promise<string | undefined> {
  const found = await findUploads(parts.remote, artifact);
  const { owner } = marksOf(artifact);
  const other = found.kind === 'found' ? found.uploads.find(({ named }) => named.marks.owner !== owner) : undefined;
  if (other === undefined) return undefined;
  return await takeDownload(parts, other, (taken) => {
    if (taken.kind !== 'opened') return Promise.resolve(taken.kind === 'absent' || taken.kind === 'damaged' ? undefined : 'another step of this run');
    const { run, step, cell } = taken.artifact;
    return Promise.resolve(run !== artifact.run || (step === artifact.step && cell === artifact.cell) ? undefined : `step ${step}${cell === '' ? '' : `[${cell}]`}`);
  });
}
