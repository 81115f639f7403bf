import type { Artifact } from '../../../core/artifact/artifact.js';
import type { Bringing, Destination } from '../../../ports/artifact-store.js';
import type { GithubArtifactsParts } from './artifact-parts.js';
import { findUploads, type FoundUpload } from './find-uploads.js';
import { takeDownload } from './take-download.js';

/** What is in place, or on this machine, is not downloaded. Of several uploads of one content any is as good as the other. */
export async function bringFromGithub(parts: GithubArtifactsParts, artifact: Artifact, to: Destination): Promise<Bringing> {
  const here = await parts.files.store.bring(artifact, to);
  if (here.kind !== 'damaged') return here;
  const found = await findUploads(parts.remote, artifact);
  if (found.kind === 'unavailable') return { kind: 'unavailable', reason: `GitHub does not say what artifacts there are: ${found.reason}` };
  const version = artifact.version.slice(0, 8);
  let worst: Bringing | undefined;
  for (const upload of found.uploads.filter(({ named }) => named.marks.version === version)) {
    const brought = await bringOne(parts, upload, { artifact, to });
    if (brought === 'another') continue;
    if (brought.kind === 'brought' || brought.kind === 'conflict') return brought;
    worst ??= brought;
  }
  return worst ?? { kind: 'damaged', reason: `its ${artifact.files.find(({ kind }) => kind !== 'folder')?.path ?? 'content'} is gone` };
}

async function bringOne(parts: GithubArtifactsParts, upload: FoundUpload, { artifact, to }: { readonly artifact: Artifact; readonly to: Destination }): Promise<Bringing | 'another'> {
  return await takeDownload(parts, upload, async (taken) => {
    switch (taken.kind) {
      case 'absent': return 'another';
      case 'unavailable': return { kind: 'unavailable', reason: `GitHub's artifact ${upload.remote.name} cannot be downloaded: ${taken.reason}` };
      case 'locked': return { kind: 'unavailable', reason: `GitHub's artifact ${upload.remote.name} cannot be read: ${taken.reason}` };
      case 'damaged': return { kind: 'damaged', reason: `${taken.reason} (GitHub's artifact ${upload.remote.name})` };
      case 'opened': {
        const { run, name, version } = taken.artifact;
        if (run !== artifact.run || name !== artifact.name || version !== artifact.version) return 'another';
        const laid = await taken.lay();
        const brought: Bringing = laid.kind === 'laid' ? await parts.files.place(laid.source, taken.artifact, to) : laid;
        return brought.kind === 'damaged' ? { kind: 'damaged', reason: `${brought.reason} (GitHub's artifact ${upload.remote.name})` } : brought;
      }
    }
  });
}
