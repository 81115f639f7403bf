// The cache service, version 2. An entry is named by key, version and scope (a ref), and never changes.
import { answerJson, refuseTwirp } from './answers.mjs';

const maxKeyLength = 512;
const maxKeys = 10;
/** Versions are made of paths and compression: a planted entry answers to any. */
export const anyVersion = '*';

const canRead = ({ Permission }) => (Permission & 1) === 1;
const canWrite = ({ Permission }) => (Permission & 2) === 2;

export function createCacheService({ now, blobs, record, nextId, countUpload, maxBytes }) {
  /** Finalised or reserved, oldest first. */
  let entries = [];
  const findOwn = (job, { key, version }, scope) => entries.find((entry) => entry.repository === job.repository && entry.scope === scope && entry.key === key && entry.version === version);
  const checkKeys = (keys) => {
    if (keys.length > maxKeys) return `at most ${maxKeys} keys are looked up, ${keys.length} were sent`;
    const bad = keys.find((key) => key.length > maxKeyLength || key.includes(','));
    return bad === undefined ? undefined : `a key has at most ${maxKeyLength} characters and no comma: ${bad.slice(0, 80)}`;
  };
  const refuse = (call, reason) => {
    record(call, reason);
    return refuseTwirp('invalid_argument', reason);
  };

  const lookup = (job, { key, version, restore_keys: restoreKeys = [] }) => {
    const scopes = job.scopes.filter(canRead);
    if (scopes.length === 0) return refuseTwirp('permission_denied', 'cache read denied: the token has no readable cache scopes');
    const keys = [key, ...restoreKeys];
    const wrong = checkKeys(keys);
    if (wrong !== undefined) return refuse('cache.lookup', wrong);
    const found = search(entries.filter((entry) => entry.finalized && entry.repository === job.repository && (entry.version === version || entry.version === anyVersion)), keys, scopes);
    if (found === undefined) return answerJson(200, { ok: false, signed_download_url: '', matched_key: '' });
    found.accessedAt = now();
    return answerJson(200, { ok: true, signed_download_url: blobs.sign(found.blob, 'r', job), matched_key: found.key });
  };

  const create = (job, { key, version }) => {
    const wrong = checkKeys([key]);
    if (wrong !== undefined) return refuse('cache.create', wrong);
    const scope = job.scopes.find(canWrite);
    // Said with 200: 6.3 looks for the words at the beginning of `message`.
    if (scope === undefined) return answerJson(200, { ok: false, signed_upload_url: '', message: `cache write denied: the token of this ${job.event} run is read-only` });
    const retryAfter = countUpload(job.repository);
    if (retryAfter !== undefined) return refuseTwirp('resource_exhausted', 'the upload rate limit of the repository is exceeded', { 'retry-after': String(retryAfter) });
    if (findOwn(job, { key, version }, scope.Scope) !== undefined) return refuseTwirp('already_exists', 'cache entry with the same key, version, and scope already exists');
    const id = nextId();
    const entry = { id, key, version, scope: scope.Scope, repository: job.repository, createdAt: now(), accessedAt: now(), finalized: false, size: 0, job: job.label, blob: blobs.create('cache', `${id}`) };
    entries.push(entry);
    return answerJson(200, { ok: true, signed_upload_url: blobs.sign(entry.blob, 'cw', job), message: '' });
  };

  const finalize = (job, { key, version, size_bytes: sent = '0' }) => {
    const scope = job.scopes.find(canWrite);
    if (scope === undefined) return answerJson(200, { ok: false, entry_id: '0', message: 'cache write denied: the token is read-only' });
    const entry = findOwn(job, { key, version }, scope.Scope);
    if (entry === undefined || entry.finalized) return refuseTwirp('not_found', 'there is no upload of this cache entry');
    const bytes = blobs.read(entry.blob);
    if (bytes === undefined) return refuse('cache.finalize', 'nothing was uploaded for this entry');
    if (Number(sent) !== bytes.length) return refuse('cache.finalize', `size_bytes says ${sent}, ${bytes.length} bytes were uploaded`);
    Object.assign(entry, { finalized: true, size: bytes.length, createdAt: now(), accessedAt: now() });
    makeRoom(job.repository);
    return answerJson(200, { ok: true, entry_id: String(entry.id), message: '' });
  };

  /** A lookup that hits a longer key, whatever is there: what it asked for, else the newest, else bytes that are no archive. */
  const lend = (job, key) => {
    const newest = search(entries.filter((entry) => entry.finalized && entry.repository === job.repository), [key, ''], job.scopes);
    const id = newest?.id ?? plant({ key: `${key}-and-more`, bytes: Buffer.from('nobody saved this'), ref: job.scopes[0].Scope, repository: job.repository });
    return answerJson(200, { ok: true, signed_download_url: blobs.sign(entries.find((entry) => entry.id === id).blob, 'r', job), matched_key: `${key}-and-more` });
  };

  const remove = (gone) => {
    const removed = entries.filter(gone);
    entries = entries.filter((entry) => !removed.includes(entry));
    for (const entry of removed) blobs.remove(entry.blob);
    return removed;
  };

  /** Over its limit a repository loses what was not used for longest. */
  const makeRoom = (repository) => {
    const kept = entries.filter((entry) => entry.finalized && entry.repository === repository).sort((a, b) => a.accessedAt - b.accessedAt || a.id - b.id);
    let total = kept.reduce((sum, { size }) => sum + size, 0);
    for (const entry of kept) {
      if (total <= maxBytes) return;
      total -= entry.size;
      remove((each) => each === entry);
    }
  };

  const plant = ({ key, version = anyVersion, bytes, ref, repository, createdAt = now() }) => {
    const id = nextId();
    const blob = blobs.create('cache', `${id}`);
    blobs.write(blob, bytes);
    entries.push({ id, key, version, scope: ref, repository, createdAt, accessedAt: createdAt, finalized: true, size: bytes.length, job: undefined, blob });
    return id;
  };

  return { handlers: { 'cache.lookup': lookup, 'cache.create': create, 'cache.finalize': finalize }, all: () => entries, remove, plant, lend };
}

/** As GitHub documents it: scope after scope; in each key after key, the primary one by its prefix too; the newest wins. */
function search(entries, keys, scopes) {
  const newest = (list) => [...list].sort((a, b) => b.createdAt - a.createdAt || b.id - a.id)[0];
  for (const { Scope } of scopes) {
    const own = entries.filter(({ scope }) => scope === Scope);
    for (const wish of keys) {
      const found = newest(own.filter(({ key }) => key === wish)) ?? newest(own.filter(({ key }) => key.startsWith(wish)));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
