import type { StoredFile, StoredResult } from '../../core/cache/stored-result.js';
import { compareSheets } from '../../core/cache/compare-sheets.js';
import type { KeySheet } from '../../core/cache/key-sheet.js';
import type { Failure } from '../../core/run/failure.js';
import type { PlacedStep } from '../../core/definition/check/outline.js';
import { digestOutputs, normalizePath, pathsOf } from '../../core/run/outputs/digest-outputs.js';
import type { EarlierResult, EarlierRun } from '../../core/run/resume/earlier-run.js';
import type { UndoneParts } from '../../core/run/resume/undone-parts.js';
import type { RunProgress } from '../../core/run/run-event.js';
import type { FoundResult, PlacedResult } from '../../ports/result-store.js';
import type { ReusePorts, RunJob, RunPorts } from '../run-job.js';
import type { KeyedCell, StepKey } from './step-keys.js';
import type { PathWriters } from './path-writers.js';

/** A result that holds, or why the cell has to be executed. */
export type Finding =
  | { readonly kind: 'reused'; readonly event: Reused }
  | { readonly kind: 'missed'; readonly warnings: readonly Failure[]; /** Why no result fits, where one was near. */ readonly reason?: string };

export type Reused = Extract<RunProgress, { kind: 'result-reused' }>;

export interface ResultFinder {
  /** At once when everything is in place, which is what a run without changes is made of. */
  readonly find: (cell: KeyedCell & { readonly index: number }, key: StepKey, earlier: EarlierRun | null) => Finding | Promise<Finding>;
}

export interface ResultFinderParts {
  readonly job: RunJob;
  readonly ports: RunPorts;
  readonly undone: UndoneParts;
  readonly writers: PathWriters;
  /** Only say what would be found. */
  readonly dry?: boolean;
}

type Cell = Parameters<ResultFinder['find']>[0];

const missed: Finding = { kind: 'missed', warnings: [] };

