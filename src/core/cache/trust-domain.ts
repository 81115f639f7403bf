/** Whose results a run takes, and under whose name it keeps its own. */
export interface TrustDomains {
  readonly write: string;
  /** In the order in which they are asked. */
  readonly read: readonly string[];
}

/** What GitHub says of the event that a run is for. */
export interface TriggeringEvent {
  readonly name: string;
  readonly ref: string;
  readonly defaultBranch: string | undefined;
  readonly pullRequest: { readonly number: number; readonly fromFork: boolean } | undefined;
}

/** What a stranger can write must never be served to those who deploy; see runs.md, section 2. */
export function chooseTrustDomains(event: TriggeringEvent | undefined): TrustDomains {
  if (event === undefined) return { write: 'local', read: ['local', 'imported'] };
  const own = nameDomain(event);
  return { write: own, read: own === 'default' ? ['default'] : [own, 'default'] };
}

function nameDomain({ name, ref, defaultBranch, pullRequest }: TriggeringEvent): string {
  if (pullRequest !== undefined) return pullRequest.fromFork ? `fork:${pullRequest.number}` : `pr:${pullRequest.number}`;
  const isTrusted = name === 'push' || name === 'schedule' || name === 'workflow_dispatch';
  return isTrusted && defaultBranch !== undefined && ref === `refs/heads/${defaultBranch}` ? 'default' : `ref:${ref}`;
}
