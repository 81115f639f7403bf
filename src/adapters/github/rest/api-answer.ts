/** What the job's token may be allowed to do, as a workflow writes it under `permissions:`. */
export type ApiPermission = `${'actions' | 'checks' | 'contents' | 'issues' | 'pull-requests'}: ${'read' | 'write'}`;

/** What came of asking GitHub; nothing is ever thrown. */
export type ApiAnswer<T> = { readonly kind: 'done'; readonly value: T } | NotDone;

export type NotDone =
  /** The token may not, or is not taken: asking again changes nothing. */
  | { readonly kind: 'forbidden'; readonly permission: ApiPermission; readonly reason: string }
  | { readonly kind: 'absent' }
  /** GitHub cannot be reached, has had enough, or answers what nobody can read. */
  | { readonly kind: 'unavailable'; readonly reason: string };
