import { fitName, findTagFault } from '../../artifact/artifact-name.js';
import type { PlacedStep } from '../../definition/check/outline.js';
import type { Setting } from '../../definition/shape/setting.js';
import { toText } from '../../expression/coerce-value.js';
import { collectUses } from '../../expression/collect-uses.js';
import type { EvaluationWorld } from '../../expression/evaluation-world.js';
import type { Value } from '../../expression/expression.js';
import type { WorkspaceReader } from '../../expression/workspace-reader.js';
import type { Failure } from '../failure.js';
import { asCount, asText, readSetting } from '../opening/read-setting.js';
import { pathsOf } from '../outputs/digest-outputs.js';
import type { Resolved } from '../step-execution.js';
import { findArtifactPaths } from './find-artifact-paths.js';

/** What a step that has succeeded wants to be kept. */
export interface WantedArtifact {
  readonly name: string;
  /** Of the workspace; each of them is there. None where all its outputs are optional and none was made. */
  readonly paths: readonly string[];
  readonly tags: readonly string[];
  readonly retentionDays: number | null;
  /** Name and tags as expressions made them: a secret is not known any more once it was made to fit. */
  readonly words: readonly string[];
}

export interface DescribedArtifact {
  readonly placed: PlacedStep;
  readonly world: EvaluationWorld;
  /** Of the cell; nothing where the step has no matrix. */
  readonly matrix: Readonly<Record<string, Value>> | undefined;
  /** What the step has made. */
  readonly outputs: Readonly<Record<string, Value>>;
  readonly reader: WorkspaceReader;
}

type Artifacts = NonNullable<PlacedStep['step']['artifacts']>;
export type ArtifactFields = Exclude<Artifacts, Setting<boolean>>;

/** Whether a step speaks of artifacts at all. */
export function asksForArtifacts({ artifacts }: PlacedStep['step']): boolean {
  return artifacts !== undefined && !('kind' in artifacts && artifacts.kind === 'written' && !artifacts.value);
}

export function fieldsOf({ artifacts }: PlacedStep['step']): ArtifactFields | undefined {
  return artifacts === undefined || 'kind' in artifacts ? undefined : artifacts;
}

/** Name, paths and the rest with their values. A path that is not there is a failure. */
export function describeArtifact(at: DescribedArtifact): Resolved<WantedArtifact> {
  const { placed: { step }, world } = at;
  const fields = fieldsOf(step);
  const named = nameArtifact(at, fields?.name);
  if (named.kind === 'failed') return named;
  const days = fields?.retention_days === undefined ? undefined : readSetting(fields.retention_days, world, asCount);
  if (days?.kind === 'failed') return days;
  const tags = readAll(fields?.tags ?? [], world);
  if (tags.kind === 'failed') return tags;
  const paths = fields?.paths === undefined ? outputPaths(at) : findNamed(fields.paths, at, named.value);
  if (paths.kind === 'failed') return paths;
  const name = fitName(named.value);
  if (name === '') return fail({ message: 'the name of its artifact is empty', at: fields?.name?.at ?? step.id.at, hint: 'Give it a name of letters, digits, dots and dashes' });
  const fitted = tags.value.map((tag) => tag.trim().replaceAll(/[\s@]/gu, '-')).filter((tag) => findTagFault(tag) === undefined);
  return { kind: 'value', value: { name, paths: paths.value, tags: [...new Set(fitted)].sort(), retentionDays: days?.value ?? null, words: [named.value, ...tags.value] } };
}

/** The step's id, or as it says; with the values of the cell where the name itself does not tell cells apart. */
function nameArtifact({ placed: { step }, world, matrix }: DescribedArtifact, setting: Setting<string> | undefined): Resolved<string> {
  const written = setting === undefined ? ({ kind: 'value', value: step.id.value } as const) : readSetting(setting, world, asText);
  if (written.kind === 'failed' || matrix === undefined || (setting !== undefined && tellsCellsApart(setting))) return written;
  const cell = Object.values(matrix).map((value) => (value !== null && typeof value === 'object' ? JSON.stringify(value) : toText(value)));
  return { kind: 'value', value: [written.value, ...cell].join('-') };
}

function tellsCellsApart(setting: Setting<string>): boolean {
  return setting.kind === 'computed' && setting.template.some((part) => part.kind === 'expression' && collectUses(part.expression).some(({ context }) => context.toLowerCase() === 'matrix'));
}

function readAll(settings: readonly Setting<string>[], world: EvaluationWorld): Resolved<readonly string[]> {
  const values: string[] = [];
  for (const setting of settings) {
    const read = readSetting(setting, world, asText);
    if (read.kind === 'failed') return read;
    values.push(read.value);
  }
  return { kind: 'value', value: values };
}

function outputPaths({ placed: { step }, outputs }: DescribedArtifact): Resolved<readonly string[]> {
  const paths = (step.outputs ?? []).flatMap(({ name, value }) => (value.form === 'path' ? pathsOf(outputs[name] ?? null) : []));
  return { kind: 'value', value: [...new Set(paths)] };
}

function findNamed(settings: readonly Setting<string>[], { placed, world, reader }: DescribedArtifact, name: string): Resolved<readonly string[]> {
  const written = readAll(settings, world);
  if (written.kind === 'failed') return written;
  const found = findArtifactPaths(written.value, reader);
  if (found.kind === 'found') return { kind: 'value', value: found.paths };
  return fail({ message: `artifact '${name}': ${found.problem}`, at: settings[found.index]?.at ?? placed.step.id.at, hint: found.hint });
}

function fail({ message, at, hint }: { readonly message: string; readonly at: NonNullable<Failure['at']>; readonly hint: string }): { readonly kind: 'failed'; readonly failure: Failure } {
  return { kind: 'failed', failure: { kind: 'output', code: 'TG3501', message, at, hints: [hint] } };
}