export function createResultFinder({ job, ports, undone, writers, dry = false }: ResultFinderParts): ResultFinder {
  const { reuse } = ports;
  const nodeOf = (step: string): number => job.plan.steps.get(step)?.node ?? -1;

  let halfMade: readonly string[] | undefined;

  const fromStore = (cell: Cell, key: StepKey, source: 'cache' | 'earlier'): Finding | Promise<Finding> => {
    if (reuse === null || !key.description.cached || !job.cache.read) return missed;
    const found = reuse.results.find(key.key);
    return isPromise(found) ? found.then((answer) => place(cell, key, { answer, source, reuse })) : place(cell, key, { answer: found, source, reuse });
  };

  const place = (cell: Cell, key: StepKey, { answer, source, reuse: { results } }: { readonly answer: FoundResult; readonly source: 'cache' | 'earlier'; readonly reuse: ReusePorts }): Finding | Promise<Finding> => {
    if (answer.kind === 'unavailable') return { kind: 'missed', warnings: [warn('TG3405', `the store of results cannot be reached: ${answer.reason}`, cell)] };
    if (answer.kind === 'miss') return answer.reason === undefined ? missed : { kind: 'missed', warnings: answer.damaged === true ? [warn('TG3402', answer.reason, cell)] : [], reason: answer.reason };
    const { result } = answer;
    const { outputs, extraOutputs, artifactPaths } = key.description;
    const made = [...outputPathsOf(cell.placed, result.outputs), ...extraOutputs];
    const stray = result.files.find(({ path }) => !isOutput(path, [...outputs, ...artifactPaths]));
    if (stray !== undefined) {
      results.withdraw(key.key);
      const reason = `a stored result names ${stray.path}, which the step does not make: it was removed`;
      return { kind: 'missed', warnings: [warn('TG3402', reason, cell)], reason };
    }
    const { ttlMs } = key.description;
    if (ttlMs !== null && ports.clock.now() - result.createdAt > ttlMs) return { kind: 'missed', warnings: [], reason: `its result is older than its ttl of ${ttlMs / 1000} s` };
    const inTheWay = artifactPaths.length === 0 ? undefined : findInTheWay(result.files.filter(({ path }) => !isOutput(path, made)));
    if (inTheWay !== undefined) return { kind: 'missed', warnings: [], reason: `${inTheWay} is another than in its artifact` };
    const placed = results.place(result, { keep: writers.laterThan(cell.step, result.files), dry });
    return isPromise(placed) ? placed.then((done) => take(cell, key, { result, placed: done, source })) : take(cell, key, { result, placed, source });
  };

  /** What an artifact holds beside the outputs may be a person's own file: it is never put back over another. */
  const findInTheWay = (beside: readonly StoredFile[]): string | undefined => {
    const files = beside.filter((file): file is Extract<StoredFile, { kind: 'file' }> => file.kind === 'file');
    const now = files.length === 0 ? [] : (reuse?.files.look(files.map(({ path }) => path)) ?? []);
    return files.find(({ digest, executable }, index) => {
      const there = now[index];
      return there !== undefined && (there.digest !== digest || there.executable !== executable);
    })?.path;
  };

  const take = (cell: Cell, key: StepKey, { result, placed, source }: { readonly result: StoredResult; readonly placed: PlacedResult; readonly source: 'cache' | 'earlier' }): Finding => {
    if (placed.kind !== 'placed') {
      const code = placed.kind === 'unavailable' ? 'TG3405' : placed.damaged ? 'TG3402' : 'TG3403';
      return { kind: 'missed', warnings: [warn(code, placed.reason, cell)], reason: placed.reason };
    }
    if (placed.written > 0 && !dry) reuse?.files.forget();
    writers.note(cell.step, result.files.map(({ path }) => path));
    const digests = digestOutputs(cell.placed.step.outputs ?? [], result.outputs, result.files);
    const { exitCode, stdout, outputs } = result;
    return {
      kind: 'reused',
      event: { kind: 'result-reused', step: cell.step, cell: cell.index, source, key: key.key, attempts: 0, durationMs: 0, result: { outcome: 'succeeded', failure: null, exitCode, stdout, outputs, costUsd: 0, tokens: 0, endsRun: null, tail: [], warnings: [], digests } },
    };
  };

  /** Of an earlier attempt of this run: kept while nothing that it depends on was changed by somebody else. */
  const fromEarlier = (cell: Cell, key: StepKey, earlier: EarlierRun): Finding | Promise<Finding> | 'none' => {
    const result = earlier.find(cell.step, cell.matrix);
    const node = nodeOf(cell.step);
    if (result === undefined || job.plan.steps.get(cell.step)?.lane === 'finally') {
      undone.note(node, 'changed');
      return 'none';
    }
    const isOnce = cell.placed.step.effects?.value === 'once';
    const isUndone = !isOnce && (key.description.keyed ? !holds(result, key, { cell, earlier }) : undone.isBehindChange(node) || changedDefinition(result, key, cell));
    undone.note(node, isUndone ? 'changed' : 'holds');
    if (isUndone || cell.placed.step.background !== undefined) return 'none';
    const event: Reused = { kind: 'result-reused', step: cell.step, cell: cell.index, source: 'earlier', key: result.key, attempts: result.attempts, durationMs: result.durationMs, result: result.result };
    const kept: Finding = { kind: 'reused', event };
    if (isOnce) return kept;
    return bringBack(cell, { key, result, kept, earlier });
  };

  interface BringingBack {
    readonly key: StepKey;
    readonly result: EarlierResult;
    readonly kept: Finding;
    readonly earlier: EarlierRun;
  }

  /** What it made has to be there: from the store, or where the run has left it. Values travel with the journal, files do not. Else it is done again, which undoes nothing. */
  const bringBack = (cell: Cell, { key, result, kept, earlier }: BringingBack): Finding | Promise<Finding> | 'none' => {
    const sameTree = earlier.facts.tree === job.facts.tree;
    const paths = outputPathsOf(cell.placed, result.result.outputs);
    const isOfThatMachine = cell.placed.step.type === 'shell' && ((cell.placed.step.outputs ?? []).length === 0 || paths.length > 0);
    if (!sameTree && isOfThatMachine && !key.description.cached) return 'none';
    if (paths.length === 0 || reuse === null) return kept;
    if (!key.description.cached) return paths.every((path) => readerKind(job, path) !== 'missing') ? kept : 'none';
    const restored = fromStore(cell, { ...key, key: result.key }, 'earlier');
    const settle = (finding: Finding): Finding => (finding.kind === 'reused' || (sameTree && isUntouched(paths, earlier)) ? kept : finding);
    return isPromise(restored) ? restored.then(settle) : settle(restored);
  };

  /** Nobody has written there since the run stopped. */
  const isUntouched = (paths: readonly string[], { stoppedAt }: EarlierRun): boolean => {
    if (reuse === null || paths.some((path) => readerKind(job, path) === 'missing')) return false;
    const { reader } = job.given.functions;
    const all = typeof reader === 'symbol' ? paths : [...paths, ...reader.glob(paths.filter((path) => readerKind(job, path) === 'folder'))];
    return all.every((path) => reuse.files.touchedAt(path) <= stoppedAt);
  };

  const holds = (result: EarlierResult, key: StepKey, { cell, earlier }: { readonly cell: Cell; readonly earlier: EarlierRun }): boolean => {
    if (result.key === key.key) return true;
    const before = readSheet(result, cell);
    if (before === undefined) return false;
    return compareSheets(before, key.sheet).every(({ part, name }) => part === 'file' && ((reuse?.files.touchedAt(name) ?? Infinity) <= earlier.stoppedAt || isHalfMade(name, earlier)));
  };

  /** A step that was cut short was writing it, perhaps after the last sign that was seen of the run. */
  const isHalfMade = (path: string, { interrupted }: EarlierRun): boolean => {
    halfMade ??= interrupted.flatMap((id) => writtenPaths(job.parsed.outline.steps[job.plan.steps.get(id)?.index ?? -1]));
    return halfMade.some((output) => path === output || path.startsWith(`${output}/`));
  };

  const changedDefinition = (result: EarlierResult, key: StepKey, cell: Cell): boolean => {
    if (result.key === key.key || result.key === '') return false;
    const before = readSheet(result, cell);
    return before === undefined || compareSheets(before, key.sheet).length > 0;
  };

  const readSheet = ({ key }: EarlierResult, { step }: Cell): KeySheet | undefined => reuse?.sheets.read({ workflow: job.facts.workflow, step }, key);

  return {
    find: (cell, key, earlier) => {
      const kept = earlier === null ? 'none' : fromEarlier(cell, key, earlier);
      return kept === 'none' ? fromStore(cell, key, 'cache') : kept;
    },
  };
}

