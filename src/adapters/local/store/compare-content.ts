import { readlinkSync, type Stats } from 'node:fs';
import type { StoredFile } from '../../../core/cache/stored-result.js';
import { mostAtOnce } from './copy-blob.js';
import { digestOf } from './digest.js';
import { contentOfLink } from './placed-entry.js';
import { readOrdinaryFile } from './read-ordinary-file.js';
import { absolute, type Site } from './site.js';

export type Leaf = Exclude<StoredFile, { readonly kind: 'folder' }>;

/** `unknown`: it has to be read, and is too large for that while others wait. */
export type Comparison = 'same' | 'other' | 'unknown';

/** Whether what lies at a path is what is wanted there: from the index, or read and noted when it is. */
export function compareContent(site: Site, wanted: Leaf, stats: Stats, owner: string): Comparison {
  if (!couldBe(wanted, stats)) return 'other';
  const content = wanted.kind === 'file' ? wanted.digest : contentOfLink(wanted.target);
  const known = site.index.contentOf(wanted.path, stats);
  if (known !== undefined) return known === content ? 'same' : 'other';
  if (wanted.kind === 'file' && wanted.size > mostAtOnce) return 'unknown';
  const seenAt = Date.now();
  if (readContent(site, wanted) !== content) return 'other';
  site.index.note(wanted.path, { stats, seenAt, content, owner });
  return 'same';
}

function couldBe(wanted: Leaf, stats: Stats): boolean {
  if (wanted.kind === 'link') return stats.isSymbolicLink();
  return stats.isFile() && stats.size === wanted.size && isExecutable(stats) === wanted.executable;
}

/** As git sees it. */
export function isExecutable({ mode }: Stats): boolean {
  return (mode & 0o100) !== 0;
}

function readContent(site: Site, { kind, path }: Leaf): string | undefined {
  if (kind === 'link') return contentOfLink(readlinkSync(absolute(site, path)));
  const found = readOrdinaryFile(absolute(site, path), mostAtOnce);
  return found.kind === 'read' && !found.hasChanged ? digestOf(found.bytes) : undefined;
}
