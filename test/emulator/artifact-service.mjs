// The artifact service, version 4: names are unique in a run, whatever job made them; any job of the run may delete.
import { answerJson, refuseTwirp } from './answers.mjs';
import { unwrap } from './shapes.mjs';

const dayMs = 86_400_000;
const forbidden = /[":<>|*?\r\n\\/]/u;
const maxPerJob = 500;
const knownVersions = new Set([4, 5, 6, 7]);

export function createArtifactService({ now, blobs, record, nextId, retentionDays }) {
  /** Finalised or not, oldest first. */
  let artifacts = [];
  const inRun = (job, name) => artifacts.find((each) => each.runBackendId === job.runBackendId && each.name === name);
  const refuse = (call, reason) => {
    record(call, reason);
    return refuseTwirp('invalid_argument', reason);
  };
  const checkIds = (job, { workflow_run_backend_id: run, workflow_job_run_backend_id: jobId }, call) => {
    if (run !== job.runBackendId) return refuseTwirp('permission_denied', 'the token is of another workflow run');
    return call === 'artifact.create' && jobId !== job.jobBackendId ? refuseTwirp('permission_denied', 'the token is of another job') : undefined;
  };
  const isKeptLongEnough = (expiresAt) => {
    // The client writes the time by its own clock.
    const left = [now(), Date.now()].map((at) => Date.parse(expiresAt) - at);
    return left.some((ms) => ms > 0 && ms <= (retentionDays + 1) * dayMs);
  };

  const create = (job, message) => {
    const { name, expires_at: expiresAt, version } = message;
    const mimeType = unwrap(message.mime_type) ?? 'application/zip';
    if (!knownVersions.has(version)) return refuse('artifact.create', `there is no version ${version} of artifacts`);
    if (forbidden.test(name) || name.length > 256) return refuse('artifact.create', `the artifact name is not valid: ${JSON.stringify(name)}`);
    if (expiresAt !== undefined && !isKeptLongEnough(expiresAt)) return refuse('artifact.create', `an artifact is kept for 1 to ${retentionDays} days: ${expiresAt}`);
    if (inRun(job, name) !== undefined) return refuseTwirp('already_exists', 'an artifact with this name already exists on the workflow run');
    if (artifacts.filter((each) => each.jobBackendId === job.jobBackendId).length >= maxPerJob) return refuseTwirp('resource_exhausted', `a job has at most ${maxPerJob} artifacts`);
    const id = nextId();
    const zip = mimeType === 'application/zip';
    const artifact = {
      id, name, runId: job.runId, attempt: job.attempt, repository: job.repository, job: job.label, ref: job.ref, sha: job.sha, runBackendId: job.runBackendId, jobBackendId: job.jobBackendId,
      createdAt: now(), expiresAt: expiresAt === undefined ? now() + retentionDays * dayMs : Date.parse(expiresAt), finalized: false, size: 0, digest: undefined, mimeType,
      blob: blobs.create('artifact', `${id}${zip ? '.zip' : ''}`),
    };
    artifacts.push(artifact);
    return answerJson(200, { ok: true, signed_upload_url: blobs.sign(artifact.blob, 'cw', job) });
  };

  const finalize = (job, message) => {
    const artifact = inRun(job, message.name);
    if (artifact === undefined || artifact.finalized) return refuseTwirp('not_found', 'there is no upload of this artifact');
    const bytes = blobs.read(artifact.blob);
    const size = Number(message.size ?? 0);
    if (bytes === undefined) return refuse('artifact.finalize', 'nothing was uploaded for this artifact');
    if (size !== bytes.length) return refuse('artifact.finalize', `size says ${size}, ${bytes.length} bytes were uploaded`);
    const hash = unwrap(message.hash);
    if (hash !== undefined && hash !== blobs.digest(artifact.blob)) return refuse('artifact.finalize', `hash says ${hash}, ${blobs.digest(artifact.blob)} was uploaded`);
    Object.assign(artifact, { finalized: true, size: bytes.length, digest: hash, createdAt: now() });
    return answerJson(200, { ok: true, artifact_id: String(artifact.id) });
  };

  const list = (job, message) => {
    const name = unwrap(message.name_filter);
    const id = unwrap(message.id_filter);
    const seen = artifacts.filter((each) => each.finalized && each.expiresAt > now() && each.runBackendId === job.runBackendId && (name === undefined || each.name === name) && (id === undefined || each.id === Number(id)));
    return answerJson(200, {
      artifacts: seen.map((each) => ({
        workflow_run_backend_id: each.runBackendId, workflow_job_run_backend_id: each.jobBackendId, database_id: String(each.id), name: each.name,
        size: String(each.size), created_at: new Date(each.createdAt).toISOString(), ...(each.digest === undefined ? {} : { digest: each.digest }),
      })),
    });
  };

  const sign = (job, { name }) => {
    const artifact = inRun(job, name);
    if (artifact === undefined || !artifact.finalized) return refuseTwirp('not_found', 'artifact not found');
    return answerJson(200, { signed_url: signDownload(artifact, job) });
  };

  const signDownload = (artifact, job) => {
    const zip = artifact.mimeType === 'application/zip';
    return blobs.sign(artifact.blob, 'r', job, { rscd: `attachment; filename="${artifact.name}${zip ? '.zip' : ''}"`, rsct: artifact.mimeType });
  };

  const remove = (gone) => {
    const removed = artifacts.filter(gone);
    artifacts = artifacts.filter((each) => !removed.includes(each));
    for (const each of removed) blobs.remove(each.blob);
    return removed;
  };

  const deleteNamed = (job, { name }) => {
    const [artifact] = remove((each) => each.runBackendId === job.runBackendId && each.name === name && each.finalized);
    return artifact === undefined ? refuseTwirp('not_found', 'artifact not found') : answerJson(200, { ok: true, artifact_id: String(artifact.id) });
  };

  const plant = ({ job, name, bytes, id = nextId(), createdAt = now(), digest, mimeType = 'application/zip' }) => {
    const blob = blobs.create('artifact', `${id}${mimeType === 'application/zip' ? '.zip' : ''}`);
    blobs.write(blob, bytes, mimeType);
    artifacts.push({
      id, name, runId: job.runId, attempt: job.attempt, repository: job.repository, job: job.label, ref: job.ref, sha: job.sha, runBackendId: job.runBackendId, jobBackendId: job.jobBackendId,
      createdAt, expiresAt: createdAt + retentionDays * dayMs, finalized: true, size: bytes.length, digest: digest ?? blobs.digest(blob), mimeType, blob,
    });
    return id;
  };

  const guard = (call, handle) => (job, message) => checkIds(job, message, call) ?? handle(job, message);
  const handlers = Object.fromEntries(
    Object.entries({ 'artifact.create': create, 'artifact.finalize': finalize, 'artifact.list': list, 'artifact.sign': sign, 'artifact.delete': deleteNamed }).map(([call, handle]) => [call, guard(call, handle)]),
  );
  return { handlers, all: () => artifacts, remove, plant, signDownload };
}
