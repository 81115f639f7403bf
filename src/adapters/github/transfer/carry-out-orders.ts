import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../ports/clock.js';
import type { TransferProcess } from './fork-transfer-process.js';
import type { TransferLimits } from './transfer-limits.js';
import type { TransferAnswer, TransferOrder, Trouble } from './transfer-order.js';
import type { GoingCall, TransferCall, TransferPolicy } from './transfer-policy.js';
import { createWaitingRoom, type Urgency } from './waiting-room.js';

export type CarriedOut =
  | { readonly kind: 'answered'; readonly answer: Exclude<TransferAnswer, { readonly kind: 'failed' }>; /** Removes what came. */ readonly release: () => void }
  | { readonly kind: 'unavailable'; readonly reason: string };

export interface OrderDesk {
  /** Whoever asks first does not wait until a process has started. */
  readonly prepare: () => void;
  /** `build` is handed an empty folder for the order. */
  readonly carryOut: (call: TransferCall & { readonly urgency: Urgency }, build: (folder: string) => TransferOrder) => Promise<CarriedOut>;
  readonly close: () => Promise<void>;
}

export interface OrderDeskOptions {
  readonly start: (folder: string) => TransferProcess;
  /** Everything is below it. It is made with the first order, and removed at the end. */
  readonly makeFolder: () => string;
  readonly policy: TransferPolicy;
  readonly clock: Clock;
  readonly limits: TransferLimits;
}

const closing = 'the job is at its end';

/** Few processes, started when they are needed and used again; whatever one does, its order has an answer in time. */
export function openOrderDesk({ start, makeFolder, policy, clock, limits }: OrderDeskOptions): OrderDesk {
  const room = createWaitingRoom(limits.processes);
  const processes = new Set<TransferProcess>();
  const idle: TransferProcess[] = [];
  /** Looks again at when each call that is under way has to end. */
  const looks = new Set<() => void>();
  const ending = new Set<Promise<void>>();
  let folder: string | undefined;
  let isClosed = false;

  const takeProcess = (): TransferProcess => {
    const waiting = idle.pop();
    if (waiting?.isReusable() === true) return waiting;
    if (waiting !== undefined) return takeProcess();
    const started = start((folder ??= makeFolder()));
    processes.add(started);
    return started;
  };
  const putBack = async (process: TransferProcess): Promise<void> => {
    if (process.isReusable()) return void idle.push(process);
    const ended = process.kill();
    ending.add(ended);
    await ended;
    ending.delete(ended);
    processes.delete(process);
  };

  const follow = (process: TransferProcess, order: TransferOrder, going: GoingCall): Promise<TransferAnswer> =>
    new Promise((resolve) => {
      const began = clock.steady();
      let cancel: () => void = () => undefined;
      const settle = (answer: TransferAnswer): void => {
        cancel();
        looks.delete(look);
        resolve(answer);
      };
      const look = (): void => {
        cancel();
        const left = going.lastMoment() - clock.steady();
        if (left > 0) {
          cancel = clock.after(left, look);
          return;
        }
        settle({ kind: 'failed', trouble: { cause: 'time-out', detail: `given up after ${((clock.steady() - began) / 1000).toFixed(1)} s` } });
        void process.kill();
      };
      looks.add(look);
      look();
      void process.carryOut(order, (bytes) => {
        going.progress(bytes);
      }).then(settle);
    });

  const fail = (going: GoingCall, trouble: Trouble): CarriedOut => {
    if (isClosed) {
      going.letGo();
      return { kind: 'unavailable', reason: closing };
    }
    const reason = going.end(clock.steady(), trouble);
    for (const look of [...looks]) look();
    return { kind: 'unavailable', reason };
  };

  const carry = async (going: GoingCall, build: (folder: string) => TransferOrder): Promise<CarriedOut> => {
    let process: TransferProcess | undefined;
    let place: string | undefined;
    const clear = (): void => {
      if (place !== undefined) rmSync(place, { recursive: true, force: true });
    };
    try {
      process = takeProcess();
      place = mkdtempSync(join((folder ??= makeFolder()), 'order-'));
      const answer = await follow(process, build(place), going);
      if (answer.kind !== 'failed') {
        going.end(clock.steady());
        if (answer.kind === 'found' || answer.kind === 'downloaded') return { kind: 'answered', answer, release: clear };
        clear();
        return { kind: 'answered', answer, release: () => undefined };
      }
      const failed = fail(going, answer.trouble);
      // What writes there has to be gone before; nobody has to wait for that.
      void (process.isReusable() ? Promise.resolve() : process.kill()).then(clear);
      return failed;
    } catch (error) {
      clear();
      return fail(going, { cause: 'fault', detail: error instanceof Error ? error.message : String(error) });
    } finally {
      if (process !== undefined) void putBack(process);
    }
  };

  return {
    prepare: () => {
      if (isClosed || processes.size > 0) return;
      try {
        const process = takeProcess();
        idle.push(process);
        process.prepare();
      } catch {
        // The first order meets the same, and says so.
      }
    },
    carryOut: async (call, build) => {
      const leave = await room.enter(call.urgency);
      try {
        if (isClosed) return { kind: 'unavailable', reason: closing };
        const begun = policy.begin(call, clock.steady());
        return begun.kind === 'goes' ? await carry(begun.going, build) : { kind: 'unavailable', reason: begun.reason };
      } finally {
        leave();
      }
    },
    close: async () => {
      isClosed = true;
      await Promise.all([...processes].map((process) => process.kill()));
      await Promise.all(ending);
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A folder below `parent` that nobody else can look into. */
export function makePrivateFolder(parent: string): string {
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, 'transfers-'));
}
