import type { Failure } from './failure.js';

/** What shells say of a command that is not there: `sh: 1: foo: not found`, `bash: line 3: foo: command not found`. */
const forms = [/(?:^|: )(?:line )?\d+: ([^\s:]+): (?:command )?not found$/u, /^[^:]*: ([^\s:]+): (?:command )?not found$/u, /^[^:]*: command not found: (\S+)$/u];

/** An exit code of 127 with the name of the command that is missing, where the output tells it. */
export function nameMissingCommand(failure: Failure, tail: readonly string[]): Failure {
  for (const line of [...tail].reverse()) {
    for (const form of forms) {
      const name = form.exec(line.trim())?.[1];
      if (name === undefined) continue;
      return { ...failure, message: `the command ${name} was not found (exit code 127)`, hints: [`Install ${name}, or check for it before anything starts: preflight: [{ tool: ${name} }]`] };
    }
  }
  return failure;
}
