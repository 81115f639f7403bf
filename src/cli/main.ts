import { writeSync } from 'node:fs';
import type { Output, World } from './world.js';
import { version } from './version.js';

const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) printVersion();
else void main();

/** Asked for most often by scripts and hooks: nothing is loaded, and not even the stream is made, which takes longer than all the rest. */
function printVersion(): void {
  try {
    writeSync(1, `${version}\n`);
  } catch (error) {
    ignoreClosedPipe(error as NodeJS.ErrnoException);
  }
}

async function main(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
  process.on('uncaughtException', reportFault);
  try {
    const { runCommandLine } = await import('./run-command-line.js');
    process.exitCode = await runCommandLine(argv, readWorld());
  } catch (error) {
    reportFault(error);
  }
}

function readWorld(): World {
  const output = (stream: NodeJS.WriteStream): Output => ({
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY,
    columns: stream.columns,
  });
  return { env: process.env, folder: process.cwd(), script: process.argv[1] ?? 'tollgate', out: output(process.stdout), err: output(process.stderr) };
}

/** `tollgate list | head -1`: whoever reads has seen enough. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') reportFault(error);
}

function reportFault(error: unknown): void {
  process.exitCode = 3;
  const verbose = process.env['TOLLGATE_VERBOSE'] ?? '';
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(
    verbose === '' || verbose === 'false' || verbose === '0'
      ? `error: a fault in tollgate itself, not in your workflow: ${message}\n       (tollgate ${version}, node ${process.version}, ${process.platform}-${process.arch})\n       TOLLGATE_VERBOSE=1 shows where it happened\n`
      : `error: a fault in tollgate itself (tollgate ${version}, node ${process.version}, ${process.platform}-${process.arch})\n${stack}\n`,
  );
}
