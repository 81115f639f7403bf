import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TrustDomains } from '../../../core/cache/trust-domain.js';
import type { ResultPacks } from '../../../ports/result-packs.js';
import type { RemoteCache } from '../transfer/transfers.js';
import type { IndexOwner } from './entry-names.js';
import { nameIndex, nameResult } from './entry-names.js';

/** Kept here, and not yet on GitHub. */
export interface PendingResults {
  readonly large: readonly string[];
  readonly small: readonly string[];
}

export interface ResultUploads {
  /** It is brought away in the background. */
  readonly add: (key: string) => void;
  /** Whoever asks for it is told that it does not count: an entry that is there already never changes. */
  readonly withdraw: (key: string) => void;
  /** Small ones that came from GitHub, and stay in the next index. */
  readonly hold: (keys: readonly string[]) => void;
  /** All that is held, as one entry of this name. */
  readonly share: (name: string) => Promise<void>;
  /** Begins with all that waits; settles when nothing is under way. */
  readonly settle: () => Promise<void>;
  readonly pending: () => PendingResults;
}

export interface ResultUploadsOptions {
  readonly packs: ResultPacks;
  readonly cache: RemoteCache;
  readonly domains: TrustDomains;
  readonly owner: IndexOwner;
  readonly folder: string;
  readonly pending?: PendingResults;
  readonly after: (ms: number, act: () => void) => () => void;
  /** Said whenever something is added or done, for a process that goes on with it. */
  readonly onPending?: (pending: PendingResults) => void;
}

/** A result up to this size travels with others. */
export const mostSmallBytes = 256 * 1024;
/** An index is fetched by every job: it stays light. */
const mostIndexBytes = 16 * 1024 * 1024;
const mostIndexed = 2_000;
/** Steps that end shortly one after the other share an index. */
const gatherMs = 1_000;
const betweenIndexesMs = 10_000;
/** Look-ups have to find a way through, too. */
const mostAtOnce = 2;

export function openResultUploads(options: ResultUploadsOptions): ResultUploads {
  const { packs, cache, domains: { write: domain }, owner, folder, after } = options;
  const large = new Set(options.pending?.large);
  const fresh = new Set(options.pending?.small);
  const held = new Set<string>();
  const withdrawn = new Set<string>();
  /** Large ones, and the small ones of an index, that are under way. */
  const going = { large: new Set<string>(), small: new Set<string>() };
  const under = new Set<Promise<void>>();
  let count = 0;
  let isDenied = false;
  let isSettling = false;
  let isIndexing = false;
  let takeBack: (() => void) | undefined;

  const pending = (): PendingResults => ({ large: [...large, ...going.large], small: [...fresh, ...going.small] });
  const tell = (): void => options.onPending?.(pending());

  const upload = async (name: string, keys: readonly string[]): Promise<readonly string[]> => {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${name}.pack`);
    try {
      const packed = packs.write(file, keys.map((key) => ({ domain, key })));
      if (packed.kind === 'failed' || packed.keys.length === 0) return [];
      const saved = await cache.save(name, file);
      isDenied ||= saved.kind === 'denied';
      return saved.kind === 'saved' ? packed.keys : [];
    } finally {
      rmSync(file, { force: true });
    }
  };

  const track = (work: Promise<void>): void => {
    under.add(work);
    void work.finally(() => {
      under.delete(work);
      tell();
      begin();
    });
  };

  const begin = (): void => {
    if (isDenied) {
      large.clear();
      fresh.clear();
      return;
    }
    for (const key of large) {
      if (under.size >= mostAtOnce) return;
      large.delete(key);
      going.large.add(key);
      track(upload(nameResult(domain, key), [key]).then(() => void going.large.delete(key)));
    }
    if (fresh.size === 0 || isIndexing) return;
    if (isSettling) beginIndex();
    else takeBack ??= after(count === 0 ? gatherMs : betweenIndexesMs, beginIndex);
  };

  const beginIndex = (): void => {
    takeBack?.();
    takeBack = undefined;
    if (isIndexing || fresh.size === 0) return;
    isIndexing = true;
    const own = [...fresh];
    fresh.clear();
    for (const key of own) going.small.add(key);
    count += 1;
    track(upload(nameIndex(domain, owner, count), chooseIndexed(own)).then((saved) => {
      isIndexing = false;
      going.small.clear();
      if (saved.length > 0) for (const key of own) held.add(key);
    }));
  };

  /** The newest first, as many as there is room for. */
  const chooseIndexed = (own: readonly string[]): readonly string[] => {
    let bytes = 0;
    return [...own].reverse().concat([...held].reverse()).slice(0, mostIndexed).filter((key) => {
      bytes += packs.sizeOf({ domain, key }) ?? 0;
      return bytes <= mostIndexBytes;
    });
  };

  begin();
  return {
    add: (key) => {
      if (isDenied) return;
      const size = packs.sizeOf({ domain, key });
      if (size === undefined) return;
      if (size <= mostSmallBytes) fresh.add(key);
      // Where one was withdrawn, the index says so for good.
      else if (!withdrawn.has(key)) large.add(key);
      tell();
      begin();
    },
    withdraw: (key) => {
      if (isDenied) return;
      large.delete(key);
      withdrawn.add(key);
      fresh.add(key);
      tell();
      begin();
    },
    hold: (keys) => keys.forEach((key) => held.add(key)),
    share: async (name) => {
      if (held.size > 0) await upload(name, chooseIndexed([]));
    },
    settle: async () => {
      isSettling = true;
      begin();
      while (under.size > 0) await Promise.race(under);
    },
    pending,
  };
}
