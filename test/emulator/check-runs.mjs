// Check runs and their annotations, which add up over requests of at most 50.
import { answerJson, refuseRest } from './answers.mjs';

const maxAnnotations = 50;
const maxText = 65_535;
const maxMessageBytes = 65_536;
const statuses = ['queued', 'in_progress', 'completed', 'waiting', 'requested', 'pending'];
/** `stale` is for GitHub alone to say. */
const conclusions = ['action_required', 'cancelled', 'failure', 'neutral', 'success', 'skipped', 'timed_out'];
const levels = ['notice', 'warning', 'failure'];
const iso = (ms) => new Date(ms).toISOString().replace(/\.\d{3}Z$/u, 'Z');
const isText = (value) => typeof value === 'string' && value !== '';

export function createCheckRuns({ now, nextId, refuse, paged, getUrl }) {
  const runs = [];
  const notFound = () => refuseRest(404, 'Not Found');
  const show = (run) => ({
    id: run.id, name: run.name, head_sha: run.headSha, external_id: run.externalId, status: run.status, conclusion: run.conclusion, details_url: run.detailsUrl,
    url: `${getUrl()}/repos/${run.repository}/check-runs/${run.id}`, html_url: `https://github.com/${run.repository}/runs/${run.id}`, started_at: run.startedAt, completed_at: run.completedAt,
    output: { title: null, summary: null, text: null, ...run.output, annotations_count: run.annotations.length, annotations_url: `${getUrl()}/repos/${run.repository}/check-runs/${run.id}/annotations` },
    app: { slug: 'github-actions' }, pull_requests: [],
  });
  const take = (run, value) => {
    const { name, status, conclusion, output, external_id: externalId, details_url: detailsUrl, started_at: startedAt, completed_at: completedAt } = value;
    const over = conclusion !== undefined || status === 'completed';
    const { annotations = [], title, summary, text = null } = output ?? {};
    Object.assign(run, {
      ...(name === undefined ? {} : { name }), ...(externalId === undefined ? {} : { externalId }), ...(detailsUrl === undefined ? {} : { detailsUrl }), ...(startedAt === undefined ? {} : { startedAt }),
      status: over ? 'completed' : (status ?? run.status), conclusion: conclusion ?? run.conclusion, completedAt: completedAt ?? (over ? iso(now()) : run.completedAt),
      ...(output === undefined ? {} : { output: { title: title ?? run.output?.title ?? null, summary, text }, annotations: [...run.annotations, ...annotations] }),
    });
  };

  const handlers = {
    'rest.create-check-run': ({ call, repository, value }) => {
      const wrong = findCreateFault(value) ?? findFault(value, { isNew: true });
      if (wrong !== undefined) return refuse(call, 422, `Invalid request.\n\n${wrong}`);
      const run = { id: nextId(), repository, name: value.name, headSha: value.head_sha, status: 'queued', conclusion: null, output: null, annotations: [], externalId: '', detailsUrl: null, startedAt: iso(now()), completedAt: null };
      take(run, value);
      runs.push(run);
      return answerJson(201, show(run));
    },
    'rest.update-check-run': ({ call, repository, params, value }) => {
      const run = runs.find((each) => each.repository === repository && each.id === Number(params.check));
      if (run === undefined) return notFound();
      const wrong = findFault(value, { isNew: false });
      if (wrong !== undefined) return refuse(call, 422, `Invalid request.\n\n${wrong}`);
      take(run, value);
      return answerJson(200, show(run));
    },
    'rest.get-check-run': ({ repository, params }) => {
      const run = runs.find((each) => each.repository === repository && each.id === Number(params.check));
      return run === undefined ? notFound() : answerJson(200, show(run));
    },
    'rest.list-check-runs': ({ url, repository, params }) => {
      const name = url.searchParams.get('check_name');
      const status = url.searchParams.get('status');
      const found = runs.filter((each) => each.repository === repository && each.headSha === params.commit && (name === null || each.name === name) && (status === null || each.status === status)).reverse();
      return paged(url, found, (items) => ({ total_count: found.length, check_runs: items.map(show) }));
    },
  };
  return { handlers, all: () => runs.map((run) => ({ ...run })) };
}

function findCreateFault({ name, head_sha: sha }) {
  if (!isText(name)) return '"name" wasn\'t supplied.';
  return typeof sha === 'string' && /^[0-9a-f]{40}$/u.test(sha) ? undefined : `No commit found for SHA: ${sha}`;
}

function findFault({ status, conclusion, output, details_url: detailsUrl, actions = [] }, { isNew }) {
  if (status !== undefined && !statuses.includes(status)) return `status is none of ${statuses.join(', ')}: ${status}`;
  if (conclusion !== undefined && !conclusions.includes(conclusion)) return `conclusion is none of ${conclusions.join(', ')}: ${conclusion}`;
  if (status === 'completed' && conclusion === undefined) return 'conclusion is needed when status is completed.';
  if (conclusion !== undefined && status !== undefined && status !== 'completed') return 'conclusion is of a completed check run.';
  if (detailsUrl !== undefined && !/^https?:\/\//u.test(detailsUrl)) return 'details_url must use http or https scheme';
  if (actions.length > 3) return 'No more than 3 actions are allowed.';
  return output === undefined ? undefined : findOutputFault(output, isNew);
}

function findOutputFault({ title, summary, text, annotations = [] }, isNew) {
  if (isNew && !isText(title)) return '"title" wasn\'t supplied in the output.';
  if (!isText(summary)) return '"summary" wasn\'t supplied in the output.';
  for (const [name, value] of Object.entries({ summary, text })) {
    if (typeof value === 'string' && value.length > maxText) return `Only ${maxText} characters are allowed in ${name}; ${value.length} were supplied.`;
  }
  if (annotations.length > maxAnnotations) return `No more than ${maxAnnotations} items are allowed; ${annotations.length} were supplied.`;
  return annotations.map(findAnnotationFault).find((fault) => fault !== undefined);
}

function findAnnotationFault({ path, start_line: start, end_line: end, start_column: from, end_column: to, annotation_level: level, message, title, raw_details: raw }) {
  if (!isText(path) || path.startsWith('/')) return `an annotation needs a path relative to the repository: ${path}`;
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 1 || end < start) return `an annotation needs start_line ≤ end_line, from 1: ${start}, ${end}`;
  if ((from !== undefined || to !== undefined) && start !== end) return 'columns are for annotations of one line.';
  if (!levels.includes(level)) return `annotation_level is none of ${levels.join(', ')}: ${level}`;
  if (!isText(message) || Buffer.byteLength(message) > maxMessageBytes) return 'an annotation needs a message of at most 64 KB.';
  if (title !== undefined && title.length > 255) return 'the title of an annotation has at most 255 characters.';
  return raw !== undefined && Buffer.byteLength(raw) > maxMessageBytes ? 'raw_details has at most 64 KB.' : undefined;
}
