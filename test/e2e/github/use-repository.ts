import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from '@jest/globals';
import type { Emulator, EmulatorOptions } from '../../emulator/emulator.mjs';
import { startEmulator } from '../../emulator/emulator.mjs';
import type { Repository, StartedJob } from './job.js';
import { createRepository } from './job.js';

export interface World {
  readonly github: Emulator;
  readonly repository: Repository;
  /** Settles when a step of the job has left this line; fails when the job ends without. */
  readonly executed: (job: StartedJob, line: string) => Promise<void>;
}

/** The services and a repository for each test of a file; in the end nothing was sent that GitHub would not take. */
export function useRepository(options: EmulatorOptions = {}): World {
  let opened: Pick<World, 'github' | 'repository'> | undefined;
  let going: StartedJob[] = [];
  beforeEach(async () => {
    const github = await startEmulator(options);
    const repository = createRepository(github);
    const start: Repository['start'] = (...job) => {
      const started = repository.start(...job);
      going.push(started);
      return started;
    };
    opened = { github, repository: { ...repository, start, job: async (...job) => await start(...job).finish() } };
  });
  afterEach(async () => {
    const violations = opened?.github.violations();
    await Promise.all(going.map(async ({ main }) => {
      main.cancel();
      await main.ended;
    }));
    going = [];
    opened?.repository.dispose();
    await opened?.github.close();
    expect(violations).toEqual([]);
  });
  const get = (): NonNullable<typeof opened> => {
    if (opened === undefined) throw new Error('they are there within tests alone');
    return opened;
  };
  return {
    get github() { return get().github; },
    get repository() { return get().repository; },
    executed: async ({ main, workspace }, line) => {
      let output: string | undefined;
      void main.ended.then((end) => (output = end.output));
      while (!readIfThere(join(workspace, '..', 'ran')).split('\n').includes(line)) {
        if (output !== undefined) throw new Error(`the job ended before ${line} was executed:\n${output}`);
        await new Promise((resolve) => void setTimeout(resolve, 20));
      }
    },
  };
}

function readIfThere(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
