import type { Failure } from '../../core/run/failure.js';
import type { AttemptResult } from '../../core/run/run-event.js';
import type { RunState } from '../../core/run/run-state.js';
import { cellKey } from '../../core/run/run-state.js';
import { createContentTokens } from '../../core/run/keys/content-tokens.js';
import { createUndoneParts } from '../../core/run/resume/undone-parts.js';
import type { EarlierRun } from '../../core/run/resume/earlier-run.js';
import type { Resolved } from '../../core/run/step-execution.js';
import type { RunValues } from '../../core/run/values/run-values.js';
import type { SettledAttempt } from '../attempt/execute-attempt.js';
import type { StepEnvironments } from '../attempt/step-environment.js';
import type { RunJob, RunPorts } from '../run-job.js';
import type { Finding } from './find-result.js';
import { createResultFinder, isPromise } from './find-result.js';
import { createGivenDigests } from './given-digests.js';
import { keepResult } from './keep-result.js';
import { createPathWriters } from './path-writers.js';
import type { KeyedCell, StepKey } from './step-keys.js';
import { createStepKeys } from './step-keys.js';

/** One cell that is about to begin. */
export type BeginningCell = KeyedCell & { readonly index: number };

/** What is done already is not done again: the one place where the engine asks and keeps. */
export interface ResultReuse {
  readonly find: (cell: BeginningCell, earlier?: EarlierRun | null) => Finding | Promise<Finding>;
  /** The key of a cell that was looked for; nothing while its terms cannot be made. */
  readonly keyOf: (cell: BeginningCell) => StepKey | undefined;
  readonly keep: (cell: BeginningCell, settled: SettledAttempt, told: { readonly durationMs: number; readonly log: string | null }) => Promise<AttemptResult>;
  /** It left a process behind: whoever finds its result would lack that process. */
  readonly withdraw: (step: string, index: number) => void;
}

export interface ReuseParts {
  readonly job: RunJob;
  readonly ports: RunPorts;
  readonly state: RunState;
  readonly values: RunValues;
  readonly environments: StepEnvironments;
}

export function createResultReuse({ job, ports, state, values, environments }: ReuseParts): ResultReuse {
  const { plan } = job;
  const tokens = createContentTokens(plan, state, createGivenDigests(job, ports));
  const writers = createPathWriters(plan);
  const keys = createStepKeys({ job, ports, values, environments, tokens });
  const finder = createResultFinder({ job, ports, undone: createUndoneParts(plan), writers });
  const known = new Map<string, StepKey>();

  const look = (cell: BeginningCell, made: Resolved<StepKey>, earlier: EarlierRun | null): Finding | Promise<Finding> => {
    // It will fail by itself when it is executed, with its own words.
    if (made.kind === 'failed') return { kind: 'missed', warnings: [] };
    known.set(cellKey(cell.step, cell.index), made.value);
    const warnings = made.value.missing.map((path) => nameMissing(path, cell));
    const found = finder.find(cell, made.value, earlier);
    if (warnings.length === 0) return found;
    return isPromise(found) ? found.then((finding) => addWarnings(finding, warnings)) : addWarnings(found, warnings);
  };

  return {
    find: (cell, earlier = job.earlier) => {
      try {
        const made = keys.of(cell);
        const found = isPromise(made) ? made.then(async (key) => await look(cell, key, earlier)) : look(cell, made, earlier);
        return isPromise(found) ? found.catch((error: unknown) => unreachable(error, cell)) : found;
      } catch (error) {
        return unreachable(error, cell);
      }
    },
    keyOf: (cell) => known.get(cellKey(cell.step, cell.index)),
    keep: async (cell, { result, secretOutputs }, told) => {
      const key = known.get(cellKey(cell.step, cell.index));
      if (result.outcome !== 'succeeded') {
        ports.reuse?.files.forget();
        return result.failure === null ? result : { ...result, failure: explainByReuse(result.failure, cell, state, job) };
      }
      if (key === undefined) return result;
      try {
        return await keepResult({ job, ports, keys, writers }, { cell, key, result, secretOutputs, ...told });
      } catch (error) {
        return { ...result, warnings: [...result.warnings, ...unreachable(error, cell).warnings] };
      }
    },
    withdraw: (step, index) => {
      const key = known.get(cellKey(step, index));
      if (key?.description.cached === true) ports.reuse?.results.withdraw(key.key);
    },
  };
}

/** A fault of the cache never fails a step. */
function unreachable(error: unknown, { placed }: KeyedCell): Finding & { readonly kind: 'missed' } {
  const reason = error instanceof Error ? error.message : String(error);
  return { kind: 'missed', warnings: [{ kind: 'step-type:cache', code: 'TG3405', message: `earlier results cannot be used: ${reason}`, at: placed.step.id.at, hints: [] }] };
}

function nameMissing(path: string, { placed }: KeyedCell): Failure {
  return { kind: 'step-type:cache', code: 'TG3404', message: `its input '${path}' names no file and counts as text`, at: placed.step.inputs?.at(0)?.at ?? placed.step.id.at, hints: ['Mend the path; a value meant as text is { value: … }'] };
}

function addWarnings(finding: Finding, warnings: readonly Failure[]): Finding {
  if (finding.kind === 'missed') return { ...finding, warnings: [...warnings, ...finding.warnings] };
  const { result } = finding.event;
  return { kind: 'reused', event: { ...finding.event, result: { ...result, warnings: [...warnings, ...result.warnings] } } };
}

/** A hit without outputs keeps nothing but a success: what it would have installed is not here. */
function explainByReuse(failure: Failure, { step }: KeyedCell, state: RunState, { plan, parsed }: RunJob): Failure {
  const needs = plan.needs[plan.steps.get(step)?.node ?? -1] ?? [];
  const bare = needs.flatMap(({ node }): string[] => {
    const at = plan.nodes[node];
    if (at?.kind !== 'step') return [];
    const isReused = state.steps.get(at.step)?.cells.some(({ source }) => source === 'cache') === true;
    const outputs = parsed.outline.steps[plan.steps.get(at.step)?.index ?? -1]?.step.outputs ?? [];
    return isReused && outputs.length === 0 ? [at.step] : [];
  });
  if (bare.length === 0) return failure;
  return { ...failure, hints: [...failure.hints, `${bare.join(', ')} was not run: an earlier success without outputs was used (TG3413). To run all: --no-cache`] };
}
