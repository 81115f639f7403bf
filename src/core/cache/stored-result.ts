import type { Value } from '../expression/expression.js';

/** What one execution of a step came to, as it is kept for whoever has the same key. */
export interface StoredResult {
  readonly key: string;
  /** Who wrote it may read it; see runs.md. */
  readonly domain: string;
  readonly workflow: string;
  readonly step: string;
  /** Digest of the step's definition alone. */
  readonly definition: string;
  readonly tollgateVersion: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly durationMs: number;
  readonly exitCode: number | null;
  /** The last 64 KiB, masked. */
  readonly stdout: string;
  readonly outputs: Readonly<Record<string, Value>>;
  readonly costUsd: number;
  readonly tokens: number;
  /** Every path that its outputs are made of, in code-unit order. */
  readonly files: readonly StoredFile[];
  /** Folders that are outputs as a whole: nothing else may lie in them. */
  readonly folders: readonly string[];
  /** The masked log of the step. */
  readonly log: Content | null;
}

export interface Content {
  /** SHA-256 in lower-case hex. */
  readonly digest: string;
  readonly size: number;
}

export type StoredFile =
  | ({ readonly kind: 'file'; readonly path: string; readonly executable: boolean } & Content)
  | { readonly kind: 'link'; readonly path: string; readonly target: string }
  | { readonly kind: 'folder'; readonly path: string };
