import { join } from 'node:path';
import type { OpenedTransfers } from '../adapters/github/transfer/open-transfers.js';

/** Where the step runs. */
export interface JobPlace {
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The way to GitHub's services, where it is prepared already. */
  readonly transfers?: OpenedTransfers;
  /** Why nothing can be written down, so that nothing is begun. */
  readonly unwritable?: string;
}

/** What can be done where nothing can be written down. */
export const makeRoom = 'Make room, or name another folder with TOLLGATE_STATE_DIR';

export function findJobPlace(env: JobPlace['env'], folder: string): JobPlace {
  const named = env['GITHUB_WORKSPACE'] ?? '';
  return { env, workspace: named === '' ? folder : named };
}

export function stateFolderOf({ env, workspace }: JobPlace): string {
  const named = env['TOLLGATE_STATE_DIR'] ?? '';
  return named === '' ? join(workspace, '.tollgate') : named;
}
