import { rmSync } from 'node:fs';
import type { ApiAnswer } from './api-answer.js';
import type { SendRequest } from './api-request.js';
import type { FetchToFile } from './fetch-to-file.js';
import { listPages } from './list-pages.js';
import { countAt, fieldAt, textAt, timeAt } from './read-fields.js';

/** An artifact of any run, as REST names it. */
export interface RunArtifact {
  readonly id: number;
  readonly name: string;
  /** Of its archive. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Its retention is over: nothing can be downloaded. */
  readonly expired: boolean;
  /** SHA-256 of its archive; null where GitHub does not know it. */
  readonly sha256: string | null;
}

const mostPages = 10;

/** Of all attempts of a run, the newest first. */
export async function listRunArtifacts(send: SendRequest, runId: number): Promise<ApiAnswer<readonly RunArtifact[]>> {
  const answer = await listPages(send, {
    doing: `list the artifacts of run ${runId}`,
    route: 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts',
    parameters: { run_id: runId },
    permission: 'actions: read',
    field: 'artifacts',
    readItem: readArtifact,
    mostPages,
  });
  if (answer.kind !== 'done') return answer;
  const once = new Map(answer.value.items.map((artifact) => [artifact.id, artifact]));
  return { kind: 'done', value: [...once.values()].sort((a, b) => b.createdAt - a.createdAt || b.id - a.id) };
}

function readArtifact(item: unknown): RunArtifact | undefined {
  const [id, name, size, createdAt] = [countAt(item, 'id'), textAt(item, 'name'), countAt(item, 'size_in_bytes'), timeAt(item, 'created_at')];
  if (id === undefined || name === undefined || size === undefined || createdAt === undefined) return undefined;
  const sha256 = /^sha256:([0-9a-f]{64})$/u.exec(textAt(item, 'digest') ?? '')?.[1] ?? null;
  return { id, name, size, createdAt, expired: fieldAt(item, 'expired') === true, sha256 };
}

export interface ArtifactDownload {
  readonly id: number;
  /** Where the archive goes; nothing may be there yet. */
  readonly file: string;
  readonly mostBytes: number;
  /** What the archive has to hash to, where that is known. */
  readonly sha256?: string | null;
}

const mostTries = 3;

/** The archive as GitHub keeps it: nothing of it is unpacked. Without it there is no file. */
export async function downloadArtifact(send: SendRequest, fetchToFile: FetchToFile, download: ArtifactDownload): Promise<ApiAnswer<{ readonly bytes: number }>> {
  const { id, file, mostBytes, sha256 = null } = download;
  let reason = '';
  for (let tries = 1; tries <= mostTries; tries++) {
    const place = await findArchive(send, id);
    if (place.kind !== 'done') return place;
    const fetched = await fetchToFile(place.value, { file, mostBytes, sha256 });
    if (fetched.kind === 'fetched') return { kind: 'done', value: { bytes: fetched.bytes } };
    if (fetched.kind !== 'occupied') rmSync(file, { force: true });
    if (fetched.kind === 'absent') return { kind: 'absent' };
    reason = fetched.reason;
    if (fetched.kind !== 'broken') break;
  }
  return { kind: 'unavailable', reason: `GitHub could not hand over artifact ${id}: ${reason}` };
}

/** GitHub answers with an address elsewhere, which holds for a minute and takes no token. */
async function findArchive(send: SendRequest, id: number): Promise<ApiAnswer<string>> {
  return await send({
    doing: `say where artifact ${id} is`,
    route: 'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}',
    parameters: { artifact_id: id, archive_format: 'zip' },
    permission: 'actions: read',
    again: 'freely',
    raw: true,
    read: ({ headers, body }) => {
      if (body instanceof ReadableStream) void body.cancel().catch(() => undefined);
      const location = headers['location'];
      return typeof location === 'string' && URL.canParse(location) ? location : undefined;
    },
  });
}