/** Declared outputs of files, as far as they stand in the workflow. */
function writtenPaths(placed: PlacedStep | undefined): readonly string[] {
  return (placed?.step.outputs ?? []).flatMap(({ value }) => (value.form === 'path' && value.path.kind === 'written' ? [normalizePath(value.path.value)] : []));
}

/** What its outputs of files have come to. */
function outputPathsOf({ step }: PlacedStep, outputs: StoredResult['outputs']): readonly string[] {
  return (step.outputs ?? []).flatMap(({ name, value }) => (value.form === 'path' ? pathsOf(outputs[name] ?? null) : []));
}

function readerKind({ given }: RunJob, path: string): 'file' | 'folder' | 'missing' | 'outside' {
  const { reader } = given.functions;
  return typeof reader === 'symbol' ? 'missing' : reader.kindOf(path);
}

/** Whether a file lies where the step says that it makes something; folders on the way there do. */
function isOutput(path: string, outputs: readonly string[]): boolean {
  return outputs.some((output) => {
    const wild = output.search(/[*?[{\\]/u);
    if (wild !== -1) return path.startsWith(output.slice(0, output.lastIndexOf('/', wild) + 1));
    return output === '' || path === output || path.startsWith(`${output}/`) || output.startsWith(`${path}/`);
  });
}

function warn(code: Failure['code'], message: string, { placed }: Cell): Failure {
  return { kind: 'step-type:cache', code, message, at: placed.step.id.at, hints: [] };
}

export function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return value instanceof Promise;
}

