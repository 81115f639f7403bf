import { isAbsolute, relative } from 'node:path';
import { findRemovable } from '../adapters/local/cleanup/find-removable.js';
import type { Removal } from '../adapters/local/cleanup/find-removable.js';
import { listTracked } from '../adapters/local/cleanup/list-tracked.js';
import { openScratchStore } from '../adapters/local/run-folder/open-scratch-store.js';
import { findStoredResult } from '../adapters/local/store/find-stored-result.js';
import { locateStore } from '../adapters/local/store/store-layout.js';
import { chooseTrustDomains } from '../core/cache/trust-domain.js';
import { evolve } from '../core/run/evolve.js';
import { listDeclaredPaths } from '../core/run/outputs/list-declared-paths.js';
import { listOutcomes } from '../core/run/list-outcomes.js';
import { createCleanupPlan, createRunPlan } from '../core/run/run-plan.js';
import { createRunState } from '../core/run/run-state.js';
import { createLeftValues } from '../core/run/values/left-values.js';
import type { RunJob, RunPorts } from '../engine/run-job.js';
import type { RunReporter } from '../ports/run-reporter.js';
import type { AssembledRun } from './assemble-run.js';
import type { LastRun } from './last-run.js';
import { readTriggeringEvent } from './triggering-event.js';

export interface CleanupWish {
  /** Put together for the workflow as it stands, with the inputs of the last run. */
  readonly assembled: AssembledRun;
  readonly last: LastRun | undefined;
  readonly stateFolder: string;
}

export interface PreparedCleanup {
  /** The steps of `cleanup`, which see what the last run has left. */
  readonly job: RunJob;
  readonly ports: RunPorts;
  /** What goes afterwards, as it is now. */
  readonly removal: Removal;
  readonly close: () => void;
}

/** What cleaning up after a run means; nothing is done yet. */
export function prepareCleanup({ assembled, last, stateFolder }: CleanupWish): PreparedCleanup {
  const { job } = assembled;
  const store = openScratchStore();
  const plan = createCleanupPlan(job.parsed);
  const left = last === undefined ? undefined : leftBy(job, last);
  return {
    job: { ...job, plan, facts: { ...job.facts, partial: [] }, given: { ...job.given, set: new Map(), left }, leftOut: new Map(), earlier: null, standIns: null, cache: { read: false, write: false }, finallyOnStop: 'now' },
    ports: { ...assembled.ports, store, reporter: silent, reuse: null, artifacts: null },
    removal: last === undefined ? nothing : findDeclared(job, last, stateFolder),
    close: store.close,
  };
}

const silent: RunReporter = { onEvent: () => undefined, onOutput: () => undefined };
const nothing: Removal = { files: [], folders: [], kept: [] };

function leftBy({ parsed, given }: RunJob, { events }: LastRun): NonNullable<RunJob['given']['left']> {
  const plan = createRunPlan(parsed);
  const state = createRunState(plan);
  for (const event of events) evolve(plan, state, event);
  return createLeftValues({ outline: parsed.outline, plan, given, state });
}

/** What the run's steps have declared and made, and what was kept of it under their keys. */
function findDeclared({ parsed, workspace, around }: RunJob, { events }: LastRun, stateFolder: string): Removal {
  const outcomes = listOutcomes(events);
  const { paths, unknown } = listDeclaredPaths(outcomes, parsed.outline);
  const { folder } = locateStore(stateFolder);
  const domains = chooseTrustDomains(readTriggeringEvent(around)).read;
  const captured = outcomes.flatMap(({ key, step }) => {
    const result = key === undefined || unknown.includes(step) ? undefined : findStoredResult(folder, domains, key);
    return result === undefined || result.workflow !== parsed.outline.workflow.name.value ? [] : result.files.flatMap((file) => (file.kind === 'folder' ? [] : [file.path]));
  });
  const all = [...new Set([...paths, ...captured])];
  const inside = all.filter((path) => !isAbsolute(path) && path !== '' && !path.split('/').includes('..'));
  const tracked = listTracked(workspace, inside, around);
  const own = relative(workspace, stateFolder);
  const removal = findRemovable({
    workspace, paths: all, endedAt: events.at(-1)?.at ?? 0, isTracked: (path) => tracked.has(path),
    reserved: own === '' || own.startsWith('..') ? [] : [own],
  });
  return { ...removal, kept: [...removal.kept, ...unknown.map((step) => ({ path: `the outputs of ${step}`, reason: 'the workflow has no such step any more' }))] };
}
