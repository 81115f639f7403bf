import { statSync } from 'node:fs';
import type { Clock } from '../../../ports/clock.js';
import { openOrderDesk, makePrivateFolder, type CarriedOut } from './carry-out-orders.js';
import { describeAbsence } from './describe-absence.js';
import { forkTransferProcess } from './fork-transfer-process.js';
import { writeTarGuard } from './tar-guard.js';
import { mostBytesOfMember } from './tar-header.js';
import { buildTransferEnvironment, type Environment } from './transfer-environment.js';
import { defaultLimits, type TransferLimits } from './transfer-limits.js';
import type { TransferOrder, TroubleCause } from './transfer-order.js';
import { createTransferPolicy, type TransferCall } from './transfer-policy.js';
import type { RemoteArtifacts, RemoteCache, Transfers } from './transfers.js';
import type { Urgency } from './waiting-room.js';

export interface TransferOptions {
  /** What a transfer process runs: the door `transfer.js` of the bundle. */
  readonly script: string;
  /** The job's own. */
  readonly env: Environment;
  /** A private folder is made in it when there is something to transfer. */
  readonly folder: string;
  readonly clock: Clock;
  readonly limits?: Partial<TransferLimits>;
  /** Causes of which the process before has warned already. */
  readonly warned?: readonly TroubleCause[];
}

export interface OpenedTransfers extends Transfers {
  /** Something will be asked soon: what that takes is started meanwhile. */
  readonly prepare: () => void;
  /** All causes that were warned of: the job's next process need not do so again. */
  readonly warned: () => readonly TroubleCause[];
}

interface Unavailable {
  readonly kind: 'unavailable';
  readonly reason: string;
}

type Ask = (call: TransferCall & { readonly urgency: Urgency }, build: (folder: string) => TransferOrder) => Promise<CarriedOut>;

/** GitHub's services through its own clients, each call in a process that can be ended (docs/adr/0015). Nothing is started until it is needed. */
export function openTransfers({ script, env, folder, clock, limits: given, warned }: TransferOptions): OpenedTransfers {
  const limits = { ...defaultLimits, ...given };
  const policy = createTransferPolicy(limits, warned);
  const absence = describeAbsence(env);
  let tools: string | undefined;
  const desk = openOrderDesk({
    policy, clock, limits,
    makeFolder: () => makePrivateFolder(folder),
    start: (place) => forkTransferProcess(script, buildTransferEnvironment(env, (tools ??= writeTarGuard(place)))),
  });
  const pauses = createPauses(clock);
  const ask: Ask = async (call, build) => (absence === undefined ? desk.carryOut(call, build) : { kind: 'unavailable', reason: absence });
  const mode = (env['ACTIONS_CACHE_MODE'] ?? '').trim().toLowerCase();
  return {
    cache: {
      find: mode === 'none' || mode === 'write-only' ? () => Promise.resolve({ kind: 'unavailable', reason: `the cache mode of the job is \`${mode}\`: it may not read` }) : createFind(ask),
      save: createSave(ask, {
        mode: mode === 'none' || mode === 'read' ? mode : undefined,
        place: () => policy.placeSave(clock.steady()),
        wait: pauses.wait,
        onDenied: (detail) => void policy.warn('cache', { cause: 'denied', detail }),
      }),
    },
    artifacts: createArtifacts(ask),
    prepare: () => {
      if (absence === undefined) desk.prepare();
    },
    takeWarnings: policy.takeWarnings,
    warned: policy.warned,
    close: () => {
      pauses.end();
      return desk.close();
    },
  };
}

/** Waits that end early when nothing is left to wait for. */
function createPauses(clock: Clock): { readonly wait: (milliseconds: number) => Promise<void>; readonly end: () => void } {
  const going = new Set<() => void>();
  return {
    wait: (milliseconds) =>
      new Promise((resolve) => {
        const finish = (): void => {
          cancel();
          going.delete(finish);
          resolve();
        };
        const cancel = clock.after(milliseconds, finish);
        going.add(finish);
      }),
    end: () => {
      for (const finish of going) finish();
    },
  };
}

function createFind(ask: Ask): RemoteCache['find'] {
  return async ({ key, prefixes = [] }) => {
    const done = await ask({ service: 'cache', direction: 'read', urgency: 'awaited' }, (folder) => ({ kind: 'find', folder, key, prefixes }));
    if (done.kind === 'unavailable') return done;
    const { answer, release } = done;
    return answer.kind === 'found' ? { kind: 'found', key: answer.key, file: answer.file, release } : { kind: 'absent' };
  };
}

interface SaveManners {
  /** The mode of the job's cache, if that does not let it write. */
  readonly mode: string | undefined;
  /** Milliseconds until it is a save's turn. */
  readonly place: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Told once. */
  readonly onDenied: (why: string) => void;
}

function createSave(ask: Ask, { mode, place, wait, onDenied }: SaveManners): RemoteCache['save'] {
  let isDenied = mode !== undefined;
  return async (key, file) => {
    const bytes = sizeOf(file);
    if (typeof bytes !== 'number') return bytes;
    const pause = isDenied ? 0 : place();
    if (pause > 0) await wait(pause);
    if (isDenied) {
      if (mode !== undefined) onDenied(`its cache mode is \`${mode}\``);
      return { kind: 'denied' };
    }
    const done = await ask({ service: 'cache', direction: 'write', bytes, urgency: 'background' }, (folder) => ({ kind: 'save', folder, key, file }));
    if (done.kind === 'unavailable') return done;
    if (done.answer.kind === 'denied') {
      isDenied = true;
      onDenied('its token may only read');
    }
    return { kind: done.answer.kind === 'saved' || done.answer.kind === 'denied' ? done.answer.kind : 'exists' };
  };
}

function sizeOf(file: string): number | Unavailable {
  try {
    const { size } = statSync(file);
    return size <= mostBytesOfMember ? size : { kind: 'unavailable', reason: `${file} has more than 8 GiB` };
  } catch (error) {
    return { kind: 'unavailable', reason: `${file} cannot be read (${String(error)})` };
  }
}

function createArtifacts(ask: Ask): RemoteArtifacts {
  const read = { service: 'artifacts', direction: 'read', urgency: 'awaited' } as const;
  const write = { service: 'artifacts', direction: 'write', urgency: 'background' } as const;
  return {
    upload: async ({ name, folder: source, retentionDays = null }) => {
      const done = await ask(write, (folder) => ({ kind: 'upload', folder, name, source, retentionDays }));
      if (done.kind === 'unavailable') return done;
      const { answer } = done;
      return answer.kind === 'uploaded' ? { kind: 'uploaded', id: answer.id, size: answer.size } : { kind: 'exists' };
    },
    list: async () => {
      const done = await ask(read, (folder) => ({ kind: 'list', folder }));
      if (done.kind === 'unavailable') return done;
      return { kind: 'listed', artifacts: done.answer.kind === 'listed' ? done.answer.artifacts : [] };
    },
    download: async (id) => {
      const done = await ask(read, (folder) => ({ kind: 'download', folder, id }));
      if (done.kind === 'unavailable') return done;
      const { answer, release } = done;
      return answer.kind === 'downloaded' ? { kind: 'downloaded', folder: answer.folder, release } : { kind: 'absent' };
    },
    remove: async (name) => {
      const done = await ask(write, (folder) => ({ kind: 'remove', folder, name }));
      if (done.kind === 'unavailable') return done;
      return { kind: done.answer.kind === 'removed' ? 'removed' : 'absent' };
    },
  };
}
