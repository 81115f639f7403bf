import type { PlacedStep, Outline } from '../../definition/check/outline.js';
import { cachesResult } from '../../definition/language/caches-result.js';
import type { Setting, ShellText } from '../../definition/shape/setting.js';
import type { ParsedWorkflow } from '../../definition/parse-workflow.js';
import type { EvaluationWorld } from '../../expression/evaluation-world.js';
import { digestText } from '../../cache/make-key.js';
import type { Redactor } from '../../redaction/redactor.js';
import { fieldsOf } from '../artifacts/describe-artifact.js';
import { createNameMatcher, isRunnerToken } from '../environment/choose-environment.js';
import type { CacheSettings } from '../environment/step-variables.js';
import { cacheVariables, passedPatterns, settingsOf } from '../environment/step-variables.js';
import { normalizePath } from '../outputs/digest-outputs.js';
import { asDuration, asFlag, asText, readSetting } from '../opening/read-setting.js';
import type { Resolved } from '../step-execution.js';
import { readsEnvironment, resolveFields } from './resolve-fields.js';

/** What the result of a step, or of one of its cells, depends on, before files are looked at and tools are asked. */
export interface StepDescription {
  /** Its result may be kept and used again. */
  readonly cached: boolean;
  /** It says what it depends on: a change of that undoes its result. */
  readonly keyed: boolean;
  readonly definition: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** Patterns of its inputs; `workspace` for every file that git does not ignore. */
  readonly inputs: readonly string[] | 'workspace';
  readonly tools: readonly ShellText[];
  readonly ttlMs: number | null;
  /** Paths and patterns of all that it makes. */
  readonly outputs: readonly string[];
  /** Paths of outputs that only the cache knows by `cache.outputs`. */
  readonly extraOutputs: readonly string[];
  /** Paths and patterns of its artifact: what it makes, or files of the workspace that are only put beside it. */
  readonly artifactPaths: readonly string[];
}

export interface DescribedStep {
  readonly placed: PlacedStep;
  readonly parsed: ParsedWorkflow;
  readonly world: EvaluationWorld;
  /** Its declared variables, with their values. */
  readonly env: Readonly<Record<string, string>>;
  readonly around: Readonly<Record<string, string | undefined>>;
  readonly redactor: Redactor;
}

/** Resolves all that can change a result: expressions by their values, secrets masked. */
export function describeStep(at: DescribedStep): Resolved<StepDescription> {
  const { step } = at.placed;
  const failures: Resolved<never>[] = [];
  const read = (setting: Setting<string>): string => {
    const resolved = readSetting(setting, at.world, asText);
    if (resolved.kind === 'value') return resolved.value;
    failures.push(resolved);
    return '';
  };
  const cache = settingsOf(step);
  const declared = [...(step.inputs ?? []), ...(cache?.inputs ?? [])];
  const paths = declared.flatMap((each) => ('kind' in each ? [read(each)] : []));
  const values = declared.flatMap((each) => ('kind' in each ? [] : [read(each.value)]));
  const cached = isCached(at);
  const hasKey = step.cache_key !== undefined || cache?.key !== undefined;
  const ttl = cache?.ttl === undefined ? undefined : readSetting(cache.ttl, at.world, asDuration);
  const definition = describeDefinition(at, { values, cache });
  const env = describeEnvironment(at, cache);
  const extraOutputs = (cache?.outputs ?? []).map(read);
  const artifactPaths = (fieldsOf(step)?.paths ?? []).map(read).filter((path) => !path.startsWith('!')).map(normalizePath);
  const [failed] = failures;
  if (failed !== undefined) return failed;
  return {
    kind: 'value',
    value: {
      cached,
      keyed: cached || declared.length > 0,
      definition,
      env,
      inputs: cached && declared.length === 0 && !hasKey ? 'workspace' : paths,
      tools: cache?.tools ?? [],
      ttlMs: ttl?.kind === 'value' && ttl.value !== 'none' ? ttl.value : null,
      outputs: [...ownOutputs(at), ...extraOutputs.map(normalizePath)],
      extraOutputs,
      artifactPaths,
    },
  };
}

