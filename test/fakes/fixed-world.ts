import type { EvaluationWorld, Strictness } from '../../src/core/expression/evaluation-world.js';
import type { FunctionLibrary } from '../../src/core/expression/function-library.js';
import { digest } from '../../src/core/expression/digest.js';
import { reportReaders } from '../../src/core/expression/report-readers.js';
import type { PartialValue } from '../../src/core/expression/unknown.js';
import { createMemoryWorkspaceReader } from './memory-workspace-reader.js';

/** A function library that knows nothing of the world but what a test says. */
export function createFixedLibrary(parts: Partial<FunctionLibrary> = {}): FunctionLibrary {
  return {
    reader: createMemoryWorkspaceReader({}),
    digest,
    reports: reportReaders,
    matches: (text, pattern) => (pattern === '(' ? { error: 'missing closing )' } : text.includes(pattern)),
    readYaml: (text) => (text.includes('\t') ? { error: 'a tab' } : { value: { text } }),
    status: () => true,
    changed: () => [],
    baseline: () => undefined,
    env: () => undefined,
    ...parts,
  };
}

/** Contexts as they are given, by their exact names. */
export function createFixedWorld(
  contexts: Readonly<Record<string, PartialValue>>,
  strict: Strictness = 'no',
  parts: Partial<FunctionLibrary> = {},
): EvaluationWorld {
  const byName = new Map(Object.entries(contexts));
  return { context: (name) => byName.get(name), functions: createFixedLibrary(parts), strict };
}
