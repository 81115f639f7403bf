// The REST routes: who may, how often, and what each of them does.
import { answerJson, refuseRest } from './answers.mjs';
import { createCheckRuns } from './check-runs.mjs';
import { createComments } from './comments.mjs';
import { filterRuns, showRun, showRepository } from './rest-shapes.mjs';

const hourMs = 3_600_000;
const ranks = { none: 0, read: 1, write: 2 };
const maxDispatchInputs = 25;
const knownApiVersions = new Set(['2022-11-28', '2026-03-10']);
/** Without `actions: read` the bytes of an artifact are for nobody, of a public repository neither. */
const neverPublic = new Set(['rest.download-artifact']);
const makesContent = new Set(['rest.create-comment', 'rest.update-comment', 'rest.create-check-run', 'rest.update-check-run', 'rest.dispatch', 'rest.dispatch-workflow']);

export function createRest(given) {
  const { now, record, nextId, world, cache, artifacts, getUrl } = given;
  const runs = new Map();
  const pulls = new Map();
  const sent = [];
  const hours = new Map();
  const minutes = new Map();
  const refuse = (call, status, message, errors) => {
    record(call, message);
    return refuseRest(status, message, errors);
  };
  const ctx = { now, record, nextId, refuse, getUrl, paged };
  const comments = createComments({ ...ctx, hasIssue: (repository, issue) => pulls.has(`${repository} ${issue}`) });
  const checkRuns = createCheckRuns(ctx);

  const countRequest = (repository) => {
    const known = hours.get(repository);
    const hour = known === undefined || now() >= known.reset ? { used: 0, reset: now() + hourMs } : known;
    hour.used += 1;
    hours.set(repository, hour);
    const headers = {
      'x-ratelimit-limit': String(world.requestsPerHour), 'x-ratelimit-remaining': String(Math.max(0, world.requestsPerHour - hour.used)), 'x-ratelimit-used': String(hour.used),
      'x-ratelimit-reset': String(Math.ceil(hour.reset / 1000)), 'x-ratelimit-resource': 'core',
    };
    return { headers, over: hour.used > world.requestsPerHour };
  };
  const isTooMuchContent = (job) => {
    const recent = (minutes.get(job.label) ?? []).filter((at) => at > now() - 60_000);
    minutes.set(job.label, [...recent, now()]);
    return recent.length >= world.contentPerMinute;
  };
  const may = (job, { call, permission }) => {
    if (world.visibility === 'public' && permission.every((one) => one.endsWith(':read')) && !neverPublic.has(call)) return true;
    return permission.some((one) => {
      const [name, rank] = one.split(':');
      const own = name === 'metadata' ? 'read' : (job.permissions === undefined ? 'write' : (job.permissions[name] ?? 'none'));
      return ranks[own] >= ranks[rank];
    });
  };

  const artifactOf = (repository, id) => artifacts.all().find((each) => each.finalized && each.repository === repository && each.id === Number(id));
  const showArtifact = (each) => ({
    id: each.id, node_id: `A_${each.id}`, name: each.name, size_in_bytes: each.size, url: `${getUrl()}/repos/${each.repository}/actions/artifacts/${each.id}`,
    archive_download_url: `${getUrl()}/repos/${each.repository}/actions/artifacts/${each.id}/zip`, expired: each.expiresAt <= now(), digest: each.digest ?? null,
    created_at: iso(each.createdAt), updated_at: iso(each.createdAt), expires_at: iso(each.expiresAt),
    workflow_run: { id: each.runId, repository_id: 1, head_repository_id: 1, head_branch: each.ref.replace(/^refs\/heads\//u, ''), head_sha: each.sha },
  });
  const showCache = ({ id, scope, key, version, accessedAt, createdAt, size }) => ({ id, ref: scope, key, version, last_accessed_at: iso(accessedAt), created_at: iso(createdAt), size_in_bytes: size });
  const cachesOf = (repository, query) => {
    const order = { created_at: 'createdAt', size_in_bytes: 'size' }[query.get('sort')] ?? 'accessedAt';
    const way = query.get('direction') === 'asc' ? 1 : -1;
    return cache.all()
      .filter((each) => each.finalized && each.repository === repository && each.key.startsWith(query.get('key') ?? '') && (query.get('ref') === null || each.scope === query.get('ref')))
      .sort((a, b) => way * (a[order] - b[order] || a.id - b.id));
  };
  const listArtifacts = ({ url, repository }, ofRun) => {
    const name = url.searchParams.get('name');
    const found = artifacts.all().filter((each) => each.finalized && each.repository === repository && ofRun(each) && (name === null || each.name === name)).reverse();
    return paged(url, found, (items) => ({ total_count: found.length, artifacts: items.map(showArtifact) }));
  };
  const listRuns = ({ url, repository }, workflow) => {
    const found = filterRuns([...runs.values()].filter((run) => run.repository === repository && (workflow === undefined || run.workflowPath.endsWith(`/${workflow}`))), url.searchParams);
    return paged(url, found, (items) => ({ total_count: found.length, workflow_runs: items.map((run) => showRun(run, getUrl())) }));
  };
  const notFound = () => refuseRest(404, 'Not Found');

  const handlers = {
    'rest.get-repository': ({ repository }) => answerJson(200, showRepository(repository, world)),
    'rest.list-caches': ({ url, repository }) => {
      const found = cachesOf(repository, url.searchParams);
      return paged(url, found, (items) => ({ total_count: found.length, actions_caches: items.map(showCache) }));
    },
    'rest.delete-caches': ({ url, repository, call }) => {
      const key = url.searchParams.get('key');
      const ref = url.searchParams.get('ref');
      if (key === null) return refuse(call, 422, 'key is needed');
      const gone = cache.remove((each) => each.finalized && each.repository === repository && each.key === key && (ref === null || each.scope === ref));
      return gone.length === 0 ? notFound() : answerJson(200, { total_count: gone.length, actions_caches: gone.map(showCache) });
    },
    'rest.delete-cache': ({ repository, params }) => (cache.remove((each) => each.finalized && each.repository === repository && each.id === Number(params.cache)).length === 0 ? notFound() : { status: 204 }),
    'rest.list-runs': (request) => listRuns(request),
    'rest.list-workflow-runs': (request) => listRuns(request, request.params.workflow),
    'rest.get-run': ({ repository, params }) => {
      const run = runs.get(`${repository} ${params.run}`);
      return run === undefined ? notFound() : answerJson(200, showRun(run, getUrl()));
    },
    'rest.get-run-attempt': ({ repository, params }) => {
      const run = runs.get(`${repository} ${params.run}`);
      const attempt = Number(params.attempt);
      if (run === undefined || attempt < 1 || attempt > run.attempt) return notFound();
      return answerJson(200, showRun(attempt === run.attempt ? run : { ...run, conclusion: 'failure', ...run.attempts?.[attempt], status: 'completed', attempt, attempts: undefined }, getUrl()));
    },
    'rest.list-run-artifacts': (request) => (runs.has(`${request.repository} ${request.params.run}`) ? listArtifacts(request, (each) => each.runId === Number(request.params.run)) : notFound()),
    'rest.list-artifacts': (request) => listArtifacts(request, () => true),
    'rest.get-artifact': ({ repository, params }) => {
      const artifact = artifactOf(repository, params.artifact);
      return artifact === undefined ? notFound() : answerJson(200, showArtifact(artifact));
    },
    'rest.delete-artifact': ({ repository, params }) => (artifacts.remove((each) => each.finalized && each.repository === repository && each.id === Number(params.artifact)).length === 0 ? notFound() : { status: 204 }),
    'rest.download-artifact': ({ repository, params, job }) => {
      const artifact = artifactOf(repository, params.artifact);
      if (artifact === undefined) return notFound();
      if (artifact.expiresAt <= now()) return refuseRest(410, 'Artifact has expired');
      return { status: 302, headers: { location: artifacts.signDownload(artifact, job) } };
    },
    'rest.dispatch-workflow': ({ call, repository, params, value, job }) => {
      const { ref, inputs = {} } = value;
      if (typeof ref !== 'string' || ref === '') return refuse(call, 422, 'Invalid request.\n\n"ref" wasn\'t supplied.');
      if (typeof inputs !== 'object' || inputs === null || Array.isArray(inputs)) return refuse(call, 422, 'inputs has to be an object');
      if (Object.keys(inputs).length > maxDispatchInputs) return refuse(call, 422, `you may only define up to ${maxDispatchInputs} inputs for a workflow_dispatch event`);
      if (JSON.stringify(inputs).length > 65_535) return refuse(call, 422, 'inputs are too large');
      sent.push({ at: now(), kind: 'workflow_dispatch', repository, workflow: decodeURIComponent(params.workflow), ref, inputs, by: job.login });
      return { status: 204 };
    },
    'rest.dispatch': ({ call, repository, value, job }) => {
      const { event_type: type, client_payload: payload = {} } = value;
      if (typeof type !== 'string' || type === '' || type.length > 100) return refuse(call, 422, 'event_type has 1 to 100 characters');
      if (typeof payload !== 'object' || payload === null || Object.keys(payload).length > 10) return refuse(call, 422, 'client_payload has at most 10 top-level properties');
      sent.push({ at: now(), kind: 'repository_dispatch', repository, type, payload, by: job.login });
      return { status: 204 };
    },
    'rest.get-pull': ({ repository, params }) => {
      const pull = pulls.get(`${repository} ${params.pull}`);
      return pull === undefined ? notFound() : answerJson(200, showPull(pull, { repository, world }));
    },
    ...comments.handlers,
    ...checkRuns.handlers,
  };

  const serve = (request, found, job) => {
    const { call, params } = found;
    const repository = `${params.owner}/${params.repo}`;
    if ((request.headers['user-agent'] ?? '') === '') return refuse(call, 403, 'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.');
    const version = request.headers['x-github-api-version'];
    if (version !== undefined && !knownApiVersions.has(version)) return refuse(call, 400, `${version} is no supported version of the API`);
    if (job === undefined || job.expired) return refuseRest(401, request.headers.authorization === undefined ? 'Requires authentication' : 'Bad credentials');
    // A token sees its own repository alone.
    if (job.repository !== repository) return notFound();
    if (!may(job, found)) {
      const answer = refuseRest(403, 'Resource not accessible by integration');
      return { ...answer, headers: { ...answer.headers, 'x-accepted-github-permissions': found.permission.map((one) => one.replace(':', '=').replaceAll('-', '_')).join('; ') } };
    }
    if (makesContent.has(call) && isTooMuchContent(job)) {
      const answer = refuseRest(403, 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.');
      return { ...answer, headers: { ...answer.headers, 'retry-after': '60' } };
    }
    const value = readBody(request.body);
    if (value === undefined) return refuse(call, 400, 'Problems parsing JSON');
    return handlers[call]({ url: request.url, call, params, repository, job, value });
  };

  const handle = (request, found, job) => {
    const { headers, over } = countRequest(`${found.params.owner}/${found.params.repo}`);
    const answer = over ? refuseRest(403, 'API rate limit exceeded for installation.') : serve(request, found, job);
    return { ...answer, headers: { ...headers, 'x-github-request-id': `E${nextId()}`, 'x-github-media-type': 'github.v3; format=json', ...answer.headers } };
  };

  const plantRun = ({ id, ...about }) => {
    const repository = about.repository ?? world.repository;
    const name = `${repository} ${id}`;
    const at = now();
    runs.set(name, {
      status: 'completed', conclusion: 'success', event: 'push', branch: world.defaultBranch, sha: '0'.repeat(40), workflow: 'CI', workflowPath: '.github/workflows/ci.yml', attempt: 1, createdAt: at, actor: 'octocat',
      ...runs.get(name), ...about, id: Number(id), repository, updatedAt: at,
    });
  };
  const plantPull = ({ repository = world.repository, ...pull }) => {
    pulls.set(`${repository} ${pull.number}`, { state: 'open', draft: false, author: 'octocat', base: world.defaultBranch, head: 'feature', fork: false, ...pulls.get(`${repository} ${pull.number}`), ...pull });
  };
  /** A job that begins makes its run go on. */
  const knowJob = (job) => {
    const known = runs.get(`${job.repository} ${job.runId}`);
    const attempts = known === undefined || known.attempt >= job.attempt ? known?.attempts : { ...known.attempts, [known.attempt]: { conclusion: known.conclusion ?? 'failure', sha: known.sha } };
    plantRun({
      id: job.runId, repository: job.repository, attempts, attempt: Math.max(job.attempt, known?.attempt ?? 0), status: 'in_progress', conclusion: null, event: job.event, sha: job.sha,
      branch: job.pull === undefined ? job.ref.replace(/^refs\/(?:heads|tags)\//u, '') : (job.pull.head ?? 'feature'), workflow: job.workflow, workflowPath: job.workflowPath, actor: job.actor,
    });
    if (job.pull !== undefined) plantPull({ repository: job.repository, sha: job.sha, ...job.pull });
  };

  return {
    handle, knowJob, plantRun, plantPull,
    comments: comments.all, plantComment: ({ repository = world.repository, ...comment }) => {
      if (!pulls.has(`${repository} ${comment.issue}`)) plantPull({ repository, number: comment.issue });
      return comments.plant({ repository, ...comment });
    },
    checkRuns: checkRuns.all, dispatches: () => [...sent],
  };
}

const iso = (ms) => new Date(ms).toISOString().replace(/\.\d{3}Z$/u, 'Z');

function readBody(body) {
  if (body.length === 0) return {};
  try {
    const value = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** One page of a list, and the addresses of the others. More than 100 is 100, as at GitHub. */
function paged(url, all, show) {
  const number = (name, otherwise) => {
    const value = Number(url.searchParams.get(name) ?? otherwise);
    return Number.isInteger(value) && value > 0 ? value : otherwise;
  };
  const size = Math.min(number('per_page', 30), 100);
  const page = number('page', 1);
  const last = Math.max(1, Math.ceil(all.length / size));
  const link = (to, rel) => {
    const other = new URL(url);
    other.searchParams.set('page', String(to));
    return `<${other.href}>; rel="${rel}"`;
  };
  const links = [...(page > 1 ? [link(page - 1, 'prev'), link(1, 'first')] : []), ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : [])];
  return answerJson(200, show(all.slice((page - 1) * size, page * size)), links.length === 0 ? {} : { link: links.join(', ') });
}

function showPull({ number, state, draft, author, base, head, fork, sha, baseSha }, { repository, world }) {
  const [owner, name] = repository.split('/');
  const from = fork ? `${author}/${name}` : repository;
  return {
    id: number, number, state, draft, title: `Pull request ${number}`, user: { login: author, type: 'User' }, author_association: fork ? 'CONTRIBUTOR' : 'MEMBER', merged: false, mergeable: true,
    html_url: `https://github.com/${repository}/pull/${number}`, body: null,
    head: { ref: head, sha: sha ?? '1'.repeat(40), label: `${fork ? author : owner}:${head}`, repo: { full_name: from, fork, private: world.visibility === 'private' } },
    base: { ref: base, sha: baseSha ?? '2'.repeat(40), label: `${owner}:${base}`, repo: { full_name: repository, fork: false, private: world.visibility === 'private' } },
  };
}
