import { openOutput } from './open-output.js';
import type { World } from './world.js';
import { version } from '../assembly/version.js';

/** The command line, from what it was called with to its exit code. */
export function startCommandLine(): void {
  const argv = process.argv.slice(2);
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) printVersion();
  else void main(argv);
}

/** Asked for most often by scripts and hooks: nothing else is loaded. */
function printVersion(): void {
  openOutput(1, () => process.stdout).write(`${version}\n`);
}

async function main(argv: readonly string[]): Promise<void> {
  process.on('uncaughtException', reportFault);
  try {
    const { runCommandLine } = await import('./run-command-line.js');
    process.exitCode = await runCommandLine(argv, readWorld());
  } catch (error) {
    reportFault(error);
  }
}

function readWorld(): World {
  return {
    env: process.env,
    folder: process.cwd(),
    script: process.argv[1] ?? 'tollgate',
    out: openOutput(1, () => process.stdout),
    err: openOutput(2, () => process.stderr),
  };
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
