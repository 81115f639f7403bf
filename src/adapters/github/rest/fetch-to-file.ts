import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

export interface FetchWish {
  readonly file: string;
  readonly mostBytes: number;
  readonly sha256: string | null;
}

export type Fetched =
  | { readonly kind: 'fetched'; readonly bytes: number }
  | { readonly kind: 'absent' }
  /** Another try may go better. */
  | { readonly kind: 'broken'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string }
  /** Something is there already, which is left alone. */
  | { readonly kind: 'occupied'; readonly reason: string };

export type FetchToFile = (address: string, wish: FetchWish) => Promise<Fetched>;

export interface FetchTerms {
  /** Unencrypted, as a server on the same machine speaks. */
  readonly allowHttp: boolean;
  readonly deadlineMs: number;
  readonly tidy: (text: string) => string;
  /** What became of the time. */
  readonly spend: (ms: number) => void;
  readonly now: () => number;
}

/** Brings the bytes behind an address into a new file, no more than wanted, and holds them against their digest. No token goes along. */
export function createFileFetcher({ allowHttp, deadlineMs, tidy, spend, now }: FetchTerms): FetchToFile {
  return async (address, wish) => {
    const { protocol } = new URL(address);
    if (protocol !== 'https:' && !(allowHttp && protocol === 'http:')) return { kind: 'refused', reason: 'it names an address without encryption' };
    const began = now();
    const fetched = await fetchInto(address, wish, AbortSignal.timeout(deadlineMs)).catch((error: unknown): Fetched => describeError(error, tidy));
    if (fetched.kind === 'broken') spend(now() - began);
    return fetched;
  };
}

async function fetchInto(address: string, { file, mostBytes, sha256 }: FetchWish, signal: AbortSignal): Promise<Fetched> {
  const response = await fetch(address, { signal });
  const { status, body, headers } = response;
  if (status !== 200 || body === null) {
    await body?.cancel();
    return status === 404 || status === 410 ? { kind: 'absent' } : { kind: 'broken', reason: `its storage answers HTTP ${status}` };
  }
  const handle = await open(file, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      bytes += chunk.byteLength;
      if (bytes > mostBytes) return { kind: 'refused', reason: `it is larger than the ${mostBytes} bytes that are allowed` };
      hash.update(chunk);
      await writeWhole(handle, chunk);
    }
    const promised = headers.get('content-length');
    if (promised !== null && headers.get('content-encoding') === null && Number(promised) !== bytes) return { kind: 'broken', reason: `${bytes} of ${promised} bytes came` };
    return sha256 !== null && hash.digest('hex') !== sha256 ? { kind: 'broken', reason: 'it is damaged: its digest is another' } : { kind: 'fetched', bytes };
  } finally {
    await handle.close();
  }
}

async function writeWhole(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.byteLength; ) at += (await handle.write(chunk, at)).bytesWritten;
}

function describeError(error: unknown, tidy: (text: string) => string): Fetched {
  const { code, name, message, cause } = error as { readonly code?: unknown; readonly name?: string; readonly message?: string; readonly cause?: { readonly message?: string } };
  if (code === 'EEXIST') return { kind: 'occupied', reason: 'there is a file already where it should go' };
  if (name === 'TimeoutError') return { kind: 'broken', reason: 'its storage took too long' };
  const reason = tidy(cause?.message ?? message ?? 'it cannot be reached');
  return typeof code === 'string' && code.startsWith('E') ? { kind: 'refused', reason } : { kind: 'broken', reason };
}
