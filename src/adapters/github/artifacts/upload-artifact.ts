import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Artifact } from '../../../core/artifact/artifact.js';
import type { RemoteUploaded } from '../transfer/transfers.js';
import type { GithubArtifactsParts } from './artifact-parts.js';
import { writePack } from './artifact-pack.js';
import { writeRemoteName } from './remote-name.js';
import { dressForUpload, manifestPath, sealedPath, writeUploadFile } from './upload-folder.js';
import { writeUploadManifest } from './upload-manifest.js';

export interface UploadOrder {
  readonly artifact: Artifact;
  /** Holds the artifact and nothing else; ours to change. */
  readonly folder: string;
  /** Ours alone. */
  readonly scratch: string;
  readonly sequence: number;
}

export type Uploaded = { readonly kind: 'uploaded'; readonly id: number } | { readonly kind: 'unavailable'; readonly reason: string };

/** A name is drawn anew where one is taken; that nobody should have had it is no reason to give up. */
const mostNames = 3;
const longestRetentionDays = 400;

export async function uploadArtifact({ remote, files, job, seal }: GithubArtifactsParts, { artifact, folder, scratch, sequence }: UploadOrder): Promise<Uploaded> {
  if (seal === null) dressForUpload(folder, artifact.files);
  const days = artifact.retentionDays ?? job.retentionDays;
  for (let tries = 0; tries < mostNames; tries += 1) {
    const name = writeRemoteName(artifact, { job: job.name, attempt: job.attempt, sequence, nonce: randomBytes(4).toString('hex') });
    const manifest = writeUploadManifest({ name, job: job.name, attempt: job.attempt, sequence }, files.writeManifest(artifact));
    const whole = seal === null ? folder : join(scratch, 'sealed');
    if (seal === null) writeUploadFile(folder, manifestPath, manifest);
    else {
      const pack = join(scratch, 'pack');
      for (const old of [pack, whole]) rmSync(old, { recursive: true, force: true });
      await writePack(pack, manifest, { folder, files: artifact.files });
      mkdirSync(dirname(join(whole, sealedPath)), { recursive: true });
      await seal.seal(pack, join(whole, sealedPath));
    }
    const uploaded: RemoteUploaded = await remote.upload({ name, folder: whole, ...(days === null ? {} : { retentionDays: Math.min(longestRetentionDays, Math.max(1, Math.ceil(days))) }) });
    if (uploaded.kind !== 'exists') return uploaded;
  }
  return { kind: 'unavailable', reason: `GitHub says of ${mostNames} new names that there is an artifact of each` };
}
