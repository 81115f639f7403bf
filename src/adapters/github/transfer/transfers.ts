/**
 * GitHub's cache and artifact services as this job reaches them. Whatever happens there, every call answers, and within its
 * time: a fault is `unavailable`, and what it costs in all is bounded.
 */
export interface Transfers {
  readonly cache: RemoteCache;
  readonly artifacts: RemoteArtifacts;
  /** What went wrong since it was last asked, once for each cause. */
  readonly takeWarnings: () => readonly string[];
  /** Ends what is under way; nothing is left behind. */
  readonly close: () => Promise<void>;
}

/** Entries that never change, each of one file. */
export interface RemoteCache {
  /** The entry of exactly this key; else the newest whose key begins with one of the prefixes, in their order. */
  readonly find: (wish: { readonly key: string; readonly prefixes?: readonly string[] }) => Promise<RemoteFound>;
  /** `file` is read before it answers; it may lie anywhere. */
  readonly save: (key: string, file: string) => Promise<RemoteSaved>;
}

export type RemoteFound =
  /** `file` lies in a folder of its own, which `release` removes; nothing else was written anywhere. */
  | { readonly kind: 'found'; readonly key: string; readonly file: string; readonly release: () => void }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unavailable'; readonly reason: string };

export type RemoteSaved =
  | { readonly kind: 'saved' }
  /** An entry of this key is there, or somebody is making one. */
  | { readonly kind: 'exists' }
  /** The job's token may only read: so it is for every key. */
  | { readonly kind: 'denied' }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Files that are kept with a run of GitHub's. */
export interface RemoteArtifacts {
  /** All files below the folder; the name must be new in the run. */
  readonly upload: (order: { readonly name: string; readonly folder: string; readonly retentionDays?: number }) => Promise<RemoteUploaded>;
  /** Of this run, all attempts; the newest first. */
  readonly list: () => Promise<RemoteListed>;
  /** Into an empty folder of its own, which `release` removes; nothing else was written anywhere. */
  readonly download: (id: number) => Promise<RemoteDownloaded>;
  readonly remove: (name: string) => Promise<{ readonly kind: 'removed' | 'absent' } | Unavailable>;
}

interface Unavailable {
  readonly kind: 'unavailable';
  readonly reason: string;
}

export type RemoteUploaded = { readonly kind: 'uploaded'; readonly id: number; readonly size: number } | { readonly kind: 'exists' } | Unavailable;

export interface RemoteArtifact {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

export type RemoteListed = { readonly kind: 'listed'; readonly artifacts: readonly RemoteArtifact[] } | Unavailable;

export type RemoteDownloaded = { readonly kind: 'downloaded'; readonly folder: string; readonly release: () => void } | { readonly kind: 'absent' } | Unavailable;
