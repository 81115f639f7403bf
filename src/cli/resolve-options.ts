import { isAbsolute, join } from 'node:path';
import type { CallProblem } from './call-problem.js';
import type { FlagUse } from './parse-arguments.js';
import type { Given } from './read-option.js';
import { readOption } from './read-option.js';
import { readSize } from './read-size.js';
import type { OptionName, OptionValue, OptionValues, Origin, Pair } from './options.js';
import { optionNames, specOf, variableOf } from './options.js';

/** What `.tollgate.yml` says, text by text. */
export type FileSettings = ReadonlyMap<OptionName, readonly Given[]>;

export interface OptionSources {
  readonly flags: readonly FlagUse[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly file: FileSettings;
  /** Where relative paths of a source are meant from; those of flags and variables stay as they are written. */
  readonly folders: { readonly call: string; readonly file: string };
}

type Level = ReadonlyMap<OptionName, readonly Given[]>;

/** Flag over variable over file over default; everything that is wrong with any of them at once. */
export function resolveOptions(sources: OptionSources): { readonly values: OptionValues; readonly problems: readonly CallProblem[] } {
  const levels = [gatherFlags(sources.flags), gatherVariables(sources.env), expandMeanings(sources.file)];
  const problems: CallProblem[] = [];
  const values: Record<string, OptionValue<unknown>> = {};
  for (const name of optionNames) {
    const { ofTheCall = false, means } = specOf(name);
    if (ofTheCall) continue;
    const resolved = resolveOption(name, levels, { sources, problems });
    if (means === undefined) values[name] = resolved;
  }
  return { values: values as unknown as OptionValues, problems };
}

/** `-C` alone, which is needed before the file can be found. */
export function givenFolder(flags: readonly FlagUse[], env: Readonly<Record<string, string | undefined>>): string | undefined {
  const variable = env[variableOf('folder') ?? ''];
  return flags.findLast(({ option }) => option === 'folder')?.text ?? (variable === '' ? undefined : variable);
}

interface Resolving {
  readonly sources: OptionSources;
  readonly problems: CallProblem[];
}

function resolveOption(name: OptionName, levels: readonly Level[], resolving: Resolving): OptionValue<unknown> {
  const read = levels.map((level) => readAll(name, level.get(name) ?? [], resolving));
  const strongest = read.find((level) => level.length > 0) ?? [];
  const last = strongest.at(-1);
  const origin: Origin = last?.origin ?? { kind: 'default' };
  switch (specOf(name).form) {
    case 'pairs': return { value: mergePairs(read), origin };
    case 'list': return { value: strongest.flatMap(({ value }) => value as readonly string[]), origin };
    case 'paths': return { value: strongest.map(({ value }) => value), origin };
    default: return { value: last === undefined ? defaultOf(name) : last.value, origin };
  }
}

interface ReadValue {
  readonly value: unknown;
  readonly origin: Origin;
}

function readAll(name: OptionName, given: readonly Given[], { sources, problems }: Resolving): readonly ReadValue[] {
  const isPath = specOf(name).form === 'path' || specOf(name).form === 'paths';
  return given.flatMap((each): ReadValue[] => {
    const read = readOption(name, each);
    if (read.kind === 'wrong') {
      problems.push({ message: read.message, origin: each.origin });
      return [];
    }
    const value = isPath && each.origin.kind === 'file' ? placePath(read.value as string, sources.folders) : read.value;
    return [{ value, origin: each.origin }];
  });
}

/** A path of the file is meant from the file's folder, wherever the call is made. */
function placePath(path: string, folders: OptionSources['folders']): string {
  return isAbsolute(path) || folders.file === folders.call ? path : join(folders.file, path);
}

/** One value a name: that of the strongest level, there the last. */
function mergePairs(levels: readonly (readonly ReadValue[])[]): readonly Pair[] {
  const merged = new Map<string, Pair>();
  for (const { value } of levels.toReversed().flat()) {
    const pair = value as Pair;
    merged.delete(pair.name);
    merged.set(pair.name, pair);
  }
  return [...merged.values()];
}

function defaultOf(name: OptionName): unknown {
  const spec = specOf(name);
  if (spec.form === 'switch') return false;
  return spec.form === 'size' ? readSize(spec.default ?? '') : spec.default;
}

function gatherFlags(flags: readonly FlagUse[]): Level {
  const level = new Map<OptionName, Given[]>();
  for (const { option, flag, text } of flags) addGiven(level, option, { text, origin: { kind: 'flag', flag } });
  return level;
}

function gatherVariables(env: Readonly<Record<string, string | undefined>>): Level {
  const level = new Map<OptionName, Given[]>();
  for (const name of optionNames) {
    const variable = variableOf(name);
    const text = variable === undefined ? undefined : env[variable];
    if (variable === undefined || text === undefined || text === '') continue;
    const { form } = specOf(name);
    const texts = form === 'pairs' || form === 'paths' ? text.split('\n').filter((line) => line.trim() !== '') : [text];
    for (const each of texts) addGiven(level, name, { text: each, origin: { kind: 'variable', name: variable } });
  }
  return level;
}

function expandMeanings(settings: FileSettings): Level {
  const level = new Map<OptionName, Given[]>();
  for (const [name, given] of settings) for (const each of given) addGiven(level, name, each);
  return level;
}

/** `--no-cache` is kept as the `--cache off` that it means; one that is false says nothing. */
function addGiven(level: Map<OptionName, Given[]>, name: OptionName, given: Given): void {
  const { means } = specOf(name);
  if (means === undefined || !isTrue(given.text)) push(level, name, given);
  else push(level, means.option as OptionName, { ...given, text: means.value });
}

function isTrue(text: string): boolean {
  return text === 'true' || text === '1';
}

function push(level: Map<OptionName, Given[]>, name: OptionName, given: Given): void {
  level.set(name, [...(level.get(name) ?? []), given]);
}
