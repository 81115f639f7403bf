import { readFileSync } from 'node:fs';
import type { TriggeringEvent } from '../core/cache/trust-domain.js';

/** The event that a job on GitHub is for; nothing on a laptop. */
export function readTriggeringEvent(env: Readonly<Record<string, string | undefined>>): TriggeringEvent | undefined {
  if (env['GITHUB_ACTIONS'] !== 'true') return undefined;
  const event = readEvent(env['GITHUB_EVENT_PATH']);
  const pull = event?.pull_request;
  return {
    name: env['GITHUB_EVENT_NAME'] ?? '',
    ref: env['GITHUB_REF'] ?? '',
    defaultBranch: event?.repository?.default_branch,
    pullRequest: pull === undefined ? undefined : { number: pull.number ?? 0, fromFork: pull.head?.repo?.full_name !== env['GITHUB_REPOSITORY'] },
  };
}

/** Nothing where the event does not say. */
export function isPrivateRepository(env: Readonly<Record<string, string | undefined>>): boolean | undefined {
  return readEvent(env['GITHUB_EVENT_PATH'])?.repository?.private;
}

interface EventFile {
  readonly repository?: { readonly default_branch?: string; readonly private?: boolean };
  readonly pull_request?: { readonly number?: number; readonly head?: { readonly repo?: { readonly full_name?: string } } };
}

function readEvent(path: string | undefined): EventFile | undefined {
  try {
    return path === undefined ? undefined : (JSON.parse(readFileSync(path, 'utf8')) as EventFile);
  } catch {
    return undefined;
  }
}
