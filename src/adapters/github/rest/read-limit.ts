import type { ApiReply } from './api-request.js';
import { textAt } from './read-fields.js';

/** GitHub has had enough of us for now; nothing was done of what was asked. */
export interface Limit {
  /** How long it wants to be left alone; null where it does not say. */
  readonly waitMs: number | null;
}

const minute = 60_000;
/** Limits are counted by the hour: what claims to be longer is no limit. */
const longest = 60 * minute;

/** The limit that a refusal speaks of; nothing where it is another kind of refusal. */
export function readLimit({ status, headers, body }: ApiReply, now: number): Limit | undefined {
  const retryAfter = readRetryAfter(headers['retry-after'], now);
  const spent = String(headers['x-ratelimit-remaining'] ?? '') === '0';
  const told = /rate limit|abuse/iu.test(textAt(body, 'message') ?? '');
  const limited = status === 429 || (status === 403 && (retryAfter !== undefined || spent || told));
  if (!limited) return undefined;
  const waitMs = retryAfter ?? (spent ? readReset(headers['x-ratelimit-reset'], now) : undefined) ?? (told ? minute : null);
  return { waitMs: waitMs === null ? null : Math.min(Math.max(waitMs, 0), longest) };
}

/** Seconds, or a date. */
function readRetryAfter(header: string | number | undefined, now: number): number | undefined {
  const text = String(header ?? '').trim();
  if (/^\d{1,9}$/u.test(text)) return Number(text) * 1_000;
  const date = /[a-z]{3}/iu.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : date - now;
}

/** Seconds since 1970. */
function readReset(header: string | number | undefined, now: number): number | undefined {
  const text = String(header ?? '');
  return /^\d{1,12}$/u.test(text) ? Number(text) * 1_000 - now : undefined;
}
