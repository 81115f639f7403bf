import { join } from 'node:path';
import { openFolderKeySheets } from '../adapters/local/folder-key-sheets.js';
import { openFolderToolMemory } from '../adapters/local/folder-tool-memory.js';
import { openDirectoryResultStore } from '../adapters/local/store/directory-result-store.js';
import { openWorkspaceFiles } from '../adapters/local/workspace-files/open-workspace-files.js';
import { chooseTrustDomains } from '../core/cache/trust-domain.js';
import type { ReusePorts } from '../engine/run-job.js';
import { readTriggeringEvent } from './triggering-event.js';

export interface ReuseWish {
  readonly stateFolder: string;
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
  /** The most that kept results take. */
  readonly mostBytes?: number | undefined;
}

export interface OpenedReuse {
  readonly ports: ReusePorts;
  readonly keep: () => void;
}

/** Results by key in a folder, and what is known of the files of the workspace. Loaded only where a step asks for keys. */
export function openReuse({ stateFolder, workspace, env, now, mostBytes }: ReuseWish): OpenedReuse {
  const files = openWorkspaceFiles({ root: workspace, indexFile: join(stateFolder, 'index', 'files'), now });
  const store = openDirectoryResultStore({
    folder: join(stateFolder, 'store'),
    workspace,
    placedIndexFile: join(stateFolder, 'index', 'placed'),
    domains: chooseTrustDomains(readTriggeringEvent(env)),
    isIgnored: files.isIgnored,
    now,
    ...(mostBytes === undefined ? {} : { mostBytes }),
  });
  const results: ReusePorts['results'] = { ...store, place: (result, order) => (order.dry === true ? store.foresee(result, order) : store.place(result, order)) };
  return {
    ports: { results, files, sheets: openFolderKeySheets(stateFolder), tools: openFolderToolMemory(stateFolder) },
    keep: () => {
      files.keep();
      store.keep();
    },
  };
}
