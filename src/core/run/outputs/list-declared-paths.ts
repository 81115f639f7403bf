import type { Value } from '../../expression/expression.js';
import type { Outline } from '../../definition/check/outline.js';
import type { CellOutcome } from '../list-outcomes.js';
import { normalizePath } from './digest-outputs.js';

export interface DeclaredPaths {
  /** Files, links, and folders with all in them. */
  readonly paths: readonly string[];
  /** Steps that are not in the workflow any more: nobody knows which of their outputs are paths. */
  readonly unknown: readonly string[];
}

/** What a run has made of the paths that its steps declare as outputs. */
export function listDeclaredPaths(outcomes: readonly CellOutcome[], { steps }: Outline): DeclaredPaths {
  const declared = new Map(steps.map(({ step }) => [step.id.value, step.outputs ?? []]));
  const paths = new Set<string>();
  const unknown = new Set<string>();
  for (const { step, outputs } of outcomes) {
    const own = declared.get(step);
    if (own === undefined && Object.keys(outputs).length > 0) unknown.add(step);
    for (const { name, value } of own ?? []) if (value.form === 'path') for (const path of namesOf(outputs[name] ?? null)) paths.add(path);
  }
  return { paths: [...paths], unknown: [...unknown] };
}

/** One that is absolute stays so: whoever uses it has to see that. */
function namesOf(value: Value): readonly string[] {
  const names = Array.isArray(value) ? (value as readonly Value[]) : [value];
  return names.flatMap((name) => (typeof name !== 'string' ? [] : [name.startsWith('/') ? name : normalizePath(name)]));
}
