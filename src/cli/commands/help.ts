import { renderProblems } from '../call-problem.js';
import type { Call, ExitCode } from '../command.js';
import { findCommand, laterCommands } from '../commands.js';
import { nearestCommand, renderHelp } from '../help/render-help.js';
import { createPaint } from '../../core/report/paint.js';
import { version } from '../../assembly/version.js';

/** `tollgate help [command]`. */
export function help({ arguments: [name], terminal, calledAs }: Call): ExitCode {
  const page = { paint: createPaint(terminal.color), calledAs, columns: terminal.columns };
  if (name === undefined || findCommand(name) !== undefined) {
    terminal.out(renderHelp(name, page));
    return 0;
  }
  const near = nearestCommand(name);
  const message = laterCommands.includes(name)
    ? `'${name}' is not built yet in this version (${version})`
    : `unknown command '${name}'${near === undefined ? '' : `; did you mean '${near}'?`}`;
  const next = near === undefined ? { call: '--help', says: 'all commands' } : { call: `help ${near}`, says: 'its options, with examples' };
  terminal.err(renderProblems([{ message, next: [next] }], page));
  return 2;
}
