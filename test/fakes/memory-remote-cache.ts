import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RemoteCache } from '../../src/adapters/github/transfer/transfers.js';

export interface MemoryRemoteCache extends RemoteCache {
  /** The newest last. */
  readonly entries: Map<string, Uint8Array>;
  /** One word for each call: `find`, or `save` with its name. */
  readonly calls: string[];
  mode: 'works' | 'denied' | 'down';
}

/** GitHub's cache as a job sees it, without a service. */
export function createMemoryRemoteCache(): MemoryRemoteCache {
  const entries = new Map<string, Uint8Array>();
  const calls: string[] = [];
  const cache: MemoryRemoteCache = {
    entries,
    calls,
    mode: 'works',
    find: async ({ key, prefixes = [] }) => {
      calls.push('find');
      if (cache.mode === 'down') return await Promise.resolve({ kind: 'unavailable', reason: 'HTTP 503' });
      const found = [key].filter((each) => entries.has(each)).concat(prefixes.flatMap((prefix) => [...entries.keys()].reverse().filter((each) => each.startsWith(prefix)).slice(0, 1)))[0];
      const bytes = entries.get(found ?? '');
      if (found === undefined || bytes === undefined) return { kind: 'absent' };
      const folder = mkdtempSync(join(tmpdir(), 'tollgate-remote-'));
      writeFileSync(join(folder, 'pack'), bytes);
      return { kind: 'found', key: found, file: join(folder, 'pack'), release: () => rmSync(folder, { recursive: true, force: true }) };
    },
    save: async (key, file) => {
      calls.push(`save ${key}`);
      if (cache.mode === 'down') return await Promise.resolve({ kind: 'unavailable', reason: 'HTTP 503' });
      if (cache.mode === 'denied') return { kind: 'denied' };
      if (entries.has(key)) return { kind: 'exists' };
      entries.set(key, readFileSync(file));
      return { kind: 'saved' };
    },
  };
  return cache;
}
