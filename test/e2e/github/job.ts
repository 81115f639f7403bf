import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { EmulatedJob, Emulator } from '../../emulator/emulator.mjs';
import type { ActionCall, ActionEnd, RunningAction } from '../action.js';
import { startAction } from '../action.js';

/** Jobs of one repository, each in an empty workspace, all against the same services. */
export interface Repository {
  readonly folder: string;
  /** Files of the next job's workspace; they stay until they are written again. */
  readonly write: (path: string, text: string) => void;
  /** Variables of the next jobs, besides those that the runner and the services give. */
  readonly setEnv: (env: Readonly<Record<string, string>>) => void;
  /** Main and post of one job. */
  readonly job: (job: EmulatedJob, inputs?: Readonly<Record<string, string>>) => Promise<JobEnd>;
  /** The main process of a job, and what comes after it. */
  readonly start: (job: EmulatedJob, inputs?: Readonly<Record<string, string>>) => StartedJob;
  /** The one process of another action. */
  readonly stage: (stage: 'plan' | 'verdict', job: EmulatedJob, inputs?: Readonly<Record<string, string>>) => Promise<ActionEnd>;
  /** How often each step was executed since it was asked last, by the lines that steps write to `../ran`. */
  readonly takeCounts: () => Readonly<Record<string, number>>;
  readonly dispose: () => void;
}

export interface JobEnd {
  readonly main: ActionEnd;
  readonly post: ActionEnd;
  readonly workspace: string;
}

export interface StartedJob {
  readonly main: RunningAction;
  readonly workspace: string;
  readonly finish: () => Promise<JobEnd>;
}

export function createRepository(github: Emulator): Repository {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-on-github-'));
  const files = new Map<string, string>();
  let jobs = 0;
  let more: Readonly<Record<string, string>> = {};
  const prepare = (job: EmulatedJob, inputs: Readonly<Record<string, string>> = {}): ActionCall => {
    const workspace = join(folder, `job-${(jobs += 1)}`, 'work');
    mkdirSync(workspace, { recursive: true });
    for (const [path, text] of files) {
      mkdirSync(dirname(join(workspace, path)), { recursive: true });
      writeFileSync(join(workspace, path), text);
    }
    const env = { ...github.env(job), ...writeEvent(job, join(workspace, '..')), ...more };
    return { workspace, inputs: { workflow: 'ci.yml', 'github-token': env['GITHUB_TOKEN'] ?? '', ...inputs }, env };
  };
  const start: Repository['start'] = (job, inputs) => {
    const call = prepare(job, inputs);
    const main = startAction('main', call);
    return {
      main,
      workspace: call.workspace,
      finish: async () => {
        const ended = await main.ended;
        return { main: ended, post: await startAction('post', call, ended.state).ended, workspace: call.workspace };
      },
    };
  };
  return {
    folder,
    write: (path, text) => void files.set(path, text),
    setEnv: (env) => void (more = env),
    start,
    job: async (job, inputs) => await start(job, inputs).finish(),
    stage: async (stage, job, inputs) => await startAction(stage, prepare(job, inputs)).ended,
    takeCounts: () => {
      const counts: Record<string, number> = {};
      for (const log of readdirSync(folder).map((job) => join(folder, job, 'ran')).filter((file) => existsSync(file))) {
        for (const line of readFileSync(log, 'utf8').split('\n').filter((each) => each !== '')) counts[line] = (counts[line] ?? 0) + 1;
        rmSync(log);
      }
      return counts;
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What GitHub sends with an event of a pull request. */
function writeEvent({ pull, repository = 'octo/app', sha = 'f'.repeat(40) }: EmulatedJob, folder: string): Readonly<Record<string, string>> {
  if (pull === undefined) return {};
  const { number, head = 'feature', base = 'main', fork = false } = pull;
  const path = join(folder, 'event.json');
  const of = (ref: string, name: string): object => ({ ref, sha, repo: { full_name: name } });
  writeFileSync(path, JSON.stringify({ pull_request: { number, user: { login: 'somebody' }, head: of(head, fork ? 'fork/app' : repository), base: of(base, repository) } }));
  return { GITHUB_EVENT_PATH: path };
}
