import type { ApiAnswer } from './api-answer.js';
import type { ApiReply, ApiRequest, SendRequest } from './api-request.js';
import type { LoadClient } from './load-client.js';
import type { Patience } from './patience.js';
import { readLimit } from './read-limit.js';
import { textAt } from './read-fields.js';

export interface SenderWorld {
  readonly loadClient: LoadClient;
  readonly patience: Patience;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** From 0 to 1. */
  readonly chance: () => number;
  readonly deadlineMs: number;
  /** Text from outside that people may see: without the token. */
  readonly tidy: (text: string) => string;
}

const most = { tries: 3, waitMs: 5_000 };
/** With less time than this a try says nothing. */
const leastMs = 500;
const firstPauseMs = 500;

/** How one try ended. */
type TryEnd<T> =
  | { readonly kind: 'answer'; readonly answer: ApiAnswer<T> }
  | { readonly kind: 'limited'; readonly waitMs: number | null }
  /** Whether it was done, nobody knows. */
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * Sends requests, and keeps these rules: a try has its deadline; what may be repeated is, three times at most and not at
 * once; a limit is waited for where it is short, and until it is over nothing is asked; faults cost no more time
 * than there is patience.
 */
export function createSender(world: SenderWorld): SendRequest {
  let limitedUntil = 0;
  const { now, patience, tidy } = world;

  const pause = async (ms: number): Promise<void> => {
    patience.spend(ms);
    await world.wait(ms);
  };

  /** False where the limit is not worth waiting for. */
  const sitOut = async (): Promise<boolean> => {
    const waitMs = limitedUntil - now();
    if (waitMs <= 0) return true;
    if (waitMs > most.waitMs || waitMs > patience.left()) return false;
    await pause(waitMs);
    return true;
  };

  const tryOnce = async <T>(request: ApiRequest<T>): Promise<TryEnd<T>> => {
    const began = now();
    const end = await attempt(request, world, Math.min(world.deadlineMs, patience.left()));
    if (end.kind !== 'answer') patience.spend(now() - began);
    return end;
  };

  return async <T>(request: ApiRequest<T>): Promise<ApiAnswer<T>> => {
    const unavailable = (reason: string): ApiAnswer<T> => ({ kind: 'unavailable', reason: `GitHub could not ${request.doing}: ${tidy(reason)}` });
    let last = 'earlier calls of this job used up the time that its faults may cost';
    for (let tries = 1; tries <= most.tries; tries++) {
      if (!(await sitOut())) return unavailable(`its rate limit is reached until ${new Date(limitedUntil).toISOString().slice(11, 19)} UTC`);
      if (patience.left() < leastMs) return unavailable(last);
      if (tries > 1 && typeof request.again === 'function') {
        const found = await request.again();
        if (found.kind !== 'done') return found.kind === 'absent' ? found : unavailable(`${last}; whether it was done, nobody knows`);
        if (found.value !== undefined) return { kind: 'done', value: found.value };
      }
      const end = await tryOnce(request);
      if (end.kind === 'answer') return end.answer;
      last = end.kind === 'limited' ? 'its rate limit is reached' : end.reason;
      if (end.kind === 'limited' && end.waitMs !== null) limitedUntil = Math.max(limitedUntil, now() + end.waitMs);
      if (request.again === 'never') return unavailable(end.kind === 'limited' ? last : `${last}; whether it was done, nobody knows`);
      if (tries === most.tries) break;
      if (now() >= limitedUntil) await pause(Math.min(firstPauseMs * 2 ** (tries - 1) * (0.5 + world.chance()), Math.max(0, patience.left())));
    }
    return unavailable(`${last} (${most.tries} tries)`);
  };
}

async function attempt<T>(request: ApiRequest<T>, world: SenderWorld, deadlineMs: number): Promise<TryEnd<T>> {
  const client = await world.loadClient();
  if (client.kind !== 'done') return { kind: 'answer', answer: client.kind === 'forbidden' ? { ...client, permission: request.permission } : client };
  const signal = AbortSignal.timeout(Math.ceil(deadlineMs));
  const reply = await client.value(request, signal);
  if (reply.kind === 'silent') return { kind: 'unknown', reason: signal.aborted ? `no answer within ${describeSeconds(deadlineMs)}` : reply.reason };
  return judge(reply.reply, request, { now: world.now(), cutOff: signal.aborted, tidy: world.tidy });
}

interface Circumstances {
  readonly now: number;
  readonly cutOff: boolean;
  readonly tidy: (text: string) => string;
}

function judge<T>(reply: ApiReply, request: ApiRequest<T>, { now, cutOff, tidy }: Circumstances): TryEnd<T> {
  const { status, body } = reply;
  const answer = (given: ApiAnswer<T>): TryEnd<T> => ({ kind: 'answer', answer: given });
  if (status < 400) {
    const value = request.read(reply);
    if (value !== undefined) return answer({ kind: 'done', value });
    return { kind: 'unknown', reason: cutOff ? 'its answer did not end in time' : `its answer cannot be read (HTTP ${status})` };
  }
  const limit = readLimit(reply, now);
  if (limit !== undefined) return { kind: 'limited', ...limit };
  const said = textAt(body, 'message');
  const told = `${said === undefined ? '' : `${tidy(said)} `}(HTTP ${status})`.replace(/^\((.*)\)$/u, '$1');
  // What is no GitHub's refusal comes from something between.
  if (status === 401 || (status === 403 && (said !== undefined || body === ''))) return answer({ kind: 'forbidden', permission: request.permission, reason: told });
  if (status === 404 || status === 410) return answer({ kind: 'absent' });
  if (status >= 500 || status === 408 || status === 403) return { kind: 'unknown', reason: told };
  return answer({ kind: 'unavailable', reason: `GitHub could not ${request.doing}: ${told}` });
}

function describeSeconds(ms: number): string {
  return ms < 1_000 ? `${Math.ceil(ms)} ms` : `${Math.round(ms / 1_000)} s`;
}
