import { randomBytes } from 'node:crypto';
import type { GithubResultStore } from '../../adapters/github/results/github-result-store.js';
import { openGithubResultStore } from '../../adapters/github/results/github-result-store.js';
import type { SegmentSaver } from '../../adapters/github/segments/segment-saver.js';
import { openFolderResultPacks } from '../../adapters/local/result-pack/folder-result-packs.js';
import type { RunEvent } from '../../core/run/run-event.js';
import type { Clock } from '../../ports/clock.js';
import type { ReuseWish } from '../open-reuse.js';
import { version } from '../version.js';
import type { JobIdentity } from './identify-job.js';
import { keepState } from './keep-state.js';
import type { GithubServices } from './open-services.js';
import type { PendingWork } from './pending-work.js';
import { writePendingWork } from './pending-work.js';

export interface JobWish {
  readonly services: GithubServices;
  readonly identity: JobIdentity;
  readonly part: string;
  readonly workflow: string;
  readonly stateFolder: string;
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly retentionDays: number | undefined;
  /** Every job's results are wanted, not only those of jobs like this one. */
  readonly seesAll?: boolean;
  /** What the process before has left to do. */
  readonly pending?: PendingWork;
}

/** One step of a job, with what it keeps on GitHub. */
export interface JobOnGithub {
  readonly behindResults: NonNullable<ReuseWish['behind']>;
  /** From now on what happens in the run is brought away. */
  readonly begin: (runId: string, onceSteps?: readonly string[]) => void;
  readonly onEvent: (event: RunEvent) => void;
  /** Waits for what is under way, so long and no longer; answers what can be said of it. The rest is for the next process. */
  readonly finish: (end: 'succeeded' | 'unfinished', patienceMs: number) => Promise<readonly string[]>;
  /** What was brought together from several jobs is there for those of this run, too. */
  readonly share: () => Promise<void>;
  /** What it goes on from may have been made by jobs unlike this one: their results are wanted, too. Said before the first is looked for. */
  readonly seeOthers: () => void;
  /** There is no time for anything: the rest is for the next process. */
  readonly leave: () => Promise<void>;
}

export function openJobOnGithub(wish: JobWish): JobOnGithub {
  const { services, identity, workflow, clock, pending } = wish;
  let results: GithubResultStore | undefined;
  let runId = pending?.runId ?? null;
  let saver: SegmentSaver | undefined;
  let isArtifactDue = pending?.isArtifactDue ?? false;
  let isOver = false;
  let once: ReadonlySet<string> = new Set();
  let seesAll = wish.seesAll ?? false;
  const withheld = new Set<string>();

  const note = (): void => {
    if (!isOver) writePendingWork(wish, describe());
  };
  const describe = (): PendingWork => ({ runId, workflow, results: results?.uploads.pending() ?? pending?.results ?? { large: [], small: [] }, isStateDue: runId !== null && saver?.isKept() !== true, isArtifactDue, warned: services.warned?.() ?? [] });

  const begin = (id: string, onceSteps: readonly string[] = []): void => {
    if (saver !== undefined) return;
    runId = id;
    once = new Set(onceSteps);
    saver = keepState({ ...wish, runId: id, isPost: pending !== undefined, onWithheld: ({ step, path }) => withheld.add(`${step} (${path})`) });
    note();
  };
  if (pending?.runId != null && (pending.isStateDue || pending.isArtifactDue)) {
    begin(pending.runId);
    if (pending.isStateDue) saver?.touch();
  }

  const keepArtifact = async (): Promise<readonly string[]> => {
    const problem = await saver?.keepAsArtifact(wish.retentionDays);
    isArtifactDue = problem !== undefined;
    return [
      ...(problem === undefined ? [] : [`The state of the run is not kept as an artifact: ${problem}`]),
      ...(withheld.size === 0 ? [] : [`Who goes on from the artifact of the state makes these results again, because it may not hold a file of theirs: ${[...withheld].sort().join(', ')}`]),
    ];
  };

  const settle = async (end: 'succeeded' | 'unfinished'): Promise<readonly string[]> => {
    await Promise.all([results?.uploads.settle(), saver?.settle()]);
    const isElsewhere = saver !== undefined && !saver.isKept();
    isArtifactDue ||= services.absence === undefined && runId !== null && (end === 'unfinished' || isElsewhere);
    note();
    return isArtifactDue ? await keepArtifact() : [];
  };

  const listEntries = async (keyPrefix: string): Promise<readonly string[]> => {
    const listed = await services.api.listCaches({ keyPrefix });
    return listed.kind === 'done' ? listed.value.map(({ key }) => key) : [];
  };

  return {
    share: async () => await results?.share(),
    seeOthers: () => void (seesAll = true),
    behindResults: (local, { domains, storeFolder }) => {
      results = openGithubResultStore({
        local, domains, cache: services.transfers.cache,
        packs: openFolderResultPacks({ storeFolder, tollgateVersion: version }),
        owner: { workflow, parts: identity.parts, cell: identity.cell, run: identity.run, turn: `${identity.run}-${identity.attempt}-${randomBytes(3).toString('hex')}` },
        folder: services.folder,
        after: clock.after,
        onPending: note,
        listEntries: seesAll ? listEntries : undefined,
        ...(pending === undefined ? {} : { pending: pending.results }),
      });
      if (pending === undefined) results.warm();
      return results;
    },
    begin,
    onEvent: (event) => {
      const { kind } = event;
      // A machine that is lost must not take along that an effect has begun, which is to happen once.
      if (kind === 'attempt-ended' || kind === 'attempt-started') saver?.touch(once.has(event.step) ? 'at-once' : undefined);
      // Entries of the cache go when there are too many of them; who re-runs the job must know of it all the same.
      if (kind === 'attempt-ended' && once.has(event.step)) isArtifactDue = services.absence === undefined;
      // What was only looked up can be looked up again.
      if (kind === 'run-paused' || kind === 'run-ended') saver?.touch();
    },
    finish: async (end, patienceMs) => {
      let takeBack = (): void => undefined;
      const late = new Promise<readonly string[]>((resolve) => (takeBack = clock.after(patienceMs, () => resolve([]))));
      const lines = await Promise.race([settle(end), late]);
      takeBack();
      note();
      isOver = true;
      await services.transfers.close();
      return lines;
    },
    leave: async () => {
      isArtifactDue = services.absence === undefined && runId !== null;
      note();
      isOver = true;
      await services.transfers.close();
    },
  };
}

