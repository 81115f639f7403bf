import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GithubApi } from '../../src/adapters/github/rest/github-api.js';
import { createSeal } from '../../src/adapters/github/sealing/create-seal.js';
import type { FoundSegment } from '../../src/adapters/github/segments/find-segments.js';
import { findOwnSegment, findSegments } from '../../src/adapters/github/segments/find-segments.js';
import { nameSegment } from '../../src/adapters/github/segments/segment-names.js';
import type { SegmentSaver } from '../../src/adapters/github/segments/segment-saver.js';
import type { RemoteArtifacts, RemoteCache } from '../../src/adapters/github/transfer/transfers.js';
import { readJournal } from '../../src/adapters/local/run-folder/journal/read-journal.js';
import { createSystemClock } from '../../src/adapters/local/system-clock.js';
import { importRun } from '../../src/assembly/import-run.js';
import { keepState } from '../../src/assembly/on-github/keep-state.js';
import type { ReadRunLog, RunLogSubject } from '../contracts/run-log-contract.js';
import { runId } from '../contracts/run-log-contract.js';
import { createFakeRemote, createFakeRemoteArtifacts } from '../fakes/fake-remote-artifacts.js';
import { createMemoryRemoteCache } from '../fakes/memory-remote-cache.js';
import { sealingKey } from './github-artifacts.js';
import { damageJournal, pathOfRun, takeOverJournal } from './journal-folder.js';

/** GitHub's services as one attempt of the job has them. */
export interface JobServices {
  readonly cache: RemoteCache;
  readonly artifacts: RemoteArtifacts;
  readonly api: GithubApi;
}

export interface RunLogOnGithub {
  readonly isSealed?: boolean;
  /** Of the attempt; without it, there is no service. */
  readonly open?: (attempt: number) => JobServices;
  readonly run?: string;
}

const part = 'build.0000000000000000.0000000000000000';

interface Job {
  readonly attempt: number;
  readonly stateFolder: string;
  readonly services: JobServices;
  readonly saver: SegmentSaver;
}

/** Each owner of the run is an attempt of one job, and has nothing on its disk but its workflow. */
export function createRunLogOnGithub({ isSealed = false, open = withoutServices(), run = '7' }: RunLogOnGithub = {}): RunLogSubject {
  const root = mkdtempSync(join(tmpdir(), 'tollgate-run-log-'));
  const workspace = join(root, 'workspace');
  mkdirSync(workspace);
  writeFileSync(join(workspace, 'ci.yml'), 'name: ci\n');
  const seal = isSealed ? createSeal(sealingKey) : null;
  const jobs: Job[] = [];
  const settle = async (): Promise<void> => {
    for (const { saver } of jobs) await saver.settle();
  };
  const last = (): Job => {
    const job = jobs.at(-1);
    if (job === undefined) throw new Error('nobody has the run yet');
    return job;
  };

  const start = async (): Promise<Job & { readonly found: readonly (readonly FoundSegment[])[] }> => {
    await settle();
    const attempt = jobs.length + 1;
    const stateFolder = mkdtempSync(join(root, 'state-'));
    const services = open(attempt);
    const folder = join(stateFolder, 'github');
    const saver = keepState({ services: { transfers: { ...services, takeWarnings: () => [], close: async () => await Promise.resolve() }, absence: undefined, api: services.api, seal, tokens: [], folder }, identity: { run, attempt, repository: 'o/r' }, part, runId, stateFolder, workspace, env: {}, clock: { ...createSystemClock(), after: () => () => undefined }, isPost: false, onWithheld: () => undefined });
    // The two ways to it: by a job that knows what it looks for, and by one that looks for what there is.
    const own = await findOwnSegment(services, { run, part, attempt });
    const all = await findSegments({ ...services, folder }, { run });
    expect([all.missing, all.problem]).toEqual([[], undefined]);
    return { attempt, stateFolder, services, saver, found: [own === undefined ? [] : [own], all.found] };
  };

  const bring = async (segment: FoundSegment | undefined, stateFolder: string): Promise<ReadRunLog> => {
    if (segment === undefined) return { events: [], state: 'whole' };
    const plain = `${segment.file}.open`;
    if (seal !== null) expect(await seal.unseal(segment.file, plain)).toEqual({ kind: 'opened' });
    const brought = importRun({ file: seal === null ? segment.file : plain, stateFolder, workspace, repository: 'o/r', accepted: [], replaceOlder: true });
    segment.release();
    if (brought.kind === 'newer') return { events: [], state: { newer: brought.tollgate } };
    expect(brought.kind).toBe('imported');
    const { events, torn, damage } = readJournal(pathOfRun({ stateFolder, runId }));
    return { events, state: damage.length > 0 ? 'damaged' : torn ? 'torn' : 'whole' };
  };

  return {
    tellsTheSucceeded: false,
    takeOver: async (room) => {
      const { found: [own = [], all = []], ...job } = await start();
      await bring(own[0], job.stateFolder);
      for (const each of all) each.release();
      jobs.push(job);
      const journal = takeOverJournal({ stateFolder: job.stateFolder, runId }, room);
      return {
        append: (what, wish) => {
          const outcome = journal.append(what, wish);
          job.saver.touch();
          return outcome;
        },
      };
    },
    read: async () => {
      const { found: [own = [], all = []], stateFolder } = await start();
      const read = await bring(own[0], stateFolder);
      expect(all).toHaveLength(own.length);
      expect(await bring(all[0], join(stateFolder, 'again'))).toEqual(read);
      return read;
    },
    damage: async (how) => {
      await settle();
      damageJournal({ stateFolder: last().stateFolder, runId }, how);
      last().saver.touch();
    },
    succeedByNewer: async () => {
      await settle();
      const file = join(root, 'newer');
      const plain = 'tollgate-run 2 9.9.9 whatever comes\n';
      writeFileSync(seal === null ? file : `${file}.open`, plain);
      await seal?.seal(`${file}.open`, file);
      expect(await last().services.cache.save(nameSegment({ run, part, attempt: jobs.length, count: 900_000 }, 'abcdef'), file)).toEqual({ kind: 'saved' });
    },
    dispose: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** What GitHub has is in memory. */
function withoutServices(): (attempt: number) => JobServices {
  const cache = createMemoryRemoteCache();
  const artifacts = createFakeRemoteArtifacts(createFakeRemote());
  const listed = async (keyPrefix: string) => await Promise.resolve({ kind: 'done' as const, value: [...cache.entries.keys()].filter((key) => key.startsWith(keyPrefix)).map((key, id) => ({ id, key, ref: 'refs/heads/main', size: 1, createdAt: id, lastUsedAt: id })) });
  const api = { listCaches: async ({ keyPrefix }: { readonly keyPrefix: string }) => await listed(keyPrefix), listRunArtifacts: async () => await Promise.resolve({ kind: 'done' as const, value: [] }) };
  return () => ({ cache, artifacts, api: api as unknown as GithubApi });
}
