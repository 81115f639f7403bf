import type { PlacedStep } from '../../definition/check/outline.js';
import type { Written } from '../../definition/shape/setting.js';
import type { LintFinding, LintRule, LintSubject } from '../lint-rule.js';

/** Words in `inputs` that name no file: they count as text, which is seldom what was meant. */
export const missingInputFile: LintRule = { name: 'missing-input-file', codes: ['TG4013'], find: findMissingInputFiles };

function findMissingInputFiles({ outline, source, fileExists }: LintSubject): readonly LintFinding[] {
  if (fileExists === undefined) return [];
  const made = outline.steps.flatMap(findMadePaths);
  return outline.steps.flatMap((placed) =>
    findLiterals(placed).flatMap((literal): LintFinding[] => {
      const path = literal.value.replace(/^\.\//u, '').replace(/\/+$/u, '');
      if (path === '' || /[*?[\]{}!]/u.test(path) || fileExists(path) || made.some((each) => overlaps(each, path))) return [];
      const written = source.text.slice(literal.at[0], literal.at[1]);
      return [
        {
          code: 'TG4013',
          severity: 'warning',
          message: `'${literal.value}' names no file: it counts as text, and no content of '${placed.step.id.value}' depends on it`,
          span: literal.at,
          hint: `mend the path; if a step makes the file, declare it among that step's outputs; if it is meant as text, write { value: ${literal.value} }`,
          step: placed,
          ...(/^[\w./-]+$/u.test(written) && !/["']/u.test(source.text[literal.at[0] - 1] ?? '') ? { fix: { title: `Write { value: ${written} }`, safe: false, edits: [{ span: literal.at, text: `{ value: ${written} }` }] } } : {}),
        },
      ];
    }),
  );
}

function findLiterals({ step }: PlacedStep): readonly Written<string>[] {
  const cached = step.cache !== undefined && !('kind' in step.cache) ? step.cache.inputs : undefined;
  return [...(step.inputs ?? []), ...(cached ?? [])].flatMap((input) => ('kind' in input && input.kind === 'written' ? [input] : []));
}

/** Where steps leave files; the fixed start of a glob or of a computed path is all that is known of it. */
function findMadePaths({ step }: PlacedStep): readonly string[] {
  const outputs = (step.outputs ?? []).flatMap(({ value }) => (value.form === 'path' ? [value.path] : value.form === 'json' ? [value.json] : []));
  const cached = step.cache !== undefined && !('kind' in step.cache) ? (step.cache.outputs ?? []) : [];
  const writes = Array.isArray(step.own['writes']) ? (step.own['writes'] as typeof outputs) : [];
  return [...outputs, ...cached, ...writes].map((path) => {
    const text = path.kind === 'written' ? path.value : (path.template[0]?.kind === 'text' ? path.template[0].text : '');
    return text.replace(/^\.\//u, '').replace(/[^/]*[*?[{].*$/su, '').replace(/\/+$/u, '');
  });
}

function overlaps(made: string, path: string): boolean {
  return made === '' || made === path || path.startsWith(`${made}/`) || made.startsWith(`${path}/`) || (!made.includes('/') && path.startsWith(made));
}
