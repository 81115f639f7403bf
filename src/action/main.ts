import { createToolkitJobHost } from '../adapters/github/toolkit-job-host.js';
import { createSystemClock } from '../adapters/local/system-clock.js';
import { findGithubRun } from '../assembly/on-github/find-github-run.js';
import { openJobTransfers } from '../assembly/on-github/open-services.js';
import { prepareStateFolder } from '../assembly/prepare-state-folder.js';
import { version } from '../assembly/version.js';
import { toWorkflowCommand } from '../core/report/workflow-command.js';
import type { JobHost } from '../ports/job-host.js';
import type { JobPlace } from './job-place.js';
import { findJobPlace, stateFolderOf } from './job-place.js';

interface Stage {
  /** Whether it asks GitHub's services for something, whatever it finds. */
  readonly asks: boolean;
  readonly load: () => Promise<(host: JobHost, place: JobPlace) => Promise<number>>;
}

const stages: Readonly<Record<'main' | 'post' | 'plan' | 'verdict', Stage>> = {
  main: { asks: true, load: async () => (await import('./run-main.js')).runMain },
  post: { asks: false, load: async () => (await import('./run-post.js')).runPost },
  plan: { asks: true, load: async () => (await import('./run-plan.js')).runPlan },
  verdict: { asks: true, load: async () => (await import('./run-verdict.js')).runVerdict },
};

/** The processes of the actions: a run, what is left to do when its job ends, a plan, a verdict. */
export async function startAction(stage: keyof typeof stages): Promise<void> {
  // When nobody reads any more, what is said is lost; to say that, too, would go on for ever.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.on('uncaughtException', reportFault);
  try {
    const place = findJobPlace(process.env, process.cwd());
    const { asks, load } = stages[stage];
    const prepared = asks ? prepare(place) : place;
    const host = createToolkitJobHost();
    const start = await load();
    try {
      process.exitCode = await start(host, prepared);
    } finally {
      await prepared.transfers?.close();
    }
  } catch (error) {
    reportFault(error);
  }
}

/** What speaks with GitHub is started already: it is as slow as our own start. Elsewhere nothing is made that nobody may need. */
function prepare(place: JobPlace): JobPlace {
  if (findGithubRun(place.env) === undefined) return place;
  const stateFolder = stateFolderOf(place);
  const unwritable = prepareStateFolder(stateFolder);
  if (unwritable !== undefined) return { ...place, unwritable };
  const transfers = openJobTransfers({ env: place.env, stateFolder, clock: createSystemClock() });
  transfers.prepare();
  return { ...place, transfers };
}

function reportFault(error: unknown): void {
  process.exitCode = 3;
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
  process.stdout.write(`${toWorkflowCommand('error', `a fault in tollgate itself, not in your workflow (tollgate ${version}, node ${process.version})\n${stack}`, { title: 'tollgate' })}\n`);
}
