// Runs and repositories as the REST routes show them.

const iso = (ms) => new Date(ms).toISOString().replace(/\.\d{3}Z$/u, 'Z');

export function showRun(run, url) {
  const home = `https://github.com/${run.repository}`;
  const self = `${url}/repos/${run.repository}/actions/runs/${run.id}`;
  return {
    id: run.id, name: run.workflow, display_title: run.workflow, node_id: `WFR_${run.id}`, head_branch: run.branch, head_sha: run.sha, path: run.workflowPath, run_number: run.id, run_attempt: run.attempt,
    event: run.event, status: run.status, conclusion: run.conclusion, workflow_id: 1, check_suite_id: run.id, url: self, html_url: `${home}/actions/runs/${run.id}`,
    jobs_url: `${self}/jobs`, artifacts_url: `${self}/artifacts`, previous_attempt_url: run.attempt > 1 ? `${self}/attempts/${run.attempt - 1}` : null,
    created_at: iso(run.createdAt), updated_at: iso(run.updatedAt), run_started_at: iso(run.createdAt), pull_requests: [],
    actor: { login: run.actor, type: 'User' }, triggering_actor: { login: run.actor, type: 'User' },
    repository: { id: 1, full_name: run.repository, html_url: home }, head_repository: { id: 1, full_name: run.repository },
  };
}

export function showRepository(repository, { visibility, defaultBranch }) {
  const [owner, name] = repository.split('/');
  return {
    id: 1, node_id: 'R_1', name, full_name: repository, private: visibility !== 'public', visibility, default_branch: defaultBranch, fork: false, archived: false, disabled: false,
    owner: { login: owner, id: 1, type: 'Organization' }, html_url: `https://github.com/${repository}`, url: `https://api.github.com/repos/${repository}`,
  };
}

/** Newest first. `status` is a status or a conclusion. */
export function filterRuns(runs, query) {
  const is = (name, pick) => query.get(name) === null || pick === query.get(name);
  return runs
    .filter((run) => is('actor', run.actor) && is('branch', run.branch) && is('event', run.event) && is('head_sha', run.sha))
    .filter((run) => is('status', run.status) || is('status', run.conclusion))
    .filter((run) => isWithin(run.createdAt, query.get('created')))
    .sort((a, b) => b.createdAt - a.createdAt || b.id - a.id);
}

/** A range of times as GitHub's search writes it: `>=2026-01-01`, `2026-01-01..2026-02-01`. */
function isWithin(at, range) {
  if (range === null) return true;
  const [, from, to] = /^(.+)\.\.(.+)$/u.exec(range) ?? [];
  if (from !== undefined) return (from === '*' || at >= Date.parse(from)) && (to === '*' || at <= endOf(to));
  const [, sign = '', time = range] = /^(>=|<=|>|<)(.+)$/u.exec(range) ?? [];
  if (sign === '>=') return at >= Date.parse(time);
  if (sign === '>') return at > endOf(time);
  if (sign === '<=') return at <= endOf(time);
  if (sign === '<') return at < Date.parse(time);
  return at >= Date.parse(time) && at <= endOf(time);
}

/** A day lasts until its end. */
function endOf(time) {
  return Date.parse(time) + (/^\d{4}-\d\d-\d\d$/u.test(time) ? 86_400_000 - 1 : 999);
}
