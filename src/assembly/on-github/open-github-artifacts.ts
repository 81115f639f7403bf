import { join, relative, resolve } from 'node:path';
import type { RemoteArtifacts } from '../../adapters/github/transfer/transfers.js';
import type { RunOutcome } from '../../core/artifact/artifact.js';
import type { ArtifactStore } from '../../ports/artifact-store.js';
import { localArtifactFiles } from './local-artifact-files.js';

export interface GithubArtifactsWish {
  readonly remote: RemoteArtifacts;
  readonly stateFolder: string;
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Tokens that the action was given, which stand in no variable. */
  readonly tokens: readonly string[];
  /** Empty: nothing is encrypted. */
  readonly encryptionKey: string;
  /** The input artifact-retention-days; nothing: as the repository has it. */
  readonly retentionDays: number | null;
  readonly outcomeOf: (run: string) => Promise<RunOutcome>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Artifacts on GitHub for one job. Nothing of it is loaded before a step keeps or asks for one. */
export function openArtifactsOnGithub(wish: GithubArtifactsWish): ArtifactStore {
  let opened: Promise<ArtifactStore> | undefined;
  const store = async (): Promise<ArtifactStore> => await (opened ??= load(wish));
  return {
    keep: async (artifact, from) => await (await store()).keep(artifact, from),
    list: async (filter) => await (await store()).list(filter),
    bring: async (artifact, to) => await (await store()).bring(artifact, to),
    remove: async (artifact) => await (await store()).remove(artifact),
  };
}

async function load({ remote, stateFolder, workspace, env, tokens, encryptionKey, retentionDays, outcomeOf, now }: GithubArtifactsWish): Promise<ArtifactStore> {
  const [{ openGithubArtifacts }, seal] = await Promise.all([
    import('../../adapters/github/artifacts/open-github-artifacts.js'),
    encryptionKey === '' ? null : import('../../adapters/github/sealing/create-seal.js').then(({ createSeal }) => createSeal(encryptionKey)),
  ]);
  const attempt = Number(env['GITHUB_RUN_ATTEMPT']);
  return openGithubArtifacts({
    remote, seal, outcomeOf, now,
    files: localArtifactFiles(stateFolder, workspace),
    job: {
      name: env['GITHUB_JOB'] ?? '',
      attempt: Number.isSafeInteger(attempt) && attempt > 0 ? attempt : 1,
      retentionDays,
      tokens: [...tokens, ...['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'GITHUB_TOKEN'].flatMap((name) => env[name] ?? [])],
      runnerFolders: foldersInside(workspace, [env['RUNNER_TEMP']]),
    },
    scratch: join(stateFolder, 'github'),
  });
}

/** From the workspace's root; what lies elsewhere can be in no artifact. */
function foldersInside(workspace: string, folders: readonly (string | undefined)[]): readonly string[] {
  return folders.flatMap((folder) => {
    const path = folder === undefined || folder === '' ? '' : relative(resolve(workspace), resolve(folder));
    return path === '' || path === '..' || path.startsWith('../../') ? [] : [path];
  });
}
