import type { ApiAnswer, ApiPermission } from './api-answer.js';

/** One request, and what is known of it beside its address. */
export interface ApiRequest<T> {
  /** What it is for, in words that go on behind «GitHub could not»: «list the caches». */
  readonly doing: string;
  /** `GET /repos/{owner}/{repo}/actions/runs/{run_id}`; owner and repo are filled in. */
  readonly route: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly permission: ApiPermission;
  /** What the answer says; nothing where it is not of the form, which counts as no answer. */
  readonly read: (answer: ApiReply) => T | undefined;
  readonly again: Again<T>;
  /** The body is handed over as it comes in, and an address to go on to is answered instead of followed. */
  readonly raw?: boolean;
}

/**
 * Whether it is sent again after a try of which nobody knows how it ended: `freely` where twice is as good as once,
 * `never`, or when a look at what is there has found nothing.
 */
export type Again<T> = 'freely' | 'never' | (() => Promise<ApiAnswer<T | undefined>>);

export interface ApiReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly body: unknown;
}

export type SendRequest = <T>(request: ApiRequest<T>) => Promise<ApiAnswer<T>>;
