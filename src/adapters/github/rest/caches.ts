import type { ApiAnswer } from './api-answer.js';
import type { SendRequest } from './api-request.js';
import { listPages } from './list-pages.js';
import { countAt, textAt, timeAt } from './read-fields.js';

export interface ListedCache {
  readonly id: number;
  readonly key: string;
  readonly ref: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly size: number;
}

const mostPages = 50;

/** The entries of the repository's cache whose key begins so, the newest first. */
export async function listCaches(send: SendRequest, { keyPrefix, ref }: { readonly keyPrefix: string; readonly ref?: string }): Promise<ApiAnswer<readonly ListedCache[]>> {
  const answer = await listPages(send, {
    doing: 'list the caches',
    route: 'GET /repos/{owner}/{repo}/actions/caches',
    parameters: { key: keyPrefix, ...(ref === undefined ? {} : { ref }), sort: 'created_at', direction: 'desc' },
    permission: 'actions: read',
    field: 'actions_caches',
    readItem: readCache,
    mostPages,
  });
  if (answer.kind !== 'done') return answer;
  const wanted = answer.value.items.filter((cache) => cache.key.startsWith(keyPrefix) && (ref === undefined || cache.ref === ref));
  // An entry made while the pages were turned moves another to the next page, where it is seen once more.
  const once = new Map(wanted.map((cache) => [cache.id, cache]));
  return { kind: 'done', value: [...once.values()].sort((a, b) => b.createdAt - a.createdAt || b.id - a.id) };
}

function readCache(item: unknown): ListedCache | undefined {
  const [id, key, ref, createdAt, size] = [countAt(item, 'id'), textAt(item, 'key'), textAt(item, 'ref'), timeAt(item, 'created_at'), countAt(item, 'size_in_bytes')];
  return id === undefined || key === undefined || ref === undefined || createdAt === undefined || size === undefined ? undefined : { id, key, ref, createdAt, size };
}
