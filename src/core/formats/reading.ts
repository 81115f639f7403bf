/** Why a report has no value. */
export interface Unreadable {
  readonly kind: 'unreadable';
  readonly reason: string;
}

/** What came of reading a report: its numbers, or the reason why it has none. */
export type Reading<Report> = { readonly kind: 'report'; readonly report: Report } | Unreadable;

export function unreadable(reason: string): Unreadable {
  return { kind: 'unreadable', reason };
}
