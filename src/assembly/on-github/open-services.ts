import { dirname, join } from 'node:path';
import type { GithubApi } from '../../adapters/github/rest/github-api.js';
import { openGithubApi } from '../../adapters/github/rest/open-github-api.js';
import type { Seal } from '../../adapters/github/sealing/create-seal.js';
import { describeAbsence } from '../../adapters/github/transfer/describe-absence.js';
import type { OpenedTransfers } from '../../adapters/github/transfer/open-transfers.js';
import { openTransfers } from '../../adapters/github/transfer/open-transfers.js';
import type { TroubleCause } from '../../adapters/github/transfer/transfer-order.js';
import type { Transfers } from '../../adapters/github/transfer/transfers.js';
import type { Clock } from '../../ports/clock.js';

/** GitHub's services as one job has them. Nothing is loaded or asked before it is needed. */
export interface GithubServices {
  readonly transfers: Transfers;
  /** What was warned of so far; the next process of the job does not do so again. */
  readonly warned?: () => readonly TroubleCause[];
  /** Why the job has no cache and no artifacts at all. */
  readonly absence: string | undefined;
  readonly api: GithubApi;
  /** Nobody reads states and artifacts without the key; nothing where there is none. */
  readonly seal: Seal | null;
  /** Words of this job that may stand in nothing that leaves it. */
  readonly tokens: readonly string[];
  /** For files on their way. */
  readonly folder: string;
}

export interface ServicesWish {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stateFolder: string;
  readonly token: string;
  readonly encryptionKey: string;
  readonly transfers: OpenedTransfers;
}

/** What faults may hold up a job, all together: 45 s. */
const patience = { transfersMs: 30_000, restMs: 15_000 };

/** The way there. Nothing is started before it is needed, or prepared. */
export function openJobTransfers({ env, stateFolder, clock, warned = [] }: { readonly env: ServicesWish['env']; readonly stateFolder: string; readonly clock: Clock; readonly warned?: readonly TroubleCause[] }): OpenedTransfers {
  return openTransfers({ script: join(dirname(process.argv[1] ?? ''), 'transfer.js'), env, folder: folderOf(stateFolder), clock, warned, limits: { patienceMs: patience.transfersMs } });
}

export async function openGithubServices({ env, stateFolder, token, encryptionKey, transfers }: ServicesWish): Promise<GithubServices> {
  const seal = encryptionKey === '' ? null : (await import('../../adapters/github/sealing/create-seal.js')).createSeal(encryptionKey);
  return { transfers, warned: transfers.warned, absence: describeAbsence(env), api: openGithubApi({ env, token, patienceMs: patience.restMs }), seal, tokens: [token, encryptionKey].filter((word) => word !== ''), folder: folderOf(stateFolder) };
}

function folderOf(stateFolder: string): string {
  return join(stateFolder, 'github');
}
