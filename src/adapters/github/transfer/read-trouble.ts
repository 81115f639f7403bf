import type { Trouble, TroubleCause } from './transfer-order.js';

const longest = 200;

const unreachable = /\b(ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|ECONNRESET|EPIPE|ETIMEDOUT|EAI_AGAIN)\b|socket hang up|certificate|\b(?:aborted|premature close)\b/iu;
const noJson = /is not valid JSON|Unexpected (token|end of JSON)|\bin JSON at position\b/u;
const page = /^\s*<(!doctype html|html)\b/iu;

/** What a message of the toolkit tells of why it failed; `seen` is all that it printed before. */
export function readTrouble(message: string, seen: readonly string[] = []): Trouble {
  const detail = cutDetail(message);
  const status = findStatus(message);
  if (/cache (?:read|write) denied/iu.test(message)) return { cause: 'denied', detail };
  if (/insufficient usage|storage quota/iu.test(message)) return { cause: 'quota', detail };
  if (status === 429 || /rate limit/iu.test(message)) return { cause: 'rate-limit', detail: 'HTTP 429', ...readRetryAfter(seen) };
  // A signed address that is refused says nothing of the next one.
  if (status === 403 && /blob/iu.test(message)) return { cause: 'refused', detail: 'HTTP 403' };
  if (status !== undefined) return { cause: causeOf(status), detail: `HTTP ${status}` };
  const found = unreachable.exec(message);
  if (found !== null) return { cause: 'unreachable', detail: found[1] ?? detail };
  if (noJson.test(message)) return { cause: 'server', detail: 'what it answered is no JSON' };
  if (page.test(message)) return { cause: 'server', detail: 'what it answered is a web page' };
  return { cause: 'fault', detail: detail === '' ? 'it did not say why' : detail };
}

function causeOf(status: number): TroubleCause {
  if (status >= 500) return 'server';
  if (status === 404) return 'gone';
  return status === 401 || status === 403 ? 'denied' : 'refused';
}

function findStatus(message: string): number | undefined {
  const match = /\((\d{3})\)|\b(?:responded with|status code|HTTP response[^:]*:)\s*(\d{3})\b/iu.exec(message);
  return match === null ? undefined : Number(match[1] ?? match[2]);
}

/** The toolkit says it in a warning of its own, or shows the head of the answer. */
function readRetryAfter(seen: readonly string[]): { readonly retryAfter?: number } {
  for (const line of seen) {
    const match = /rate limit will reset in (\d+) seconds/u.exec(line) ?? /"retry-after":\s*"(\d+)"/iu.exec(line);
    if (match?.[1] !== undefined) return { retryAfter: Number(match[1]) };
  }
  return {};
}

/** One line, without what addresses carry after the question mark: they are signed. */
function cutDetail(message: string): string {
  const line = (message.split('\n', 1)[0] ?? '').replace(/(https?:\/\/[^\s?]+)\?\S*/gu, '$1').trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
