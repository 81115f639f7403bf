import type { Artifact } from '../../../core/artifact/artifact.js';
import type { RemoteArtifact, RemoteArtifacts } from '../transfer/transfers.js';
import { placeMarks, readRemoteName, runMark, type RemoteName } from './remote-name.js';

/** An artifact of ours as GitHub lists it. */
export interface FoundUpload {
  readonly remote: RemoteArtifact;
  readonly named: RemoteName;
}

export type FoundUploads = { readonly kind: 'found'; /** The newest first. */ readonly uploads: readonly FoundUpload[] } | { readonly kind: 'unavailable'; readonly reason: string };

/** Of a run, or of one artifact of it, or all; what others have uploaded is left out. */
export async function findUploads(remote: RemoteArtifacts, wanted: { readonly run?: string } & Partial<Pick<Artifact, 'name'>> = {}): Promise<FoundUploads> {
  const listed = await remote.list();
  if (listed.kind === 'unavailable') return listed;
  const { run, name } = wanted;
  const marks = run === undefined ? undefined : name === undefined ? { run: runMark(run), artifact: undefined } : placeMarks({ run, name });
  const uploads = listed.artifacts.flatMap((each) => {
    const named = readRemoteName(each.name);
    return named === undefined || (marks !== undefined && (named.marks.run !== marks.run || (marks.artifact !== undefined && named.marks.artifact !== marks.artifact))) ? [] : [{ remote: each, named }];
  });
  return { kind: 'found', uploads: uploads.sort(byAge) };
}

/** By what the uploader has said: of two ids the higher may be the older. */
function byAge({ remote: one, named: { attempt, sequence } }: FoundUpload, { remote: other, named }: FoundUpload): number {
  return named.attempt - attempt || named.sequence - sequence || other.createdAt - one.createdAt || other.id - one.id;
}
