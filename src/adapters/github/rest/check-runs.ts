import type { CheckAnnotation } from '../../../core/report/pull/check-annotations.js';
import type { CheckConclusion } from '../../../core/report/pull/check-run.js';
import { fitMarkdown, fitPlain, limits } from '../../../core/report/pull/fit-markdown.js';
import type { ApiAnswer } from './api-answer.js';
import type { SendRequest } from './api-request.js';
import { listPages } from './list-pages.js';
import { countAt, textAt } from './read-fields.js';

/** A check run that has ended, as it shall stand at a commit. */
export interface CheckWish {
  readonly name: string;
  readonly headSha: string;
  readonly title: string;
  readonly summary: string;
  readonly text?: string;
  readonly conclusion: CheckConclusion;
  readonly annotations: readonly CheckAnnotation[];
  /** What it is found again by. */
  readonly externalId: string;
  readonly detailsUrl?: string;
}

export interface CheckWritten {
  readonly id: number;
  readonly url: string;
  /** Annotations that GitHub did not take any more. */
  readonly left: number;
}

export interface FoundCheck {
  readonly id: number;
  readonly url: string;
  readonly annotations: number;
}

const permission = 'checks: write';
const batchSize = 50;
const mostPages = 10;

/** The check run of this name and external id at a commit; the newest where there are several. */
export async function findCheck(send: SendRequest, { headSha, name, externalId }: Pick<CheckWish, 'headSha' | 'name' | 'externalId'>): Promise<ApiAnswer<FoundCheck | undefined>> {
  const listed = await listPages(send, {
    doing: `list the check runs of ${headSha.slice(0, 12)}`,
    route: 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
    parameters: { ref: headSha, check_name: fitPlain(name, limits.title), filter: 'all' },
    permission,
    field: 'check_runs',
    readItem: (item) => (textAt(item, 'external_id') === externalId ? readCheck(item) : undefined),
    mostPages,
  });
  if (listed.kind !== 'done') return listed;
  return { kind: 'done', value: [...listed.value.items].sort((a, b) => b.id - a.id)[0] };
}

export async function createCheck(send: SendRequest, wish: CheckWish): Promise<ApiAnswer<CheckWritten>> {
  const { name, headSha } = wish;
  const made = await send<FoundCheck>({
    doing: `make the check run ${name}`,
    route: 'POST /repos/{owner}/{repo}/check-runs',
    parameters: { name: fitPlain(name, limits.title), head_sha: headSha, ...describeCheck(wish, 0) },
    permission,
    read: ({ body }) => readCheck(body),
    again: () => findCheck(send, wish),
  });
  return made.kind === 'done' ? await addAnnotations(send, wish, { found: made.value, from: batchSize }) : made;
}

/** What is written about it anew; of the annotations those that it has not yet, as GitHub adds and never replaces. */
export async function updateCheck(send: SendRequest, id: number, wish: CheckWish): Promise<ApiAnswer<CheckWritten>> {
  const now = await getCheck(send, id);
  if (now.kind !== 'done') return now;
  const from = Math.min(now.value.annotations, wish.annotations.length);
  const changed = await patchCheck(send, wish, { id, from });
  return changed.kind === 'done' ? await addAnnotations(send, wish, { found: changed.value, from: from + batchSize }) : changed;
}

async function addAnnotations(send: SendRequest, wish: CheckWish, { found, from }: { readonly found: FoundCheck; readonly from: number }): Promise<ApiAnswer<CheckWritten>> {
  const { id, url } = found;
  const total = wish.annotations.length;
  for (let at = from; at < total; at += batchSize) {
    const added = await patchCheck(send, wish, { id, from: at });
    // The check stands; it is but poorer.
    if (added.kind !== 'done') return { kind: 'done', value: { id, url, left: total - at } };
  }
  return { kind: 'done', value: { id, url, left: 0 } };
}

async function patchCheck(send: SendRequest, wish: CheckWish, { id, from }: { readonly id: number; readonly from: number }): Promise<ApiAnswer<FoundCheck>> {
  const upTo = Math.min(from + batchSize, wish.annotations.length);
  return await send<FoundCheck>({
    doing: `change the check run ${wish.name}`,
    route: 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
    parameters: { check_run_id: id, ...describeCheck(wish, from) },
    permission,
    read: ({ body }) => readCheck(body),
    again: upTo <= from ? 'freely' : async () => {
      const now = await getCheck(send, id);
      return now.kind !== 'done' || now.value.annotations >= upTo ? now : { kind: 'done', value: undefined };
    },
  });
}

async function getCheck(send: SendRequest, id: number): Promise<ApiAnswer<FoundCheck>> {
  return await send({
    doing: `look up check run ${id}`,
    route: 'GET /repos/{owner}/{repo}/check-runs/{check_run_id}',
    parameters: { check_run_id: id },
    permission,
    again: 'freely',
    read: ({ body }) => readCheck(body),
  });
}

function describeCheck(wish: CheckWish, from: number): Readonly<Record<string, unknown>> {
  const { title, summary, text, conclusion, annotations, externalId, detailsUrl } = wish;
  return {
    external_id: externalId,
    ...(detailsUrl === undefined ? {} : { details_url: detailsUrl }),
    status: 'completed',
    conclusion,
    output: {
      title: fitPlain(title, limits.title),
      summary: fitMarkdown(summary, limits.checkText),
      ...(text === undefined || text === '' ? {} : { text: fitMarkdown(text, limits.checkText) }),
      annotations: annotations.slice(from, from + batchSize).map(writeAnnotation),
    },
  };
}

function writeAnnotation({ path, startLine, endLine, startColumn, endColumn, level, title, message }: CheckAnnotation): Readonly<Record<string, unknown>> {
  return {
    path, start_line: startLine, end_line: endLine,
    // GitHub takes columns within one line only.
    ...(startLine === endLine && startColumn !== null ? { start_column: startColumn, end_column: endColumn ?? startColumn } : {}),
    annotation_level: level,
    title: fitPlain(title, limits.title),
    message: fitPlain(message, limits.annotation),
  };
}

function readCheck(body: unknown): FoundCheck | undefined {
  const id = countAt(body, 'id');
  return id === undefined ? undefined : { id, url: textAt(body, 'html_url') ?? '', annotations: countAt(body, 'output', 'annotations_count') ?? 0 };
}
