// GitHub's services on 127.0.0.1: caches and artifacts over Twirp, block blobs, the REST routes that Tollgate uses.
//
//   const github = await startEmulator();
//   const env = github.env({ runId: 7, attempt: 1, job: 'build', ref: 'refs/heads/main' });   // a step's environment; add
//   // GITHUB_WORKSPACE and RUNNER_TEMP, then start the step with it (the clients read process.env: one process per job)
//   github.requests();   // what was asked: call, job, status, key or name, bytes;   github.violations(): what GitHub would not take
//   const fault = github.fault({ call: 'cache.create', fault: 'error-503', moment: 'after', nth: 2, times: 1 });   // … fault.hits
//   await github.close();
//
// `callNames` and `faultNames` are all there are; `call` may end in `*`. `moment` is `before` the work is done or `after` it.
// `fork: true` in `pull`, `readOnlyCache`, `permissions` make a job poorer. Standing alone: `node test/emulator/serve.mjs --port 0`.
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import { answerJson, refuseRest, refuseTwirp } from './answers.mjs';
import { createArtifactService } from './artifact-service.mjs';
import { createBlobs } from './blobs.mjs';
import { createCacheService } from './cache-service.mjs';
import { callNames, findCall } from './calls.mjs';
import { canBefall, createFaults, faultNames, findWay, standIn } from './faults.mjs';
import { createJob, writeEnvironment, writeRuntimeToken } from './jobs.mjs';
import { createRest } from './rest.mjs';
import { findShapeFaults } from './shapes.mjs';

export { callNames, canBefall, faultNames };

/** Not a route of GitHub's: `POST <url>/_emulator/env` with `[{"runId":1,"attempt":2}]` answers what `github.env(…)` does. */
const controlPath = '/_emulator/';
const idleMs = 7 * 86_400_000;

