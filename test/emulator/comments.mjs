// Comments of issues and pull requests.
import { answerJson, refuseRest } from './answers.mjs';

const maxBody = 65_536;
const iso = (ms) => new Date(ms).toISOString().replace(/\.\d{3}Z$/u, 'Z');

export function createComments({ now, nextId, refuse, paged, hasIssue }) {
  const comments = [];
  const notFound = () => refuseRest(404, 'Not Found');
  const show = ({ id, repository, issue, body, user, bot, createdAt, updatedAt }) => ({
    id, node_id: `IC_${id}`, body, user: { login: user, type: bot ? 'Bot' : 'User' }, author_association: bot ? 'NONE' : 'MEMBER', created_at: iso(createdAt), updated_at: iso(updatedAt),
    issue_url: `https://api.github.com/repos/${repository}/issues/${issue}`, html_url: `https://github.com/${repository}/pull/${issue}#issuecomment-${id}`, performed_via_github_app: bot ? { slug: 'github-actions' } : null,
  });
  const checkBody = (call, { body }) => {
    if (typeof body !== 'string') return refuse(call, 422, 'Invalid request.\n\n"body" wasn\'t supplied.');
    if (body.trim() === '') return refuse(call, 422, 'Validation Failed', [{ resource: 'IssueComment', code: 'unprocessable', field: 'data', message: 'Body cannot be blank' }]);
    if ([...body].length > maxBody) return refuse(call, 422, 'Validation Failed', [{ resource: 'IssueComment', code: 'unprocessable', field: 'data', message: `Body is too long (maximum is ${maxBody} characters)` }]);
    return undefined;
  };
  const plant = ({ repository, issue, body, user = 'octocat', bot = user.endsWith('[bot]') }) => {
    const comment = { id: nextId(), repository, issue: Number(issue), body, user, bot, createdAt: now(), updatedAt: now(), edits: 0 };
    comments.push(comment);
    return comment.id;
  };
  const find = ({ repository, params }) => comments.find((each) => each.repository === repository && each.id === Number(params.comment));

  const handlers = {
    'rest.list-comments': ({ url, repository, params }) => {
      if (!hasIssue(repository, params.issue)) return notFound();
      const since = Date.parse(url.searchParams.get('since') ?? '');
      return paged(url, comments.filter((each) => each.repository === repository && each.issue === Number(params.issue) && !(each.updatedAt < since)), (items) => items.map(show));
    },
    'rest.create-comment': ({ call, repository, params, value, job }) => {
      if (!hasIssue(repository, params.issue)) return notFound();
      const refused = checkBody(call, value);
      if (refused !== undefined) return refused;
      const id = plant({ repository, issue: params.issue, body: value.body, user: job.login });
      return answerJson(201, show(comments.find((each) => each.id === id)));
    },
    'rest.get-comment': (request) => {
      const comment = find(request);
      return comment === undefined ? notFound() : answerJson(200, show(comment));
    },
    'rest.update-comment': (request) => {
      const comment = find(request);
      if (comment === undefined) return notFound();
      const refused = checkBody(request.call, request.value);
      if (refused !== undefined) return refused;
      Object.assign(comment, { body: request.value.body, updatedAt: now(), edits: comment.edits + 1 });
      return answerJson(200, show(comment));
    },
  };
  return { handlers, plant, all: () => comments.map((each) => ({ ...each })) };
}
