import { createToolkitJobHost } from '../adapters/github/toolkit-job-host.js';
import { version } from '../assembly/version.js';
import { toWorkflowCommand } from '../core/report/workflow-command.js';
import type { JobHost } from '../ports/job-host.js';
import type { JobPlace } from './job-place.js';
import { findJobPlace } from './job-place.js';

type Stage = (host: JobHost, place: JobPlace) => Promise<number>;

const stages = {
  main: async (): Promise<Stage> => (await import('./run-main.js')).runMain,
  post: async (): Promise<Stage> => (await import('./run-post.js')).runPost,
  plan: async (): Promise<Stage> => (await import('./run-plan.js')).runPlan,
  verdict: async (): Promise<Stage> => (await import('./run-verdict.js')).runVerdict,
};

/** The processes of the actions: a run, what is left to do when its job ends, a plan, a verdict. */
export async function startAction(stage: keyof typeof stages): Promise<void> {
  // When nobody reads any more, what is said is lost; to say that, too, would go on for ever.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.on('uncaughtException', reportFault);
  try {
    const host = createToolkitJobHost();
    const place = findJobPlace(process.env, process.cwd());
    const start = await stages[stage]();
    process.exitCode = await start(host, place);
  } catch (error) {
    reportFault(error);
  }
}

function reportFault(error: unknown): void {
  process.exitCode = 3;
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
  process.stdout.write(`${toWorkflowCommand('error', `a fault in tollgate itself, not in your workflow (tollgate ${version}, node ${process.version})\n${stack}`, { title: 'tollgate' })}\n`);
}
