import { join } from 'node:path';
import { openWorkspaceFiles } from '../adapters/local/workspace-files/open-workspace-files.js';
import type { FailureSummary } from '../core/report/run-summary.js';
import { locate } from '../core/report/summarize-run.js';
import type { SourceText } from '../core/diagnostic/source-text.js';
import type { RunState } from '../core/run/run-state.js';
import type { AssembledRun } from './assemble-run.js';
import type { ContinuedRun } from './continue-run.js';

export interface KeptThough {
  readonly continued: ContinuedRun;
  readonly state: RunState;
  readonly stateFolder: string;
  readonly source: SourceText;
}

/** A step that says nothing of what it reads was kept: whether the files have changed since is worth a word. */
export function noteKeptThough({ job }: AssembledRun, { continued, state, stateFolder, source }: KeptThough): readonly FailureSummary[] {
  const silent = [...state.steps].find(([id, step]) => {
    const placed = job.parsed.outline.steps[job.plan.steps.get(id)?.index ?? -1]?.step;
    return placed?.type === 'shell' && placed.inputs === undefined && placed.cache === undefined && placed.effects?.value !== 'once' && step.cells.some(({ source: from }) => from === 'earlier');
  });
  if (silent === undefined) return [];
  const files = openWorkspaceFiles({ root: job.workspace, indexFile: join(stateFolder, 'index', 'files'), now: Date.now });
  const started = state.startedAt;
  const changed = files.all([]).find(({ path }) => {
    const touched = files.touchedAt(path);
    return touched > continued.earlier.stoppedAt && touched < started;
  });
  if (changed === undefined) return [];
  const [id] = silent;
  const failure = { kind: 'step-type:resume', code: 'TG3412', message: `${changed.path} changed since the run stopped, and ${id} says nothing of what it reads: it was kept`, hints: [`To do it again: --from ${id}; to have it noticed: declare its inputs`] } as const;
  return [{ ...locate(failure, { source }, true), severity: 'info' }];
}