/** Starts the services; see emulator.d.mts for what is answered. */
export async function startEmulator(options = {}) {
  const {
    now: clock = Date.now, repository = 'octo-org/example', defaultBranch = 'main', latencyMs = 0, port = 0, visibility = 'private',
    uploadsPerMinute = 200, requestsPerHour = 1000, contentPerMinute = 80, cacheBytes = 10 * 2 ** 30, retentionDays = 90, attemptsShareArtifacts = true,
  } = options;
  let ahead = 0;
  const now = () => clock() + ahead;
  let lastId = 1000;
  const nextId = () => (lastId += 1);
  let latency = latencyMs;
  let log = [];
  let violations = [];
  let url = '';
  let answering = true;
  const jobs = new Map();
  const record = (call, reason) => violations.push({ at: now(), call, reason });
  const world = { repository, defaultBranch, visibility, attemptsShareArtifacts, retentionDays, requestsPerHour, contentPerMinute };
  const blobs = createBlobs({ now, record, getUrl: () => url });
  const countUpload = createWindow(now, 60_000, uploadsPerMinute);
  const cache = createCacheService({ now, blobs, record, nextId, countUpload, maxBytes: cacheBytes });
  const artifacts = createArtifactService({ now, blobs, record, nextId, retentionDays });
  const rest = createRest({ now, record, nextId, world, cache, artifacts, getUrl: () => url });
  const faults = createFaults({ now });
  const twirpHandlers = { ...cache.handlers, ...artifacts.handlers };

  const findJob = (request, found) => {
    if (found.service === 'blob') return [...jobs.values()].find(({ job }) => job.jobBackendId === request.url.searchParams.get('skoid'))?.job;
    const token = /^(?:bearer|token) (\S+)$/iu.exec(request.headers.authorization ?? '')?.[1];
    return token === undefined ? undefined : jobs.get(`${found.service} ${token}`)?.job;
  };

  /** What the services say when nothing goes wrong on the way. */
  const work = (request, found, job) => {
    if (found.service === 'blob') return blobs.handle({ ...request, call: found.call, verb: found.params.verb });
    if (found.service === 'rest') return rest.handle(request, found, job);
    if (job === undefined || job.expired) return refuseTwirp('unauthenticated', job === undefined ? 'no such token' : 'token is expired');
    if (!/^application\/json\b/u.test(request.headers['content-type'] ?? '')) {
      record(found.call, `the content type is ${request.headers['content-type']}`);
      return refuseTwirp('bad_route', 'unexpected Content-Type');
    }
    const message = readJson(request.body);
    const wrong = findShapeFaults(found.call, message);
    if (wrong.length === 0) return twirpHandlers[found.call](job, message);
    record(found.call, wrong.join('; '));
    return refuseTwirp('malformed', wrong.join('; '));
  };

  const handle = async (incoming, response) => {
    const request = { method: incoming.method ?? 'GET', url: new URL(incoming.url ?? '/', url), headers: incoming.headers, body: Buffer.alloc(0) };
    if (request.url.pathname.startsWith(controlPath)) return control(request, incoming, response);
    const found = findCall(request.method, request.url);
    const job = found === undefined ? undefined : findJob(request, found);
    const entry = { at: now(), call: found?.call ?? 'unknown', method: request.method, path: request.url.pathname, query: request.url.search, job: job?.label, status: undefined, sent: 0, received: 0, name: undefined, fault: undefined, ms: undefined };
    log.push(entry);
    const began = performance.now();
    response.once('close', () => { entry.ms = performance.now() - began; });
    response.on('error', () => {});
    const pieces = [];
    for await (const piece of incoming) pieces.push(piece);
    request.body = Buffer.concat(pieces);
    entry.sent = request.body.length;
    entry.name = nameOf(request, found, { cache, artifacts });
    if (latency > 0) await wait(latency, undefined, { ref: false });
    if (found === undefined) {
      record('unknown', `${request.method} ${request.url.pathname}`);
      return send(response, request.url.pathname.startsWith('/twirp/') ? refuseTwirp('bad_route', 'no such route') : refuseRest(404, 'Not Found'), entry);
    }
    const fault = faults.take(entry);
    entry.fault = fault?.fault;
    if (fault?.fault === 'slow') await wait(fault.ms, undefined, { ref: false });
    const undone = fault !== undefined && fault.moment === 'before' && fault.fault !== 'slow' && found.does === 'write';
    const answer = undone ? answerJson(503, { code: 'unavailable', msg: 'it was not done', message: 'it was not done' }) : work(request, found, job);
    const replaced = fault === undefined ? undefined : standIn(fault.fault, found, () => (job === undefined ? answer : cache.lend(job, entry.name ?? '')));
    const way = fault === undefined ? undefined : findWay(fault.fault);
    if (way === undefined) return send(response, replaced ?? answer, entry);
    entry.status = answer.status;
    await way(response, { headers: {}, body: Buffer.alloc(0), ...answer });
  };

  /** What `api` can do, from another process: the arguments are a JSON list; bytes go in as base64, and do not come out. */
  const control = async ({ url: { pathname } }, incoming, response) => {
    const pieces = [];
    for await (const piece of incoming) pieces.push(piece);
    const name = pathname.slice(controlPath.length);
    const given = (readJson(Buffer.concat(pieces)) ?? []).map((each) => (typeof each?.bytes === 'string' ? { ...each, bytes: Buffer.from(each.bytes, 'base64') } : each));
    const { status, value } = await attempt(() => api[name](...given));
    const body = Buffer.from(JSON.stringify(value ?? null, (key, each) => (key === 'bytes' ? undefined : each)));
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': String(body.length) });
    response.end(body);
  };

  const send = (response, { status, headers = {}, body = Buffer.alloc(0) }, entry) => {
    entry.status = status;
    entry.received = body.length;
    response.writeHead(status, { date: new Date(now()).toUTCString(), ...headers, 'content-length': String(body.length) });
    response.end(entry.method === 'HEAD' ? undefined : body);
  };

  const server = createServer((incoming, response) => {
    if (!answering) {
      incoming.socket.resetAndDestroy();
      return;
    }
    handle(incoming, response).catch((error) => {
      // A request that the client itself gave up is nothing of ours.
      if (error.code !== 'ECONNRESET' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') record('emulator', String(error.stack));
      response.socket?.destroy();
    });
  });
  server.keepAliveTimeout = 60_000;
  // A test that fails before it closes the emulator ends nevertheless.
  server.unref();
  const listen = (at) => new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(at, '127.0.0.1', () => resolve(server.address().port));
  });
  const chosen = await listen(port);
  url = `http://127.0.0.1:${chosen}`;
  const shut = () => new Promise((resolve) => {
    server.close(() => resolve(undefined));
    server.closeAllConnections();
  });

  const env = (given) => {
    const job = createJob(given, world);
    const runtimeToken = writeRuntimeToken(job, now());
    const restToken = `ghs_${randomBytes(18).toString('hex')}`;
    jobs.set(`twirp ${runtimeToken}`, { job });
    jobs.set(`rest ${restToken}`, { job });
    rest.knowJob(job);
    return writeEnvironment(job, { url, runtimeToken, restToken, retentionDays });
  };

  const token = ({ permissions, repository: of = repository, login = 'octocat' }) => {
    const written = `github_pat_${randomBytes(18).toString('hex')}`;
    jobs.set(`rest ${written}`, { job: { label: `token of ${login}`, repository: of, permissions, login } });
    return written;
  };

  const showEntry = ({ blob, ...entry }) => ({ ...entry, bytes: blobs.read(blob) });
  const api = {
    url, port: chosen, env, token,
    requests: () => log.map((each) => ({ ...each })),
    clearRequests: () => { log = []; },
    violations: () => [...violations],
    clearViolations: () => { violations = []; },
    fault: (given) => faults.add(given, callNames),
    clearFaults: faults.clear,
    entries: () => cache.all().filter(({ finalized }) => finalized).map(showEntry),
    reservations: () => cache.all().filter(({ finalized }) => !finalized).map(showEntry),
    plant: (given) => cache.plant({ ref: `refs/heads/${defaultBranch}`, repository, ...given }),
    /** Entries that were idle for seven days, or those that are named. */
    evict: (gone = ({ accessedAt }) => now() - accessedAt > idleMs) => cache.remove((entry) => gone(entry)).map(({ key }) => key),
    setTimes: (id, times) => void Object.assign(cache.all().find((entry) => entry.id === id) ?? {}, times),
    artifacts: () => artifacts.all().filter(({ finalized }) => finalized).map(showEntry),
    unfinishedArtifacts: () => artifacts.all().filter(({ finalized }) => !finalized).map(showEntry),
    plantArtifact: ({ runId, attempt = 1, ...given }) => artifacts.plant({ ...given, job: createJob({ runId, attempt, job: 'planted' }, world) }),
    removeArtifacts: (gone) => artifacts.remove(gone).map(({ name }) => name),
    comments: rest.comments, plantComment: rest.plantComment, checkRuns: rest.checkRuns, dispatches: rest.dispatches,
    plantRun: rest.plantRun, plantPull: rest.plantPull,
    /** Tokens of the job with this label (`run/attempt/job`) are over from now on. */
    expireTokens: (label) => {
      for (const { job } of jobs.values()) if (job.label === label) job.expired = true;
    },
    setLatency: (ms) => { latency = ms; },
    advance: (ms) => { ahead += ms; },
    /** Down: the port refuses. Up again on the same one. */
    goDown: shut,
    comeUp: () => listen(chosen).then(() => undefined),
    close: async () => {
      answering = false;
      if (server.listening) await shut();
    },
  };
  return api;
}

async function attempt(act) {
  try {
    return { status: 200, value: await act() };
  } catch (error) {
    return { status: 400, value: error.message };
  }
}

/** At most `limit` in a time; answers the seconds to wait when there were more. */
function createWindow(now, lengthMs, limit) {
  const seen = new Map();
  return (name) => {
    const recent = (seen.get(name) ?? []).filter((at) => at > now() - lengthMs);
    if (recent.length >= limit) return Math.max(1, Math.ceil((recent[0] + lengthMs - now()) / 1000));
    seen.set(name, [...recent, now()]);
    return undefined;
  };
}

function readJson(body) {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The key or name that a request is about. */
function nameOf(request, found, { cache, artifacts }) {
  if (found?.service === 'blob') {
    const blob = [...cache.all(), ...artifacts.all()].find((each) => each.blob === request.url.pathname);
    return blob?.key ?? blob?.name;
  }
  if (found?.service !== 'twirp') return undefined;
  const { key, name, name_filter: filter } = readJson(request.body) ?? {};
  return key ?? name ?? filter?.value ?? filter;
}
