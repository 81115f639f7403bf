import type { Named } from '../../definition/shape/collection.js';
import type { StepOutput } from '../../definition/language/step-output-shape.js';
import type { Value } from '../../expression/expression.js';
import type { StoredFile } from '../../cache/stored-result.js';
import { digestFiles } from '../../cache/digest-files.js';
import { digestText } from '../../cache/make-key.js';

/** What each declared output contains, by its name; those that lie in files by what the files contain. */
export function digestOutputs(declared: readonly Named<StepOutput>[], outputs: Readonly<Record<string, Value>>, files: readonly StoredFile[]): Readonly<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const { name, value: output } of declared) {
    const value = outputs[name] ?? null;
    if (output.form !== 'path') {
      digests[name] = digestText(JSON.stringify(value));
      continue;
    }
    const paths = pathsOf(value);
    const contained = files.filter(({ path }) => paths.some((each) => path === each || path.startsWith(`${each}/`)));
    digests[name] = digestFiles(contained);
  }
  return digests;
}

/** The paths that an output of files stands for: itself, or all that its pattern found. */
export function pathsOf(value: Value): readonly string[] {
  const paths = Array.isArray(value) ? (value as readonly Value[]) : [value];
  return paths.flatMap((path) => (typeof path === 'string' ? [normalizePath(path)] : []));
}

/** `./dist/` and `dist` are one path. */
export function normalizePath(path: string): string {
  return path.split('/').filter((part) => part !== '' && part !== '.').join('/');
}
