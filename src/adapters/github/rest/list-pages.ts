import type { ApiAnswer, ApiPermission } from './api-answer.js';
import type { SendRequest } from './api-request.js';
import { listAt } from './read-fields.js';

export interface PagedRequest<T> {
  readonly doing: string;
  readonly route: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly permission: ApiPermission;
  /** The field that holds the items; null where the answer is the list itself. */
  readonly field: string | null;
  /** Nothing where an item is not of the form: it is left out. */
  readonly readItem: (item: unknown) => T | undefined;
  readonly mostPages: number;
  /** Whether what is there so far is enough. */
  readonly enough?: (items: readonly T[]) => boolean;
}

/** `whole` is false where there are more pages than were wanted. */
export interface Listed<T> {
  readonly items: readonly T[];
  readonly whole: boolean;
}

const pageSize = 100;

/** A list of many pages, one after the other. */
export async function listPages<T>(send: SendRequest, request: PagedRequest<T>): Promise<ApiAnswer<Listed<T>>> {
  const { doing, route, parameters, permission, field, readItem, mostPages, enough } = request;
  const items: T[] = [];
  for (let page = 1; page <= mostPages; page++) {
    const answer = await send({
      doing, route, permission, again: 'freely',
      parameters: { ...parameters, per_page: pageSize, page },
      read: ({ body }) => (field === null ? listAt({ body }, 'body') : listAt(body, field)),
    });
    if (answer.kind !== 'done') return answer;
    items.push(...answer.value.flatMap((item) => readItem(item) ?? []));
    if (answer.value.length < pageSize || enough?.(items) === true) return { kind: 'done', value: { items, whole: true } };
  }
  return { kind: 'done', value: { items, whole: false } };
}