/** What its declared outputs of files are called, patterns included. */
function ownOutputs({ placed: { step }, world }: DescribedStep): readonly string[] {
  return (step.outputs ?? []).flatMap(({ value }) => {
    if (value.form !== 'path') return [];
    const path = readSetting(value.path, world, asText);
    return path.kind === 'value' ? [normalizePath(path.value)] : [];
  });
}

/** Whether any step of a workflow says what it depends on: else nobody asks for digests. */
export function asksForKeys({ steps }: Outline): boolean {
  return steps.some(({ step }) => cachesResult(step) || (step.inputs?.length ?? 0) > 0);
}

function isCached({ placed: { step }, world }: DescribedStep): boolean {
  if (!cachesResult(step)) return false;
  const isOff = (setting: Setting<boolean> | undefined): boolean => {
    if (setting === undefined) return false;
    const resolved = readSetting(setting, world, asFlag);
    return resolved.kind === 'failed' || !resolved.value;
  };
  return !isOff(step.use_cache) && !(step.cache !== undefined && 'kind' in step.cache && isOff(step.cache));
}

/** Fields of its own mean nothing to a result: how long it may take, who waits for it, what people see. */
function describeDefinition(at: DescribedStep, { values, cache }: { readonly values: readonly string[]; readonly cache: CacheSettings | undefined }): Readonly<Record<string, string>> {
  const { placed: { step }, parsed, world, redactor } = at;
  const defaults = parsed.outline.workflow.defaults;
  const own = resolveFields(step.own, world) as Readonly<Record<string, unknown>>;
  const fields: Record<string, unknown> = {
    type: step.type,
    ...own,
    ...(step.type === 'shell' ? { shell: own['shell'] ?? defaults?.shell?.value ?? 'bash' } : {}),
    working_directory: resolveFields(step.working_directory ?? defaults?.working_directory, world),
    ...(cache === undefined ? {} : describeCache(cache, world)),
    outputs: step.outputs === undefined ? undefined : Object.fromEntries(step.outputs.map(({ name, value }) => [name, resolveFields(value, world)])),
    secrets: step.secrets?.map(({ value }) => value),
    cache_key: resolveFields(step.cache_key, world),
    'artifacts.paths': resolveFields(fieldsOf(step)?.paths, world),
    'inputs.value': values.length === 0 ? undefined : values,
  };
  const described: Record<string, string> = {};
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (value !== undefined && value !== null) described[name] = redactor.text(typeof value === 'string' ? value : JSON.stringify(value));
  }
  return described;
}

function describeCache({ key, scope, version, outputs }: CacheSettings, world: EvaluationWorld): Readonly<Record<string, unknown>> {
  return { 'cache.key': resolveFields(key, world), 'cache.scope': resolveFields(scope, world), 'cache.version': resolveFields(version, world), 'cache.outputs': resolveFields(outputs, world) };
}

function describeEnvironment(at: DescribedStep, cache: CacheSettings | undefined): Readonly<Record<string, string>> {
  const { placed, parsed: { outline }, env, around, redactor } = at;
  const phase = placed.lane.kind === 'phase' ? outline.phases[placed.lane.phase]?.phase : undefined;
  const layers = [outline.workflow.env, phase?.env, placed.group?.group.env, placed.step.env, cacheVariables(cache)];
  const passed = passedPatterns(placed, outline, cache);
  // What most steps say: nothing.
  if (passed.length === 0 && layers.every((layer) => layer === undefined)) return env;
  const readFromAround = new Set(layers.flatMap((layer) => (layer ?? []).flatMap(({ name, value }) => (readsAround(value) ? [name] : []))));
  const made: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) made[name] = readFromAround.has(name) ? digestText(value) : redactor.text(value);
  if (passed.length > 0) {
    const fits = createNameMatcher(passed);
    for (const [name, value] of Object.entries(around)) if (value !== undefined && made[name] === undefined && !isRunnerToken(name) && fits(name)) made[name] = redactor.holdsSecret(value) ? '***' : digestText(value);
  }
  return made;
}

function readsAround(setting: Setting<string>): boolean {
  return setting.kind === 'computed' && setting.template.some((part) => part.kind === 'expression' && readsEnvironment(part.expression));
}
