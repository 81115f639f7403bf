// Every call the emulator knows, under the name that its log and its faults use.

/**
 * `does` says what the call changes: faults before the work leave a write undone, and leave a read as it is.
 * @typedef {{ call: string, method: string, path: RegExp, does: 'read' | 'write', service: 'twirp' | 'blob' | 'rest', permission?: readonly string[] }} Route
 */

const twirp = (call, service, method, does) => ({ call, method: 'POST', path: new RegExp(`^/twirp/github\\.actions\\.results\\.api\\.v1\\.${service}/${method}$`, 'u'), does, service: 'twirp' });
const repository = '^/repos/(?<owner>[^/]+)/(?<repo>[^/]+)';
/** `permission`: one of them is enough. */
const rest = (call, method, path, permission) => ({ call: `rest.${call}`, method, path: new RegExp(`${repository}${path}$`, 'u'), does: method === 'GET' ? 'read' : 'write', service: 'rest', permission });

/** @type {readonly Route[]} */
export const routes = [
  twirp('cache.lookup', 'CacheService', 'GetCacheEntryDownloadURL', 'read'),
  twirp('cache.create', 'CacheService', 'CreateCacheEntry', 'write'),
  twirp('cache.finalize', 'CacheService', 'FinalizeCacheEntryUpload', 'write'),
  twirp('artifact.create', 'ArtifactService', 'CreateArtifact', 'write'),
  twirp('artifact.finalize', 'ArtifactService', 'FinalizeArtifact', 'write'),
  twirp('artifact.list', 'ArtifactService', 'ListArtifacts', 'read'),
  twirp('artifact.sign', 'ArtifactService', 'GetSignedArtifactURL', 'read'),
  twirp('artifact.delete', 'ArtifactService', 'DeleteArtifact', 'write'),
  rest('get-repository', 'GET', '', ['metadata:read']),
  rest('list-caches', 'GET', '/actions/caches', ['actions:read']),
  rest('delete-caches', 'DELETE', '/actions/caches', ['actions:write']),
  rest('delete-cache', 'DELETE', '/actions/caches/(?<cache>\\d+)', ['actions:write']),
  rest('list-runs', 'GET', '/actions/runs', ['actions:read']),
  rest('list-workflow-runs', 'GET', '/actions/workflows/(?<workflow>[^/]+)/runs', ['actions:read']),
  rest('get-run', 'GET', '/actions/runs/(?<run>\\d+)', ['actions:read']),
  rest('get-run-attempt', 'GET', '/actions/runs/(?<run>\\d+)/attempts/(?<attempt>\\d+)', ['actions:read']),
  rest('list-run-artifacts', 'GET', '/actions/runs/(?<run>\\d+)/artifacts', ['actions:read']),
  rest('list-artifacts', 'GET', '/actions/artifacts', ['actions:read']),
  rest('get-artifact', 'GET', '/actions/artifacts/(?<artifact>\\d+)', ['actions:read']),
  rest('delete-artifact', 'DELETE', '/actions/artifacts/(?<artifact>\\d+)', ['actions:write']),
  rest('download-artifact', 'GET', '/actions/artifacts/(?<artifact>\\d+)/zip', ['actions:read']),
  rest('dispatch-workflow', 'POST', '/actions/workflows/(?<workflow>[^/]+)/dispatches', ['actions:write']),
  rest('dispatch', 'POST', '/dispatches', ['contents:write']),
  rest('list-comments', 'GET', '/issues/(?<issue>\\d+)/comments', ['issues:read', 'pull-requests:read']),
  rest('create-comment', 'POST', '/issues/(?<issue>\\d+)/comments', ['issues:write', 'pull-requests:write']),
  rest('get-comment', 'GET', '/issues/comments/(?<comment>\\d+)', ['issues:read', 'pull-requests:read']),
  rest('update-comment', 'PATCH', '/issues/comments/(?<comment>\\d+)', ['issues:write', 'pull-requests:write']),
  rest('get-pull', 'GET', '/pulls/(?<pull>\\d+)', ['pull-requests:read']),
  rest('create-check-run', 'POST', '/check-runs', ['checks:write']),
  rest('update-check-run', 'PATCH', '/check-runs/(?<check>\\d+)', ['checks:write']),
  rest('get-check-run', 'GET', '/check-runs/(?<check>\\d+)', ['checks:read']),
  rest('list-check-runs', 'GET', '/commits/(?<commit>[^/]+)/check-runs', ['checks:read']),
];

const blobVerbs = { put: 'upload', block: 'upload-block', blocklist: 'upload-block-list', get: 'download', head: 'head' };

/** Blob storage is one service; its calls are named after whose bytes they carry. */
export function nameBlobCall(kind, verb) {
  return `${kind}.${blobVerbs[verb]}`;
}

/** @type {readonly string[]} */
export const callNames = [...routes.map(({ call }) => call), ...['cache', 'artifact'].flatMap((kind) => Object.keys(blobVerbs).map((verb) => nameBlobCall(kind, verb)))].sort();

/** @returns {{ call: string, does: 'read' | 'write', service: 'twirp' | 'blob' | 'rest', params: Record<string, string>, permission?: readonly string[] } | undefined} */
export function findCall(method, url) {
  const [, kind] = /^\/blob\/(cache|artifact)\//u.exec(url.pathname) ?? [];
  if (kind !== undefined) {
    const verb = method === 'PUT' ? (url.searchParams.get('comp') ?? 'put') : method.toLowerCase();
    if (!(verb in blobVerbs)) return undefined;
    return { call: nameBlobCall(kind, verb), does: method === 'PUT' ? 'write' : 'read', service: 'blob', params: { kind, verb } };
  }
  for (const route of routes) {
    const found = route.method === method ? route.path.exec(url.pathname) : null;
    if (found !== null) return { ...route, params: { ...found.groups } };
  }
  return undefined;
}
