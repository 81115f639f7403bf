import { findWorkflows } from '../../adapters/local/find-workflows.js';
import { findRuns } from '../../adapters/local/run-folder/find-runs.js';
import { nearestName } from '../../core/diagnostic/nearest-name.js';
import { renderProblems } from '../call-problem.js';
import type { Call, ExitCode } from '../command.js';
import { renderBash } from '../completion/bash-script.js';
import type { Shell } from '../completion/completion-model.js';
import { describeCompletion, shells } from '../completion/completion-model.js';
import { renderFish } from '../completion/fish-script.js';
import { renderZsh } from '../completion/zsh-script.js';
import { createPaint } from '../../core/report/paint.js';
import { stateFolderOf } from '../run/state-folder-of.js';

/** The newest: nobody looks for others by their first digits. */
const mostRuns = 50;

const renderers = { bash: renderBash, zsh: renderZsh, fish: renderFish } as const satisfies Record<Shell, unknown>;

/** `tollgate completion <shell>`; the scripts themselves ask for `workflows`, `codes` and `runs`. */
export async function completion({ arguments: [wanted = ''], terminal, calledAs, workspace, options }: Call): Promise<ExitCode> {
  const shell = shells.find((each) => each === wanted);
  if (shell !== undefined) terminal.out(renderers[shell](describeCompletion()));
  else if (wanted === 'workflows') terminal.out(lines(findWorkflows(workspace).map(({ name }) => name).filter(isWord)));
  else if (wanted === 'runs') terminal.out(findRuns(stateFolderOf({ options, workspace })).slice(0, mostRuns).map(({ id }) => `${id}\n`).join(''));
  else if (wanted === 'codes') terminal.out(lines(Object.keys((await import('../../core/diagnostic/codes.js')).diagnosticTitles)));
  else {
    const near = nearestName(wanted, shells);
    const message = `no completion for '${wanted}'${near === undefined ? `; there is one for ${shells.join(', ')}` : `; did you mean '${near}'?`}`;
    const next = (near === undefined ? shells : [near]).map((each) => ({ call: `completion ${each}`, says: `the script for ${each}` }));
    terminal.err(renderProblems([{ message, next }], { paint: createPaint(terminal.color), calledAs }));
    return 2;
  }
  return 0;
}

/** What a shell could take for more than a word is not offered: the scripts hand it on. */
function isWord(name: string): boolean {
  return /^[\w.-]+$/u.test(name);
}

function lines(names: readonly string[]): string {
  return [...new Set(names)].sort().map((name) => `${name}\n`).join('');
}
