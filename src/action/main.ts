import { createToolkitJobHost } from '../adapters/github/toolkit-job-host.js';
import { version } from '../assembly/version.js';
import { toWorkflowCommand } from '../core/report/workflow-command.js';
import { findJobPlace } from './job-place.js';
import { runMain } from './run-main.js';
import { runPost } from './run-post.js';

/** The two processes of the action's step: the run, and what is left to do when the job ends. */
export async function startAction(stage: 'main' | 'post'): Promise<void> {
  process.on('uncaughtException', reportFault);
  try {
    const host = createToolkitJobHost();
    const place = findJobPlace(process.env, process.cwd());
    process.exitCode = stage === 'main' ? await runMain(host, place) : await runPost(host, place);
  } catch (error) {
    reportFault(error);
  }
}

function reportFault(error: unknown): void {
  process.exitCode = 3;
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
  process.stdout.write(`${toWorkflowCommand('error', `a fault in tollgate itself, not in your workflow (tollgate ${version}, node ${process.version})\n${stack}`, { title: 'tollgate' })}\n`);
}
