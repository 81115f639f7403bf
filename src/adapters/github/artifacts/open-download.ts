import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact } from '../../../core/artifact/artifact.js';
import type { GithubArtifactsParts } from './artifact-parts.js';
import { readPackManifest, unpackFiles } from './artifact-pack.js';
import { manifestPath, sealedPath, undressDownload } from './upload-folder.js';
import { readUploadManifest } from './upload-manifest.js';

/** What was downloaded, as its manifest describes it. */
export type OpenedDownload =
  | { readonly kind: 'opened'; readonly artifact: Artifact; /** Puts every file at its path; what they hold is still to be verified. */ readonly lay: () => Promise<LaidFiles> }
  /** With another encryption-key, or with one at all, it could be read. */
  | { readonly kind: 'locked'; readonly reason: string }
  | { readonly kind: 'damaged'; readonly reason: string };

export type LaidFiles = { readonly kind: 'laid'; readonly source: string } | { readonly kind: 'damaged'; readonly reason: string };

export interface Downloaded {
  /** Ours to change. */
  readonly folder: string;
  /** On GitHub. */
  readonly name: string;
  /** Ours alone. */
  readonly scratch: string;
}

/** Believes a download when its manifest is whole, says this name itself, and was made with our key where we have one. */
export async function openDownload({ files, seal }: Pick<GithubArtifactsParts, 'files' | 'seal'>, { folder, name, scratch }: Downloaded): Promise<OpenedDownload> {
  const isSealed = existsSync(join(folder, sealedPath));
  if (isSealed && seal === null) return { kind: 'locked', reason: 'it is encrypted: give the encryption-key that it was made with' };
  if (!isSealed && seal !== null && existsSync(join(folder, manifestPath))) return { kind: 'locked', reason: 'it is not encrypted, and an encryption-key is given: whoever has uploaded it need not have had the key' };
  if (seal === null || !isSealed) return await openPlain(files, folder, name);
  const pack = join(scratch, 'pack');
  const unsealed = await seal.unseal(join(folder, sealedPath), pack);
  if (unsealed.kind !== 'opened') return { kind: unsealed.kind === 'damaged' ? 'damaged' : 'locked', reason: unsealed.reason };
  const manifest = await readPackManifest(pack);
  if (manifest === undefined) return { kind: 'damaged', reason: 'it holds no manifest' };
  return readArtifact(files, { manifest: manifest.bytes, name }, async (artifact) => {
    const source = join(scratch, 'unpacked');
    await mkdir(source);
    const fault = await unpackFiles(pack, manifest.end, { folder: source, files: artifact.files });
    return fault === undefined ? { kind: 'laid', source } : { kind: 'damaged', reason: fault };
  });
}

async function openPlain(files: GithubArtifactsParts['files'], folder: string, name: string): Promise<OpenedDownload> {
  const path = join(folder, manifestPath);
  if (!existsSync(path)) return { kind: 'damaged', reason: 'it holds no manifest' };
  return readArtifact(files, { manifest: await readFile(path), name }, (artifact) => {
    const fault = undressDownload(folder, artifact.files);
    return Promise.resolve(fault === undefined ? { kind: 'laid', source: folder } : { kind: 'damaged', reason: fault });
  });
}

function readArtifact({ readManifest }: GithubArtifactsParts['files'], { manifest, name }: { readonly manifest: Buffer; readonly name: string }, lay: (artifact: Artifact) => Promise<LaidFiles>): OpenedDownload {
  const upload = readUploadManifest(manifest, name);
  if (upload.kind === 'damaged') return upload;
  const read = readManifest(upload.files);
  return read.kind === 'damaged' ? read : { kind: 'opened', artifact: read.artifact, lay: async () => await lay(read.artifact) };
}
