// Jobs as the services know them: what their tokens allow, and the environment that the runner gives them.
import { createHash, randomUUID } from 'node:crypto';

const uuidOf = (text) => createHash('sha256').update(text).digest('hex').replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/u, '$1-$2-4$3-8$4-$5');
const base64url = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** Events that outsiders can start in the scope of the default branch: GitHub gives them a cache token that only reads. */
const readOnlyEvents = new Set(['pull_request_target', 'issue_comment']);
const allPermissions = ['actions', 'checks', 'contents', 'issues', 'pull-requests', 'statuses', 'deployments'];

/** A job, made of what a test says of it and of what the repository is. */
export function createJob(given, world) {
  const { runId, attempt = 1, job = 'build', event = given.pull === undefined ? 'push' : 'pull_request', pull } = given;
  const repository = given.repository ?? world.repository;
  const ref = given.ref ?? (pull === undefined ? `refs/heads/${world.defaultBranch}` : `refs/pull/${pull.number}/merge`);
  const fork = pull?.fork === true;
  const readOnly = given.readOnlyCache ?? readOnlyEvents.has(event);
  const label = given.label ?? `${runId}/${attempt}/${job}`;
  const scopes = given.scopes ?? scopesOf({ ref, readOnly, base: pull === undefined ? undefined : `refs/heads/${pull.base ?? world.defaultBranch}`, defaultRef: `refs/heads/${world.defaultBranch}` });
  return {
    label, repository, runId: Number(runId), attempt: Number(attempt), job, ref, event, pull, scopes,
    sha: given.sha ?? createHash('sha1').update(`${repository}@${ref}`).digest('hex'),
    workflow: given.workflow ?? 'CI', workflowPath: given.workflowPath ?? '.github/workflows/ci.yml', actor: given.actor ?? 'octocat',
    runBackendId: uuidOf(`run ${repository} ${runId}${world.attemptsShareArtifacts ? '' : ` ${attempt}`}`),
    jobBackendId: uuidOf(`job ${repository} ${label}`),
    permissions: given.permissions ?? Object.fromEntries(allPermissions.map((name) => [name, fork ? 'read' : 'write'])),
    cacheMode: given.cacheMode,
    login: 'github-actions[bot]',
  };
}

function scopesOf({ ref, readOnly, base, defaultRef }) {
  const scopes = [{ Scope: ref, Permission: readOnly ? 1 : 3 }];
  for (const other of [base, defaultRef]) {
    if (other !== undefined && !scopes.some(({ Scope }) => Scope === other)) scopes.push({ Scope: other, Permission: 1 });
  }
  return scopes;
}

/** The token of a job for caches and artifacts: clients read `scp`, the services read `ac`. Its signature says nothing. */
export function writeRuntimeToken(job, nowMs) {
  const seconds = Math.floor(nowMs / 1000);
  const payload = {
    scp: `Actions.GenericRead:${job.runBackendId} Actions.Results:${job.runBackendId}:${job.jobBackendId}`, ac: JSON.stringify(job.scopes),
    iss: 'https://token.actions.githubusercontent.com', nbf: seconds - 60, exp: seconds + 6 * 3600, jti: randomUUID(), repository_id: '1', oidc_sub: job.label,
  };
  return `${base64url({ typ: 'JWT', alg: 'RS256' })}.${base64url(payload)}.${Buffer.from('emulated').toString('base64url')}`;
}

/** The variables that a step of the job sees, those of the services among them. */
export function writeEnvironment(job, { url, runtimeToken, restToken, retentionDays }) {
  const [owner] = job.repository.split('/');
  const [, kind, name] = /^refs\/(heads|tags|pull)\/(.+)$/u.exec(job.ref) ?? [];
  return {
    CI: 'true', GITHUB_ACTIONS: 'true',
    ACTIONS_RESULTS_URL: `${url}/`, ACTIONS_RUNTIME_URL: `${url}/runtime/`, ACTIONS_CACHE_URL: `${url}/`, ACTIONS_CACHE_SERVICE_V2: 'true', ACTIONS_RUNTIME_TOKEN: runtimeToken,
    ...(job.cacheMode === undefined ? {} : { ACTIONS_CACHE_MODE: job.cacheMode }),
    GITHUB_API_URL: url, GITHUB_GRAPHQL_URL: `${url}/graphql`, GITHUB_SERVER_URL: 'https://github.com', GITHUB_TOKEN: restToken,
    GITHUB_REPOSITORY: job.repository, GITHUB_REPOSITORY_OWNER: owner, GITHUB_REPOSITORY_ID: '1', GITHUB_REPOSITORY_OWNER_ID: '1',
    GITHUB_RUN_ID: String(job.runId), GITHUB_RUN_NUMBER: String(job.runId), GITHUB_RUN_ATTEMPT: String(job.attempt), GITHUB_JOB: job.job,
    GITHUB_REF: job.ref, GITHUB_REF_NAME: name ?? job.ref, GITHUB_REF_TYPE: kind === 'tags' ? 'tag' : 'branch', GITHUB_SHA: job.sha,
    GITHUB_BASE_REF: job.pull === undefined ? '' : (job.pull.base ?? 'main'), GITHUB_HEAD_REF: job.pull === undefined ? '' : (job.pull.head ?? 'feature'),
    GITHUB_EVENT_NAME: job.event, GITHUB_ACTOR: job.actor, GITHUB_TRIGGERING_ACTOR: job.actor,
    GITHUB_WORKFLOW: job.workflow, GITHUB_WORKFLOW_REF: `${job.repository}/${job.workflowPath}@${job.ref}`, GITHUB_WORKFLOW_SHA: job.sha,
    GITHUB_RETENTION_DAYS: String(retentionDays),
    RUNNER_OS: 'Linux', RUNNER_ARCH: 'X64', RUNNER_ENVIRONMENT: 'github-hosted', RUNNER_NAME: 'emulated',
    // A proxy of the machine has nothing to do with a loopback address.
    NO_PROXY: '127.0.0.1,localhost', no_proxy: '127.0.0.1,localhost',
  };
}
