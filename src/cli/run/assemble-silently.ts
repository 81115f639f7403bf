import { resolve } from 'node:path';
import { openGitRepository } from '../../adapters/local/git-repository.js';
import type { AssembledRun } from '../../assembly/assemble-run.js';
import { assembleRun } from '../../assembly/assemble-run.js';
import { readGithubContext } from '../../assembly/github-context.js';
import type { PreparedRun } from '../../assembly/select-for-run.js';
import { version } from '../../assembly/version.js';
import type { SourceText } from '../../core/diagnostic/source-text.js';
import type { Call } from '../command.js';
import { stateFolderOf } from './state-folder-of.js';

const silent = { onEvent: () => undefined, onOutput: () => undefined };

/** A run put together for somebody who wants to know something of it, and does not start it. */
export async function assembleSilently(ready: Extract<PreparedRun, { kind: 'ready' }>, source: SourceText, call: Call): Promise<AssembledRun> {
  return await assembleRun({
    parsed: ready.parsed, plan: ready.plan, source, selected: ready.selected, inputs: ready.prepared.inputs, env: call.env,
    workspace: call.workspace, stateFolder: resolve(stateFolderOf(call)), tollgateVersion: version, trigger: 'cli', actor: call.env['USER'] ?? null,
    commit: openGitRepository(call.workspace).describe().sha ?? null,
    github: () => readGithubContext({ workspace: call.workspace, env: call.env }),
    maxParallel: 1, allowCostly: call.options['allow-costly'].value, killAfterStopMs: 10_000,
    cache: { read: call.options.cache.value !== 'off', write: false },
    reporter: silent, nextCommand: () => null,
  });
}
