import type { Artifact } from './artifact.js';

/** As long as runs are kept. */
export const defaultRetentionDays = 30;

const dayMs = 86_400_000;

/** When nobody is promised an artifact any more, in milliseconds since 1970. */
export function expiresAt({ createdAt, retentionDays }: Pick<Artifact, 'createdAt' | 'retentionDays'>): number {
  return createdAt + (retentionDays ?? defaultRetentionDays) * dayMs;
}

/** What has lain unused for so long is made anew where it is wanted again. */
export const unusedCopyMs = defaultRetentionDays * dayMs;
