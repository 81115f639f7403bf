import { compareSheets } from '../../core/cache/compare-sheets.js';
import { digestDefinition } from '../../core/cache/make-key.js';
import type { StoredFile } from '../../core/cache/stored-result.js';
import type { WorkspaceReader } from '../../core/expression/workspace-reader.js';
import type { Failure } from '../../core/run/failure.js';
import { digestOutputs, normalizePath, pathsOf } from '../../core/run/outputs/digest-outputs.js';
import { blindRedactor } from '../../core/redaction/redactor.js';
import type { AttemptResult } from '../../core/run/run-event.js';
import { findSecret } from '../find-secret.js';
import type { ReusePorts, RunJob, RunPorts } from '../run-job.js';
import { findMadeForArtifact } from './made-for-artifact.js';
import type { PathWriters } from './path-writers.js';
import type { KeyedCell, StepKey, StepKeys } from './step-keys.js';

/** A success, and what it was made from. */
export interface Succeeded {
  readonly cell: KeyedCell;
  readonly key: StepKey;
  readonly result: AttemptResult;
  readonly durationMs: number;
  /** Where its masked log lies. */
  readonly log: string | null;
  /** Outputs of which something was masked. */
  readonly secretOutputs: readonly string[];
}

export interface KeepingParts {
  readonly job: RunJob;
  readonly ports: RunPorts;
  readonly keys: StepKeys;
  readonly writers: PathWriters;
}

/** Keeps a result for other runs where that is safe, and says what its outputs contain. */
export async function keepResult({ job, ports, keys, writers }: KeepingParts, done: Succeeded): Promise<AttemptResult> {
  const { reuse } = ports;
  const { cell, key, result } = done;
  if (reuse === null) return result;
  reuse.files.forget();
  const declared = cell.placed.step.outputs ?? [];
  const reader = readerOf(job);
  const outputPaths = declared.flatMap(({ name, value }) => (value.form === 'path' ? pathsOf(result.outputs[name] ?? null) : []));
  const paths = [...outputPaths, ...key.description.extraOutputs.flatMap((path) => expand(path, reader))];
  const beside = findMadeForArtifact(key.description.artifactPaths, key.sheet, reader);
  writers.note(cell.step, [...paths, ...beside]);
  if (key.description.keyed) reuse.sheets.keep({ workflow: job.facts.workflow, step: cell.step }, key.key, key.sheet);

  const refusal = key.description.cached && job.cache.write ? whyNotKept(done, keys, reader) : undefined;
  const isKept = key.description.cached && job.cache.write && refusal === undefined;
  const saved = isKept ? await save(done, { job, ports, reuse, paths, beside }) : undefined;
  const files = saved?.files ?? lookAt(paths, { reuse, reader });
  const problem = refusal ?? (saved === undefined || saved.kind === 'saved' ? undefined : saved.reason);
  const warnings = problem === undefined ? [] : [warn(saved?.kind === 'unavailable' ? 'TG3405' : 'TG3401', saved?.kind === 'unavailable' ? `the result cannot be kept: ${problem}` : `the result is not kept: ${problem}`, cell)];
  return { ...result, warnings: [...result.warnings, ...warnings], digests: digestOutputs(declared, result.outputs, files) };
}

/** An input that changed in between: nobody knows which of both the result is made from. */
function whyNotKept({ key, secretOutputs }: Succeeded, keys: StepKeys, reader: WorkspaceReader): string | undefined {
  const [secret] = secretOutputs;
  if (secret !== undefined) return `its output '${secret}' holds a secret`;
  const unreadable = key.sheet.files.find(({ digest }) => digest === 'unreadable');
  if (unreadable !== undefined) return `its input ${unreadable.path} cannot be read`;
  const now = keys.look(key.description);
  const { artifactPaths } = key.description;
  const made = new Set(artifactPaths.length === 0 ? [] : reader.glob(artifactPaths));
  const changed = compareSheets(key.sheet, { ...key.sheet, files: now }).find(({ name, was }) => was !== undefined || !made.has(name));
  if (changed === undefined) return undefined;
  return `its input ${changed.name} changed while it ran${changed.was === undefined ? ', or was made by it' : ''}; when the step itself writes it, it is an output and no input`;
}

interface Saving {
  readonly job: RunJob;
  readonly ports: RunPorts;
  readonly reuse: ReusePorts;
  readonly paths: readonly string[];
  /** Of its artifact: other things may lie in folders of these. */
  readonly beside: readonly string[];
}

async function save({ cell, key, result, durationMs, log }: Succeeded, { job, ports, reuse, paths, beside }: Saving) {
  const { redactor } = job;
  const { exitCode, stdout, outputs, costUsd, tokens } = result;
  const folders = [...new Set(paths.filter((path) => readerOf(job).kindOf(path) === 'folder'))];
  const kept = {
    key: key.key, workflow: job.facts.workflow, step: cell.step, definition: digestDefinition(key.sheet), tollgateVersion: job.facts.tollgateVersion,
    createdAt: ports.clock.now(), durationMs, exitCode, stdout, outputs, costUsd, tokens, folders, log: null,
  };
  return await reuse.results.save(kept, { paths: [...new Set([...paths, ...beside])], log, holdsSecret: redactor === blindRedactor ? null : async (bytes) => await findSecret(bytes, redactor) });
}

/** What files contain of a result that is not kept: later steps may depend on it. */
export function lookAt(paths: readonly string[], { reuse, reader }: { readonly reuse: ReusePorts; readonly reader: WorkspaceReader }): readonly StoredFile[] {
  const files = [...new Set(paths.flatMap((path) => (reader.kindOf(path) === 'folder' ? reader.glob([path]) : [path])))].sort();
  return reuse.files.look(files).flatMap((file): readonly StoredFile[] => (file === undefined ? [] : [{ kind: 'file', path: file.path, executable: file.executable, digest: file.digest, size: 0 }]));
}

function expand(path: string, reader: WorkspaceReader): readonly string[] {
  if (/[*?[{]/u.test(path)) return reader.glob([path]);
  return reader.kindOf(path) === 'missing' ? [] : [normalizePath(path)];
}

function readerOf({ given }: RunJob): WorkspaceReader {
  const { reader } = given.functions;
  if (typeof reader === 'symbol') throw new Error('a run needs to see the files of its workspace');
  return reader;
}

function warn(code: Failure['code'], message: string, { placed }: KeyedCell): Failure {
  return { kind: 'step-type:cache', code, message, at: placed.step.id.at, hints: [] };
}
