import type { WorkspaceReader } from '../../core/expression/workspace-reader.js';
import type { Failure } from '../../core/run/failure.js';
import { normalizePath, pathsOf } from '../../core/run/outputs/digest-outputs.js';
import type { AttemptResult } from '../../core/run/run-event.js';
import type { RunState } from '../../core/run/run-state.js';
import type { RunValues } from '../../core/run/values/run-values.js';
import type { ReadsOfStep } from '../../core/trace/describe-reads.js';
import { describeReads } from '../../core/trace/describe-reads.js';
import { findUndeclared } from '../../core/trace/find-undeclared.js';
import { nameOf, sortUndeclared } from '../../core/trace/sort-undeclared.js';
import { suggestInputs } from '../../core/trace/suggest-inputs.js';
import type { InputTrace, TracedUses } from '../../ports/input-tracer.js';
import type { ProcessRunner } from '../../ports/process-runner.js';
import type { ReusePorts, RunJob, RunPorts } from '../run-job.js';
import type { KeyedCell, StepKey } from './step-keys.js';

/** The commands of one cached step, under watch. */
export interface InputWatch {
  readonly processes: ProcessRunner;
  /** The result, with what the step read and does not declare. */
  readonly tell: (result: AttemptResult) => Promise<AttemptResult>;
}

export interface WatchParts {
  readonly job: RunJob;
  readonly ports: RunPorts;
  readonly state: RunState;
  readonly values: RunValues;
  readonly key: StepKey | undefined;
}

/** Nothing where nobody asks for it, and where no result is used again. */
export function watchInputs(cell: KeyedCell, { key, ...parts }: WatchParts): InputWatch | undefined {
  const { processes, reuse } = parts.ports;
  if (reuse?.tracer === undefined || key?.description.cached !== true) return undefined;
  const trace = reuse.tracer.begin();
  return {
    processes: { ...processes, start: (command, write) => processes.start(trace.watch(command), write) },
    tell: async (result) => {
      if (result.outcome === 'cancelled') {
        trace.discard();
        return result;
      }
      return { ...result, warnings: [...result.warnings, await tellReads(cell, { ...parts, key, reuse, trace, result })] };
    },
  };
}

interface Telling extends WatchParts {
  readonly key: StepKey;
  readonly reuse: ReusePorts;
  readonly trace: InputTrace;
  readonly result: AttemptResult;
}

async function tellReads({ placed, ...cell }: KeyedCell, telling: Telling): Promise<Failure> {
  const { redactor } = telling.job;
  const at = placed.step.inputs?.at(0)?.at ?? placed.step.id.at;
  try {
    const told = describeReads({ ...compare({ placed, ...cell }, await telling.trace.read(), telling), at });
    return { ...told, message: redactor.text(told.message), hints: told.hints.map((hint) => redactor.text(hint)) };
  } catch (error) {
    telling.trace.discard();
    return { kind: 'step-type:trace', code: 'TG3414', message: `what it read cannot be told: ${error instanceof Error ? error.message : String(error)}`, at, hints: [] };
  }
}

function compare(cell: KeyedCell, uses: TracedUses, { job, state, key, reuse, result }: Telling): Omit<ReadsOfStep, 'at'> {
  const reader = readerOf(job);
  const { description, sheet } = key;
  const own = [
    ...expand(description.outputs, reader),
    ...pathsMadeBy(cell.placed.step, result),
  ];
  const needed = findNeeded(cell.step, job);
  const before = [...needed].flatMap((id) => {
    const step = job.parsed.outline.steps[job.plan.steps.get(id)?.index ?? -1]?.step;
    return step === undefined ? [] : (state.steps.get(id)?.cells ?? []).flatMap((each) => (each.result === null ? [] : pathsMadeBy(step, each.result)));
  });
  const files = sheet.files.map(({ path }) => path);
  const undeclared = findUndeclared(uses, { files: new Set(files), realFiles: () => reuse.tracer?.realPathsOf(files) ?? new Set(), patterns: description.inputs, outputs: [...own, ...before] });
  const makers = new Map(job.parsed.outline.steps.flatMap(({ step }) => (needed.has(step.id.value) || step.id.value === cell.step ? [] : writtenPaths(step).map((path) => [path, step.id.value] as const))));
  const sorted = sortUndeclared(undeclared.read, {
    written: uses.written,
    makerOf: (path) => pathAndFolders(path).flatMap((each) => makers.get(each) ?? [])[0],
    known: () => new Set(reuse.files.all([]).map(({ path }) => path)),
    isThere: (path) => reader.kindOf(path) !== 'missing',
  });
  const select = (pattern: string): readonly string[] => reuse.files.select([pattern, ...own.map((path) => `!${path}`)]).files.map(({ path }) => path);
  const suggested = suggestInputs(sorted.inputs.map(nameOf), { select, avoid: uses.written });
  const basis = description.inputs === 'workspace' ? 'workspace' : description.inputs.length > 0 || !hasOwnKey(cell.placed.step) ? 'inputs' : 'key';
  return { uses: undeclared, sorted, suggested, basis, isWhole: uses.isWhole };
}

type Step = KeyedCell['placed']['step'];

function hasOwnKey({ cache_key: own, cache }: Step): boolean {
  return own !== undefined || (cache !== undefined && !('kind' in cache) && cache.key !== undefined);
}

/** All whose content is in the key, by whatever lies between. */
function findNeeded(step: string, { plan }: RunJob): ReadonlySet<string> {
  const seen = new Set<number>();
  const open = [plan.steps.get(step)?.node ?? -1];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const need of plan.needs[node] ?? []) {
      if (!need.content || seen.has(need.node)) continue;
      seen.add(need.node);
      open.push(need.node);
    }
  }
  return new Set([...seen].flatMap((node) => {
    const at = plan.nodes[node];
    return at?.kind === 'step' ? [at.step] : [];
  }));
}

function pathsMadeBy(step: Step, { outputs }: AttemptResult): readonly string[] {
  return (step.outputs ?? []).flatMap(({ name, value }) => (value.form === 'path' ? pathsOf(outputs[name] ?? null) : []));
}

function writtenPaths(step: Step): readonly string[] {
  return (step.outputs ?? []).flatMap(({ value }) => (value.form === 'path' && value.path.kind === 'written' ? [normalizePath(value.path.value)] : []));
}

function expand(paths: readonly string[], reader: WorkspaceReader): readonly string[] {
  return paths.flatMap((path) => (/[*?[{]/u.test(path) ? reader.glob([path]) : [path]));
}

function pathAndFolders(path: string): readonly string[] {
  const names = path.split('/');
  return names.map((_, index) => names.slice(0, names.length - index).join('/'));
}

function readerOf({ given }: RunJob): WorkspaceReader {
  const { reader } = given.functions;
  if (typeof reader === 'symbol') throw new Error('a run needs to see the files of its workspace');
  return reader;
}
