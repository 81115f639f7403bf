import type { RemoteArtifact } from './transfers.js';

/** What a transfer process is asked for. `folder` is empty and for this order alone; nothing is written elsewhere. */
export type TransferOrder =
  | { readonly kind: 'find'; readonly folder: string; readonly key: string; readonly prefixes: readonly string[] }
  | { readonly kind: 'save'; readonly folder: string; readonly key: string; readonly file: string }
  | { readonly kind: 'upload'; readonly folder: string; readonly name: string; readonly source: string; readonly retentionDays: number | null }
  | { readonly kind: 'list'; readonly folder: string }
  | { readonly kind: 'download'; readonly folder: string; readonly id: number }
  | { readonly kind: 'remove'; readonly folder: string; readonly name: string };

/** What it will be asked for first is loaded; nobody is told. */
export interface TransferPreparation {
  readonly kind: 'prepare';
}

export type TransferAnswer =
  | { readonly kind: 'found'; readonly key: string; readonly file: string }
  | { readonly kind: 'downloaded'; readonly folder: string }
  | { readonly kind: 'uploaded'; readonly id: number; readonly size: number }
  | { readonly kind: 'listed'; readonly artifacts: readonly RemoteArtifact[] }
  | { readonly kind: 'absent' | 'saved' | 'exists' | 'denied' | 'removed' }
  | { readonly kind: 'failed'; readonly trouble: Trouble };

/** What a transfer process tells of an order. */
export type TransferNews =
  /** Bytes that have come or gone so far. */
  | { readonly kind: 'progress'; readonly bytes: number }
  /** A process that is not `reusable` has something under way that it cannot take back. */
  | { readonly kind: 'answer'; readonly answer: TransferAnswer; readonly reusable: boolean };

/** `gone`: it was there when it was looked up. */
export type TroubleCause = 'gone' | 'rate-limit' | 'denied' | 'server' | 'time-out' | 'unreachable' | 'damaged' | 'quota' | 'refused' | 'fault';

/** Why an order was not carried out. */
export interface Trouble {
  readonly cause: TroubleCause;
  readonly detail: string;
  /** Seconds the service wants to be left alone. */
  readonly retryAfter?: number;
}
