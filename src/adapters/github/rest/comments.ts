import { fitMarkdown, limits } from '../../../core/report/pull/fit-markdown.js';
import type { ApiAnswer } from './api-answer.js';
import type { SendRequest } from './api-request.js';
import { listPages } from './list-pages.js';
import { countAt, textAt } from './read-fields.js';

/** One comment that is written once and then kept up to date. */
export interface StickyComment {
  /** The pull request. */
  readonly number: number;
  /** Markdown that nobody sees, which the comment begins with and is known by. */
  readonly marker: string;
  readonly body: string;
  /** Whether the comment that is there is of something newer, and stays. */
  readonly isNewer?: (body: string) => boolean;
}

export interface CommentWritten {
  readonly change: 'created' | 'updated' | 'kept';
  readonly url: string;
}

interface Found {
  readonly id: number;
  readonly url: string;
  readonly body: string;
  readonly byBot: boolean;
}

const permission = 'pull-requests: write';
/** Of a hundred comments each. */
const mostPages = 30;

/** Writes the comment, or changes the one that stands there already. */
export async function upsertComment(send: SendRequest, comment: StickyComment): Promise<ApiAnswer<CommentWritten>> {
  const { number, marker, isNewer } = comment;
  const body = writeBody(comment);
  const known = await findComment(send, { number, marker });
  if (known.kind !== 'done') return known;
  const found = known.value;
  if (found !== undefined && isNewer?.(found.body) === true) return { kind: 'done', value: { change: 'kept', url: found.url } };
  if (found !== undefined) {
    const updated = await updateComment(send, found.id, body);
    // It was removed meanwhile.
    if (updated.kind !== 'absent') return updated;
  }
  return await send<CommentWritten>({
    doing: `comment on pull request ${number}`,
    route: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
    parameters: { issue_number: number, body },
    permission,
    read: readWritten('created'),
    again: async () => {
      const again = await findComment(send, { number, marker });
      if (again.kind !== 'done') return again;
      return { kind: 'done', value: again.value === undefined ? undefined : { change: 'created', url: again.value.url } };
    },
  });
}

function writeBody({ marker, body }: StickyComment): string {
  const rest = body.startsWith(marker) ? body.slice(marker.length).replace(/^\n/u, '') : body;
  return `${marker}\n${fitMarkdown(rest, limits.comment - marker.length - 1)}`;
}

async function updateComment(send: SendRequest, id: number, body: string): Promise<ApiAnswer<CommentWritten>> {
  return await send<CommentWritten>({
    doing: 'change its comment',
    route: 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
    parameters: { comment_id: id, body },
    permission,
    read: readWritten('updated'),
    again: 'freely',
  });
}

function readWritten(change: CommentWritten['change']): (reply: { readonly body: unknown }) => CommentWritten | undefined {
  return ({ body }) => (countAt(body, 'id') === undefined ? undefined : { change, url: textAt(body, 'html_url') ?? '' });
}

/** The oldest that begins with the marker, an app's before a person's. */
async function findComment(send: SendRequest, { number, marker }: Pick<StickyComment, 'number' | 'marker'>): Promise<ApiAnswer<Found | undefined>> {
  const listed = await listPages(send, {
    doing: `list the comments of pull request ${number}`,
    route: 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
    parameters: { issue_number: number },
    permission,
    field: null,
    readItem: (item) => readOwn(item, marker),
    mostPages,
    enough: (items) => items.some(({ byBot }) => byBot),
  });
  if (listed.kind !== 'done') return listed;
  const { items, whole } = listed.value;
  const found = items.find(({ byBot }) => byBot) ?? items[0];
  if (found === undefined && !whole) return { kind: 'unavailable', reason: `pull request ${number} has more than ${mostPages * 100} comments, and among so many its own is not looked for: a second one would stand there` };
  return { kind: 'done', value: found };
}

/** Anybody can write a comment that begins so: only what an app of this repository wrote, or somebody who belongs here, is ours to change. */
function readOwn(item: unknown, marker: string): Found | undefined {
  const [id, body] = [countAt(item, 'id'), textAt(item, 'body')];
  if (id === undefined || body?.startsWith(marker) !== true) return undefined;
  const byBot = textAt(item, 'user', 'type') === 'Bot';
  const byMember = ['OWNER', 'MEMBER', 'COLLABORATOR'].includes(textAt(item, 'author_association') ?? '');
  return byBot || byMember ? { id, body, byBot, url: textAt(item, 'html_url') ?? '' } : undefined;
}
