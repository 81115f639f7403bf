import { createHash } from 'node:crypto';
import type { WorkspaceReader } from '../../src/core/expression/workspace-reader.js';

/** A workspace of texts by path, with `*` and `**` in patterns; `../x` lies outside. */
export function createMemoryWorkspaceReader(files: Readonly<Record<string, string>>): WorkspaceReader {
  const byPath = new Map(Object.entries(files));
  const paths = [...byPath.keys()].sort();
  const isFolder = (path: string): boolean => paths.some((file) => file.startsWith(`${path}/`));
  const kindOf = (path: string): 'file' | 'folder' | 'missing' | 'outside' => {
    if (path.startsWith('../') || path.startsWith('/')) return 'outside';
    if (byPath.has(path)) return 'file';
    return isFolder(path) ? 'folder' : 'missing';
  };
  return {
    kindOf,
    readText: (path) => {
      const kind = kindOf(path);
      const text = byPath.get(path);
      if (text !== undefined) return { kind: 'text', text };
      return kind === 'folder' ? { kind: 'unreadable', reason: 'it is a folder' } : { kind: kind === 'outside' ? 'outside' : 'missing' };
    },
    sizeOf: (path) => byPath.get(path)?.length,
    digestOf: (path) => {
      const text = byPath.get(path);
      return text === undefined ? undefined : createHash('sha256').update(text).digest('hex');
    },
    glob: (patterns) => {
      const chosen = new Set<string>();
      for (const pattern of patterns) {
        const takesAway = pattern.startsWith('!');
        const test = toRegExp(takesAway ? pattern.slice(1) : pattern);
        for (const path of paths.filter((file) => test.test(file))) if (takesAway) chosen.delete(path);
          else chosen.add(path);
      }
      return [...chosen].sort();
    },
  };
}

function toRegExp(pattern: string): RegExp {
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*\*\/|\*\*|\*/g, (stars) => (stars === '*' ? '[^/]*' : '.*'));
  return new RegExp(`^${source}(/.*)?$`);
}
