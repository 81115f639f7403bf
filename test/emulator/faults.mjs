// What can go wrong with one call. A fault either stands in for the answer or does something to its bytes on the way.
import { setTimeout as wait } from 'node:timers/promises';
import { answerJson, refuseBlob, refuseRest, refuseTwirp } from './answers.mjs';

/** @typedef {import('./answers.mjs').Answer} Answer */

/** No, in the words of the service that was called. */
const refuse = (status, code, words, headers = {}) => ({ service }) => {
  if (service === 'twirp') return { ...refuseTwirp(code, words, headers), status };
  const answer = service === 'blob' ? refuseBlob(status, code, words) : refuseRest(status, words);
  return { ...answer, headers: { ...answer.headers, ...headers } };
};
const limited = (headers) => ({ service }) => refuse(429, service === 'blob' ? 'ServerBusy' : 'resource_exhausted', 'You have exceeded a rate limit.', service === 'rest' ? { 'x-ratelimit-remaining': '0', ...headers } : headers)({ service });
const html = (status) => () => ({ status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: Buffer.from(`<!DOCTYPE html>\n<html><head><title>Unicorn! · GitHub</title></head><body><p>No server is currently available to service your request.</p></body></html>\n`) });

/** Instead of the answer. @type {Record<string, (call: { service: string, call: string }) => Answer>} */
const standIns = {
  'rate-limited-1': limited({ 'retry-after': '1' }),
  'rate-limited-3600': limited({ 'retry-after': '3600' }),
  'rate-limited-garbage': limited({ 'retry-after': 'soon' }),
  'rate-limited-silent': limited({}),
  'error-500': refuse(500, 'internal', 'Internal Server Error'),
  'error-502': refuse(502, 'unavailable', 'Bad Gateway'),
  'error-503': refuse(503, 'unavailable', 'Service Unavailable'),
  'error-504': refuse(504, 'unavailable', 'Gateway Timeout'),
  'html-200': html(200),
  'html-502': html(502),
  'empty-200': () => ({ status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.alloc(0) }),
  gone: ({ service }) => refuse(404, service === 'blob' ? 'BlobNotFound' : 'not_found', service === 'rest' ? 'Not Found' : 'not found')({ service }),
  conflict: ({ service, call }) => refuse(409, service === 'blob' ? 'BlobAlreadyExists' : 'already_exists', call.startsWith('artifact') ? 'an artifact with this name already exists on the workflow run' : 'cache entry with the same key, version, and scope already exists')({ service }),
  'expired-token': ({ service }) => (service === 'blob' ? refuseBlob(403, 'AuthenticationFailed', 'Signature not valid in the specified time frame') : refuse(401, 'unauthenticated', service === 'rest' ? 'Bad credentials' : 'token is expired')({ service })),
  forbidden: ({ service }) => refuse(403, service === 'blob' ? 'AuthorizationFailure' : 'permission_denied', service === 'rest' ? 'Resource not accessible by integration' : 'permission denied')({ service }),
};

