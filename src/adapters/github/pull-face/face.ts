import type { ApiAnswer, ApiPermission } from '../rest/api-answer.js';

/** What of a run can be seen on GitHub beside the page of its job. */
export type Face = 'comment' | 'check';

export type FaceWish = 'auto' | 'on' | 'off';

/** How it went with one of them. */
export type FaceEnd =
  | { readonly kind: 'shown'; readonly note?: string }
  /** Nobody asked for it where there is no place for it. */
  | { readonly kind: 'unwanted' }
  | { readonly kind: 'hidden'; readonly because: Because };

export type Because =
  | { readonly kind: 'fork' }
  | { readonly kind: 'no-place'; readonly what: string }
  | { readonly kind: 'forbidden'; readonly permission: ApiPermission; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** Why nothing could be done, for people. */
export function explainNotDone(answer: Exclude<ApiAnswer<unknown>, { readonly kind: 'done' }>, absent: string): FaceEnd {
  switch (answer.kind) {
    case 'forbidden':
      return { kind: 'hidden', because: { kind: 'forbidden', permission: answer.permission, reason: answer.reason } };
    case 'absent':
      return { kind: 'hidden', because: { kind: 'failed', reason: absent } };
    case 'unavailable':
      return { kind: 'hidden', because: { kind: 'failed', reason: answer.reason } };
  }
}
