/** How the runner's commands write these characters in a message. */
const escapes: Readonly<Record<string, string>> = { '%0D': '\r', '%0A': '\n', '%25': '%' };

/** More than any order prints, so that what an order has gone through is there when it fails. */
const mostLines = 500;

/**
 * Takes what this process prints from its output, a message at a time: it was meant for the runner, which is not there. What
 * the client knows of a failure is often said nowhere else.
 */
export function followOutput(tell: (message: string) => void): { readonly printed: string[] } {
  const printed: string[] = [];
  let rest = '';
  const take = (text: string): void => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const message = readMessage(line);
      printed.push(message);
      if (printed.length > mostLines) printed.splice(0, mostLines / 2);
      tell(message);
    }
  };
  process.stdout.write = (chunk: Uint8Array | string, ...given: readonly unknown[]): boolean => {
    take(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
    const done = given.find((value): value is () => void => typeof value === 'function');
    if (done !== undefined) process.nextTick(done);
    return true;
  };
  return { printed };
}

function readMessage(line: string): string {
  const command = /^::(?:debug|notice|warning|error)[^:]*::(.*)$/u.exec(line)?.[1];
  return command === undefined ? line : command.replace(/%0D|%0A|%25/gu, (escape) => escapes[escape] ?? escape);
}
