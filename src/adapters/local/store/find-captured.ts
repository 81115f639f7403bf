import { readdirSync, type Stats } from 'node:fs';
import { describeFileProblem } from '../describe-file-problem.js';
import { contentOfFolder } from './placed-entry.js';
import { findPathFault } from './path-faults.js';
import { absolute, lookAt, type Ground } from './site.js';
import { makerOf } from './temporary-names.js';
import { createWays } from './way-to.js';

/** A path that belongs to a result, as it stood at a first look. */
export interface FoundPath {
  readonly path: string;
  readonly kind: 'file' | 'link' | 'folder';
  readonly stats: Stats;
  readonly seenAt: number;
  /** Of a folder. */
  readonly listing?: string;
}

export interface FoundPaths {
  /** Each once, in code-unit order. */
  readonly paths: readonly FoundPath[];
  /** Why not all that was asked for can be kept. */
  readonly refusal: string | undefined;
}

/** Files, links, and folders with all that is in them. */
export function findCaptured(site: Ground, asked: readonly string[]): FoundPaths {
  const found = new Map<string, FoundPath>();
  const refusals: string[] = [];
  const wayTo = createWays(site);
  const list = (folder: string): readonly string[] => {
    try {
      return readdirSync(absolute(site, folder)).filter((name) => makerOf(name) === undefined).sort();
    } catch (error) {
      refusals.push(`${folder} cannot be read: ${describeFileProblem(error)}`);
      return [];
    }
  };
  const visit = (path: string): void => {
    if (found.has(path)) return;
    const fault = findPathFault(path, site.reserved);
    if (fault !== undefined) return void refusals.push(`${path} cannot be kept: ${fault}`);
    const seenAt = Date.now();
    const stats = lookAt(site, path);
    if (stats === undefined) return void refusals.push(`${path} is not there, or its name is not UTF-8`);
    const kind = kindOf(stats);
    if (kind === undefined) return void refusals.push(`${path} is ${nameOddKind(stats)}, which cannot be kept`);
    if (kind !== 'folder') return void found.set(path, { path, kind, stats, seenAt });
    const names = list(path);
    found.set(path, { path, kind, stats, seenAt, listing: contentOfFolder(names) });
    for (const name of names) visit(`${path}/${name}`);
  };
  for (const path of asked) {
    const way = findPathFault(path, site.reserved) === undefined ? wayTo(path) : undefined;
    if (way?.kind === 'blocked') refusals.push(`${path} cannot be kept: ${way.by} is ${way.byLink ? 'a link' : 'no folder'}`);
    else visit(path);
  }
  return { paths: [...found.values()].sort((one, other) => (one.path < other.path ? -1 : 1)), refusal: refusals[0] };
}

function kindOf(stats: Stats): FoundPath['kind'] | undefined {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'folder';
  return stats.isSymbolicLink() ? 'link' : undefined;
}

function nameOddKind(stats: Stats): string {
  if (stats.isFIFO()) return 'a named pipe';
  return stats.isSocket() ? 'a socket' : 'a device';
}
