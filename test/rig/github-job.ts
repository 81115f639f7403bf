import { openGithubApi } from '../../src/adapters/github/rest/open-github-api.js';
import type { GithubApiSettings } from '../../src/adapters/github/rest/open-github-api.js';
import type { GithubApi } from '../../src/adapters/github/rest/github-api.js';
import type { EmulatedJob, Emulator, EmulatorOptions } from '../emulator/emulator.mjs';
import { startEmulator } from '../emulator/emulator.mjs';

/** A job that asks the emulator: what it waits for passes at once, and is written down. */
export interface GithubJob {
  readonly api: GithubApi;
  readonly env: Readonly<Record<string, string>>;
  readonly waits: readonly number[];
  /** What all of it has cost, waiting included. */
  readonly elapsed: () => number;
}

export function openGithubJob(github: Emulator, job: EmulatedJob, settings: Partial<GithubApiSettings> = {}): GithubJob {
  const env = github.env(job);
  const waits: number[] = [];
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  const began = now();
  const wait = async (ms: number): Promise<void> => {
    waits.push(ms);
    ahead += ms;
    await Promise.resolve();
  };
  return { env, waits, elapsed: () => now() - began, api: openGithubApi({ env, token: env['GITHUB_TOKEN'] ?? '', now, wait, chance: () => 0.5, deadlineMs: 5_000, ...settings }) };
}

/** An emulator for each test of a file, prepared in the same way. */
export function useEmulator(prepare: (github: Emulator) => void = () => undefined, options: EmulatorOptions = {}): { readonly github: Emulator } {
  let github: Emulator | undefined;
  beforeEach(async () => {
    github = await startEmulator(options);
    prepare(github);
  });
  afterEach(async () => {
    await github?.close();
  });
  return {
    get github() {
      if (github === undefined) throw new Error('the emulator is there within tests alone');
      return github;
    },
  };
}
