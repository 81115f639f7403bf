import type { GithubArtifactsParts } from './artifact-parts.js';
import type { FoundUpload } from './find-uploads.js';
import { inScratch } from './in-scratch.js';
import { openDownload, type OpenedDownload } from './open-download.js';

export type TakenDownload = OpenedDownload | { readonly kind: 'absent' } | { readonly kind: 'unavailable'; readonly reason: string };

/** Downloads one and does with it what is to be done, before it is cleared away again. */
export async function takeDownload<T>(parts: GithubArtifactsParts, { remote: { id, name } }: FoundUpload, use: (taken: TakenDownload) => Promise<T>): Promise<T> {
  const downloaded = await parts.remote.download(id);
  if (downloaded.kind !== 'downloaded') return await use(downloaded);
  try {
    return await inScratch(parts.scratch, async (scratch) => await use(await openDownload(parts, { folder: downloaded.folder, name, scratch })));
  } finally {
    downloaded.release();
  }
}