/** At calls that can be answered so, which begin like this. @type {Record<string, { calls: readonly string[], answer: (lend: () => Answer) => Answer }>} */
const particular = {
  'prefix-hit': { calls: ['cache.lookup'], answer: (lend) => lend() },
  'primary-limit': { calls: ['rest.'], answer: () => limitRest({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 3600) }, 'API rate limit exceeded for installation.') },
  'secondary-limit': { calls: ['rest.'], answer: () => limitRest({ 'retry-after': '60' }, 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.') },
  'write-denied': { calls: ['cache.create', 'cache.finalize'], answer: () => answerJson(200, { ok: false, message: 'cache write denied: the token is read-only' }) },
  'read-denied': { calls: ['cache.lookup'], answer: () => refuseTwirp('permission_denied', 'cache read denied: the token has no readable cache scopes') },
};

function limitRest(headers, words) {
  const answer = refuseRest(403, words);
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

const writeHead = (response, { status, headers }, length) => response.writeHead(status, { ...headers, 'content-length': String(length) });
/** Until the other side has gone, or the emulator is closed. */
const untilClosed = (response) => new Promise((resolve) => {
  if (response.destroyed) resolve(undefined);
  else response.once('close', resolve);
});
const half = (body) => body.subarray(0, Math.floor(body.length / 2));

/** On the way: `(response, answer)`. @type {Record<string, (response: import('node:http').ServerResponse, answer: Required<Answer>) => Promise<void> | void>} */
const ways = {
  reset: (response) => void response.socket?.resetAndDestroy(),
  /** Nothing at all is ever said. */
  silence: (response) => untilClosed(response),
  'stall-after-headers': (response, answer) => {
    writeHead(response, answer, Math.max(answer.body.length, 1));
    response.flushHeaders();
    return untilClosed(response);
  },
  'stall-in-body': (response, answer) => {
    writeHead(response, answer, Math.max(answer.body.length, 1));
    response.write(half(answer.body));
    return untilClosed(response);
  },
  /** One byte a second. */
  drip: async (response, answer) => {
    writeHead(response, answer, answer.body.length);
    response.flushHeaders();
    const closed = untilClosed(response);
    for (const byte of answer.body) {
      response.write(Buffer.from([byte]));
      await Promise.race([wait(1000, undefined, { ref: false }), closed]);
      if (response.destroyed) return;
    }
    response.end();
  },
  /** The connection ends in the middle of what was promised. */
  truncated: (response, answer) => {
    writeHead(response, answer, Math.max(answer.body.length, 1));
    response.write(half(answer.body), () => response.socket?.destroySoon());
  },
  /** The length agrees with what is sent, and half is missing. */
  'wrong-length': (response, answer) => {
    writeHead(response, answer, half(answer.body).length);
    response.end(half(answer.body));
  },
  'invalid-json': (response, answer) => {
    const body = Buffer.concat([half(answer.body), Buffer.from('{"')]);
    writeHead(response, { ...answer, status: 200 }, body.length);
    response.end(body);
  },
  'flipped-byte': (response, answer) => {
    const body = Buffer.from(answer.body);
    const middle = Math.floor(body.length / 2);
    if (body.length > 0) body[middle] ^= 0xff;
    writeHead(response, answer, body.length);
    response.end(body);
  },
};

/** `slow` answers as usual, `ms` later. @type {readonly string[]} */
export const faultNames = [...Object.keys(standIns), ...Object.keys(particular), ...Object.keys(ways), 'slow'].sort();

/** Whether the fault can befall the call: some are of one call alone. */
export function canBefall(fault, call) {
  return particular[fault]?.calls.some((beginning) => call.startsWith(beginning)) ?? faultNames.includes(fault);
}

/** The answer of a fault that stands in for one; `lend` answers a lookup with somebody else's entry. */
export function standIn(fault, call, lend) {
  return standIns[fault]?.(call) ?? particular[fault]?.answer(lend);
}

/** @returns {((response: import('node:http').ServerResponse, answer: Required<Answer>) => Promise<void> | void) | undefined} */
export function findWay(fault) {
  return ways[fault];
}

/** The faults that are set, oldest first; `take` finds the one that befalls a call. */
export function createFaults({ now }) {
  let set = [];
  const matches = (pattern, call) => pattern === call || (pattern.endsWith('*') && call.startsWith(pattern.slice(0, -1)));
  const add = ({ call = '*', fault, nth = 1, times = Infinity, moment = 'before', ms = 1000, forMs = Infinity, job, where = () => true }, callNames) => {
    const calls = callNames.filter((each) => matches(call, each));
    if (!faultNames.includes(fault)) throw new Error(`there is no fault ${fault}: ${faultNames.join(', ')}`);
    if (!calls.some((each) => canBefall(fault, each))) throw new Error(`the fault ${fault} never befalls ${call}: ${callNames.join(', ')}`);
    if (moment !== 'before' && moment !== 'after') throw new Error(`a moment is before or after, not ${moment}`);
    const one = { call, fault, nth, times, moment, ms, until: now() + forMs, job, where, seen: 0, hits: 0 };
    set.push(one);
    return {
      call, fault, moment,
      get hits() { return one.hits; },
      get seen() { return one.seen; },
      end: () => { set = set.filter((each) => each !== one); },
    };
  };
  const take = (request) => {
    for (const one of set) {
      if (!matches(one.call, request.call) || !canBefall(one.fault, request.call) || now() > one.until) continue;
      if ((one.job !== undefined && one.job !== request.job) || !one.where(request)) continue;
      one.seen += 1;
      if (one.seen < one.nth || one.hits >= one.times) continue;
      one.hits += 1;
      return one;
    }
    return undefined;
  };
  return { add, take, clear: () => { set = []; } };
}
