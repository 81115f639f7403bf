import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Seal } from '../sealing/create-seal.js';
import type { RemoteArtifacts, RemoteCache } from '../transfer/transfers.js';
import type { SegmentName } from './segment-names.js';
import { nameSegment } from './segment-names.js';

export interface SegmentSaver {
  /** Something was done that a later process must know of: it is brought away soon, with what follows at once. */
  readonly touch: (haste?: 'at-once') => void;
  /** Brings away what waits; settles when nothing is under way. */
  readonly settle: () => Promise<void>;
  /** The newest state is on GitHub's cache; among the artifacts, where the cache may not be written. */
  readonly isKept: () => boolean;
  /** As an artifact of the run: answers why not. */
  readonly keepAsArtifact: (retentionDays: number | undefined) => Promise<string | undefined>;
}

export interface SegmentSaverOptions {
  readonly cache: RemoteCache;
  readonly artifacts: RemoteArtifacts;
  readonly name: Omit<SegmentName, 'count'>;
  /** How many there are of this attempt already. */
  readonly count: number;
  /** Writes the state as it is now; false where there is none. */
  readonly write: (file: string, extent: 'lean' | 'whole') => Promise<boolean>;
  /** Nothing where the state may be read by whoever gets it. */
  readonly seal: Seal | null;
  readonly folder: string;
  readonly after: (ms: number, act: () => void) => () => void;
}

/** What ends shortly after a step travels with it. */
const gatherMs = 1_000;
const betweenMs = 5_000;

/** The state of a run on its way to GitHub, newest first: what was not sent yet is overtaken by what is newer. */
export function createSegmentSaver(options: SegmentSaverOptions): SegmentSaver {
  const { cache, artifacts, name, seal, folder, after } = options;
  let { count } = options;
  let isDirty = false;
  // The token may only read.
  let isRefused = false;
  let isSettling = false;
  let hasSaved = false;
  let takeBack: (() => void) | undefined;
  let going: Promise<void> | undefined;
  // What came while one was under way waits for it.
  let isAwaited = false;

  const nextName = (): string => nameSegment({ ...name, count: (count += 1) }, randomBytes(3).toString('hex'));

  const write = async (file: string, extent: 'lean' | 'whole'): Promise<boolean> => {
    if (seal === null) return await options.write(file, extent);
    const open = `${file}.open`;
    try {
      if (!(await options.write(open, extent))) return false;
      await seal.seal(open, file);
      return true;
    } finally {
      rmSync(open, { force: true });
    }
  };

  const save = async (): Promise<void> => {
    mkdirSync(folder, { recursive: true });
    const entry = nextName();
    const file = join(folder, `${entry}.pack`);
    try {
      isDirty = false;
      if (!(await write(file, 'lean'))) return;
      const saved = await cache.save(entry, file);
      hasSaved ||= saved.kind === 'saved';
      isRefused ||= saved.kind === 'denied';
      isDirty ||= saved.kind !== 'saved';
    } finally {
      rmSync(file, { force: true });
    }
  };

  const begin = (): void => {
    takeBack = undefined;
    isAwaited = going !== undefined;
    if (isAwaited || !isDirty || isRefused) return;
    going = save().finally(() => {
      going = undefined;
      // What has failed is tried again with the next change.
      if (isAwaited && !isSettling) begin();
    });
  };

  const plan = (): void => {
    if (isRefused || isSettling) return;
    takeBack ??= after(hasSaved ? betweenMs : gatherMs, begin);
  };

  return {
    touch: (haste) => {
      isDirty = true;
      if (haste === undefined || isSettling) return plan();
      takeBack?.();
      begin();
    },
    settle: async () => {
      isSettling = true;
      takeBack?.();
      takeBack = undefined;
      await going;
      begin();
      await going;
    },
    isKept: () => !isDirty && going === undefined,
    keepAsArtifact: async (retentionDays) => {
      // What the cache has already is no newer here: whoever may read the cache need not fetch this.
      const entry = hasSaved && !isDirty ? nameSegment({ ...name, count }, randomBytes(3).toString('hex')) : nextName();
      const place = join(folder, entry);
      try {
        mkdirSync(place, { recursive: true });
        if (!(await write(join(place, 'state'), 'whole'))) return 'there is nothing to keep yet';
        const wasDirty = isDirty;
        isDirty &&= !isRefused;
        const uploaded = await artifacts.upload({ name: entry, folder: place, ...(retentionDays === undefined ? {} : { retentionDays }) });
        isDirty ||= wasDirty && uploaded.kind !== 'uploaded';
        return uploaded.kind === 'uploaded' ? undefined : uploaded.kind === 'exists' ? 'an artifact of this name is there' : uploaded.reason;
      } finally {
        rmSync(place, { recursive: true, force: true });
      }
    },
  };
}
