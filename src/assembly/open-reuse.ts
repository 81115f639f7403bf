import { join } from 'node:path';
import { openFolderKeySheets } from '../adapters/local/folder-key-sheets.js';
import { openFolderToolMemory } from '../adapters/local/folder-tool-memory.js';
import { openDirectoryResultStore } from '../adapters/local/store/directory-result-store.js';
import { openWorkspaceFiles } from '../adapters/local/workspace-files/open-workspace-files.js';
import type { TrustDomains } from '../core/cache/trust-domain.js';
import { chooseTrustDomains } from '../core/cache/trust-domain.js';
import type { ResultStore } from '../ports/result-store.js';
import type { ReusePorts } from '../engine/run-job.js';
import { readTriggeringEvent } from './triggering-event.js';

export interface ReuseWish {
  readonly stateFolder: string;
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
  /** The most that kept results take. */
  readonly mostBytes?: number | undefined;
  /** A store that lies behind the one of this machine. */
  readonly behind?: ((local: ResultStore, place: { readonly domains: TrustDomains; readonly storeFolder: string }) => ResultStore) | undefined;
}

export interface OpenedReuse {
  readonly ports: ReusePorts;
  readonly keep: () => void;
}

/** Results by key in a folder, and what is known of the files of the workspace. Loaded only where a step asks for keys. */
export function openReuse({ stateFolder, workspace, env, now, mostBytes, behind }: ReuseWish): OpenedReuse {
  const files = openWorkspaceFiles({ root: workspace, indexFile: join(stateFolder, 'index', 'files'), now });
  const domains = chooseTrustDomains(readTriggeringEvent(env));
  const storeFolder = join(stateFolder, 'store');
  const store = openDirectoryResultStore({
    folder: storeFolder,
    workspace,
    placedIndexFile: join(stateFolder, 'index', 'placed'),
    domains,
    isIgnored: files.isIgnored,
    now,
    ...(mostBytes === undefined ? {} : { mostBytes }),
  });
  const local: ResultStore = { ...store, place: (result, order) => (order.dry === true ? store.foresee(result, order) : store.place(result, order)) };
  const results = behind === undefined ? local : behind(local, { domains, storeFolder });
  return {
    ports: { results, files, sheets: openFolderKeySheets(stateFolder), tools: openFolderToolMemory(stateFolder) },
    keep: () => {
      files.keep();
      store.keep();
    },
  };
}
