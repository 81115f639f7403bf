import type { OpenOutput } from './open-output.js';
import { openOutput } from './open-output.js';
import { describeFileProblem } from '../adapters/local/describe-file-problem.js';
import type { World } from './world.js';
import { version } from '../assembly/version.js';

/** The command line, from what it was called with to its exit code. */
export function startCommandLine(): void {
  const argv = process.argv.slice(2);
  const out = openOutput(1, () => process.stdout);
  process.on('uncaughtException', reportFault);
  // Asked for most often by scripts and hooks: nothing else is loaded.
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) out.write(`${version}\n`);
  else void main(argv, out);
  process.on('exit', () => reportLostOutput(out));
}

async function main(argv: readonly string[], out: OpenOutput): Promise<void> {
  try {
    const { runCommandLine } = await import('./run-command-line.js');
    process.exitCode = await runCommandLine(argv, readWorld(out));
  } catch (error) {
    reportFault(error);
  }
}

function readWorld(out: OpenOutput): World {
  return {
    env: process.env,
    folder: process.cwd(),
    script: process.argv[1] ?? 'tollgate',
    out,
    err: openOutput(2, () => process.stderr),
  };
}

/** Whoever keeps what is printed in a file is not told that all is well when half of it is missing. */
function reportLostOutput({ problem }: OpenOutput): void {
  if (problem === undefined) return;
  if (process.exitCode === undefined || process.exitCode === 0) process.exitCode = 1;
  openOutput(2, () => process.stderr).write(
    `error: standard output could not be written to: ${describeFileProblem(problem)}\n       what is missing there was not printed; what was run is kept\n  → Make room where it goes, then call again: what is done does not run again\n`,
  );
}

function reportFault(error: unknown): void {
  process.exitCode = 3;
  const verbose = process.env['TOLLGATE_VERBOSE'] ?? '';
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
  // Where that cannot be said either, it would be the next fault, and so on for ever.
  process.stderr.removeAllListeners('error').on('error', () => undefined);
  process.stderr.write(
    verbose === '' || verbose === 'false' || verbose === '0'
      ? `error: a fault in tollgate itself, not in your workflow: ${message}\n       (tollgate ${version}, node ${process.version}, ${process.platform}-${process.arch})\n       TOLLGATE_VERBOSE=1 shows where it happened\n`
      : `error: a fault in tollgate itself (tollgate ${version}, node ${process.version}, ${process.platform}-${process.arch})\n${stack}\n`,
  );
}
