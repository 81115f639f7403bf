// Starts a command as the runner of GitHub starts a step, and cancels it as that does: with signals to this one process.
import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { readPlainCommands } from './read-plain-commands.mjs';

/** From its ProcessInvoker: SIGINT, 7.5 s, SIGTERM, 2.5 s, SIGKILL; an open output is waited for 5 s after the end. */
export const runnerLadder = { termAfterMs: 7500, killAfterMs: 2500, outputAfterMs: 5000 };

/**
 * `cancel()` begins the ladder; `ended` answers once the step is over for the runner. `readCommands` makes workflow commands
 * of the whole output.
 */
export function startAsRunner({ file, args = [], env = process.env, folder = process.cwd(), ladder = runnerLadder, readCommands = readPlainCommands }) {
  const child = spawn(file, args, { cwd: folder, env: { ...env, RUNNER_TRACKING_ID: `github_${randomUUID()}` }, stdio: ['pipe', 'pipe', 'pipe'] });
  const pieces = [];
  let cancelledAt;
  let timer;
  const waitThen = (ms, go) => {
    timer = setTimeout(go, ms);
  };
  child.stdin.on('error', () => {});
  child.stdin.end();
  child.stdout.on('data', (piece) => pieces.push(piece));
  child.stderr.on('data', (piece) => pieces.push(piece));
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exitCode, signal) => {
      const exitedAt = performance.now();
      clearTimeout(timer);
      const settle = (outputHeld) => {
        const output = Buffer.concat(pieces).toString('utf8');
        resolve({ exitCode, signal, output, outputHeld, commands: readCommands(output), msFromCancelToExit: cancelledAt === undefined ? undefined : exitedAt - cancelledAt });
      };
      const late = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        settle(true);
      }, ladder.outputAfterMs);
      child.once('close', () => {
        clearTimeout(late);
        settle(false);
      });
    });
  });
  const cancel = () => {
    if (cancelledAt !== undefined || child.exitCode !== null || child.signalCode !== null) return;
    cancelledAt = performance.now();
    child.kill('SIGINT');
    waitThen(ladder.termAfterMs, () => {
      child.kill('SIGTERM');
      waitThen(ladder.killAfterMs, () => child.kill('SIGKILL'));
    });
  };
  /** Resolves when the output so far holds the word; never when it ends without. */
  const says = (word) => new Promise((resolve) => {
    const look = () => {
      if (Buffer.concat(pieces).includes(word)) resolve();
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    look();
  });
  return { pid: child.pid, cancel, says, ended };
}
