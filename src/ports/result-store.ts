import type { StoredFile, StoredResult } from '../core/cache/stored-result.js';

/** Results by key. A fault of it never fails a run: there are hits, misses, and times when it cannot be reached. */
export interface ResultStore {
  /** Looked up in the domains that the run may read, the first that has it. Never a damaged one: that is removed, and named. */
  readonly find: (key: string) => FoundResult | Promise<FoundResult>;
  /** Brings the files of a result to their paths, verified; those that are there already are left alone. All of them, or none. */
  readonly place: (result: StoredResult, order: PlaceOrder) => PlacedResult | Promise<PlacedResult>;
  /** Visible to others only once it is whole. */
  readonly save: (result: Omit<StoredResult, 'domain' | 'files'>, from: SavedFrom) => Promise<SavedResult>;
  /** It must not be served again: its step left a process behind, or its phase was NO-GO. */
  readonly withdraw: (key: string) => void;
  /** The masked log of a result, where it is still there. */
  readonly readLog: (result: StoredResult) => Uint8Array | undefined;
}

export type FoundResult =
  | { readonly kind: 'hit'; readonly result: StoredResult }
  | {
      readonly kind: 'miss';
      /** Why one that was there is none: damaged, withdrawn, of another domain or another version. */
      readonly reason?: string;
      /** It was damaged, and is removed. */
      readonly damaged?: boolean;
      /** It must not be served again, wherever else it lies. */
      readonly withdrawn?: boolean;
    }
  | { readonly kind: 'unavailable'; readonly reason: string };

export interface PlaceOrder {
  /** Paths that a later step of the plan has written since: they are not touched. */
  readonly keep: ReadonlySet<string>;
  /** Only look whether it could be done: nothing is written and nothing is read that the index knows. */
  readonly dry?: boolean;
}

export type PlacedResult =
  | { readonly kind: 'placed'; /** None: everything was in place. */ readonly written: number }
  /** The result cannot be used as it is: a file of somebody else lies in an output folder, or a blob is damaged. */
  | { readonly kind: 'miss'; readonly reason: string; /** The stored entry itself was damaged and is removed. */ readonly damaged: boolean }
  /** A disk or a connection refused, which says nothing of the result; nothing was changed. */
  | { readonly kind: 'unavailable'; readonly reason: string };

export interface SavedFrom {
  /** From the workspace's root, with `/` and none at the end: files, links and folders with all in them. */
  readonly paths: readonly string[];
  /** Where the masked log lies; nothing where the step said nothing. */
  readonly log: string | null;
  /** Of each file: true when it holds a secret and may not be kept. */
  readonly holdsSecret: ((bytes: AsyncIterable<Uint8Array>) => Promise<boolean>) | null;
}

export type SavedResult =
  | { readonly kind: 'saved'; readonly files: readonly StoredFile[] }
  | { readonly kind: 'refused'; /** «dist/key.pem holds a secret» */ readonly reason: string; readonly files: readonly StoredFile[] }
  | { readonly kind: 'unavailable'; readonly reason: string; readonly files: readonly StoredFile[] };
