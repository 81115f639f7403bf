import { readTrouble } from './read-trouble.js';
import type { Trouble } from './transfer-order.js';

/** The client goes on for half a minute; the second failure says as much as the fifth. */
const mostTries = 2;

/** Trouble that a client tells of between two tries and that is not worth another. */
export function readGivenUp(message: string, printed: readonly string[]): Trouble | undefined {
  const match = /^Attempt (\d+) of \d+ failed with error: (.*)\. Retrying request in/su.exec(message) ?? /^Failed to download artifact after (\d+) retries due to (.*)\. Retrying in/su.exec(message);
  if (match === null) return undefined;
  const trouble = readTrouble(match[2] ?? '', printed);
  const isFinal = trouble.cause !== 'server' && trouble.cause !== 'unreachable' && trouble.cause !== 'fault';
  return isFinal || Number(match[1]) >= mostTries ? trouble : undefined;
}

/** How far the client says it has come. */
export function readProgress(message: string): number | undefined {
  const match = /^(?:Received|Sent) (\d+) of \d+ \(/u.exec(message) ?? /^Uploaded bytes (\d+)$/u.exec(message);
  return match === null ? undefined : Number(match[1]);
}
