import type { StoredResult } from '../../../core/cache/stored-result.js';
import type { FileStamp } from './file-stamp.js';

/** A path as it was when this store placed it or took it in. */
export interface PlacedEntry {
  readonly stamp: FileStamp;
  /** Milliseconds since 1970, by the clock that files have their times from. */
  readonly seenAt: number;
  /** What it contained; see `contentOf…`. */
  readonly content: string;
  /** The step whose result it belongs to. */
  readonly owner: string;
}

export function ownerOf({ workflow, step }: Pick<StoredResult, 'workflow' | 'step'>): string {
  return `${workflow}\n${step}`;
}

/** Contents of links and folders as texts that no digest of a file equals. */
export function contentOfLink(target: string): string {
  return `link:${target}`;
}

export function contentOfFolder(names: readonly string[]): string {
  return `folder:${names.join('/')}`;
}
