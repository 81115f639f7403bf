import { createCircuit, type Circuit } from './circuit.js';
import { describeTrouble, warnOfTrouble, type RemoteService } from './describe-trouble.js';
import { createPatience } from './patience.js';
import type { TransferLimits } from './transfer-limits.js';
import type { Trouble, TroubleCause } from './transfer-order.js';

export interface TransferCall {
  readonly service: RemoteService;
  readonly direction: 'read' | 'write';
  /** Bytes to be moved, where they are known. */
  readonly bytes?: number;
}

export interface GoingCall {
  /** The moment at which it is to be cut; another failure may bring it nearer, progress may put it off. */
  readonly lastMoment: () => number;
  readonly progress: (bytes: number) => void;
  /** Without trouble the service has answered, whatever it said. `cut`: it was taken back by us. Answers why, for whoever called. */
  readonly end: (now: number, trouble?: Trouble) => string;
  readonly letGo: () => void;
}

/** Which calls are made, and how long each may take. Moments are milliseconds of a steady clock. */
export interface TransferPolicy {
  /** Milliseconds before the next save may go, which takes its place. */
  readonly placeSave: (now: number) => number;
  readonly begin: (call: TransferCall, now: number) => { readonly kind: 'goes'; readonly going: GoingCall } | { readonly kind: 'refused'; readonly reason: string };
  readonly warn: (service: RemoteService, trouble: Trouble) => string;
  readonly takeWarnings: () => readonly string[];
  /** The causes that were warned of. */
  readonly warned: () => readonly TroubleCause[];
}

const minute = 60_000;
/** A call that may wait less than this is not worth making. */
const leastMs = 1_000;
/** What a service is answered by says nothing of whether it is there. */
const harmless: readonly TroubleCause[] = ['gone', 'damaged', 'quota', 'refused', 'denied', 'rate-limit'];

export function createTransferPolicy(limits: TransferLimits, warnedBefore: readonly TroubleCause[] = []): TransferPolicy {
  const patience = createPatience(limits.patienceMs);
  const circuits: Readonly<Record<RemoteService, Circuit>> = { cache: createCircuit(limits.failures, limits.restMs), artifacts: createCircuit(limits.failures, limits.restMs) };
  const rests = new Map<string, { readonly until: number; readonly reason: string }>();
  const warned = new Set(warnedBefore);
  const saves: number[] = [];
  let warnings: string[] = [];

  const warn = (service: RemoteService, trouble: Trouble): string => {
    if (!warned.has(trouble.cause)) {
      warned.add(trouble.cause);
      warnings.push(warnOfTrouble(service, trouble));
    }
    return describeTrouble(service, trouble);
  };

  const refuse = ({ service, direction }: TransferCall, now: number): string | undefined => {
    const rest = rests.get(`${service} ${direction}`);
    if (rest !== undefined && now < rest.until) return rest.reason;
    if (patience.lastMomentOf(now) - now < Math.min(leastMs, limits.patienceMs)) return `${Math.round(limits.patienceMs / 1000)} s have been spent waiting for GitHub's services: they are not asked again in this job`;
    return circuits[service].ask(now) === 'open' ? `${nameOf(service)} failed ${circuits[service].failures()} times in a row: it is left alone for ${Math.round(limits.restMs / 1000)} s` : undefined;
  };

  const begin = (call: TransferCall, began: number): GoingCall => {
    const circuit = circuits[call.service];
    // A service that has just failed is given less time to fail again.
    const base = Math.max(Math.min(4_000, limits.answerMs), limits.answerMs / 2 ** circuit.failures());
    let moved = call.bytes ?? 0;
    return {
      lastMoment: () => Math.min(began + Math.min(limits.longestMs, base + (moved * 1000) / limits.slowest), patience.lastMomentOf(began)),
      progress: (bytes) => {
        moved = Math.max(moved, bytes);
      },
      letGo: circuit.letGo,
      end: (now, trouble) => {
        if (trouble === undefined) {
          circuit.succeed();
          return '';
        }
        patience.charge(began, now);
        if (harmless.includes(trouble.cause)) circuit.succeed();
        else circuit.fail(now);
        const reason = warn(call.service, trouble);
        if (trouble.cause === 'rate-limit') rests.set(`${call.service} ${call.direction}`, { until: now + (trouble.retryAfter === undefined ? limits.rateRestMs : trouble.retryAfter * 1000), reason });
        if (trouble.cause === 'denied') rests.set(`${call.service} ${call.direction}`, { until: Infinity, reason });
        return reason;
      },
    };
  };

  return {
    placeSave: (now) => {
      while (saves[0] !== undefined && saves[0] <= now - minute) saves.shift();
      const first = saves.length < limits.savesPerMinute ? undefined : saves[saves.length - limits.savesPerMinute];
      const moment = first === undefined ? now : Math.max(now, first + minute);
      saves.push(moment);
      return moment - now;
    },
    begin: (call, now) => {
      const reason = refuse(call, now);
      return reason === undefined ? { kind: 'goes', going: begin(call, now) } : { kind: 'refused', reason };
    },
    warn,
    warned: () => [...warned],
    takeWarnings: () => {
      const taken = warnings;
      warnings = [];
      return taken;
    },
  };
}

function nameOf(service: RemoteService): string {
  return service === 'cache' ? "GitHub's cache" : "GitHub's artifact service";
}
