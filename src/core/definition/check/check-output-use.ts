import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import { nearestName } from '../../diagnostic/nearest-name.js';
import type { SourceText } from '../../diagnostic/source-text.js';
import type { SingleStep } from '../language/step.js';
import { locateText } from '../shape/report-text-problem.js';
import type { ShellText } from '../shape/setting.js';
import type { StepTypes } from '../step-type.js';
import type { Reference } from './reference.js';

/**
 * An output that is read but not declared. A step may write names of its own to a file at run time;
 * so it is an error only where the name is plainly a slip or nothing writes any.
 */
export function checkOutputUse(reference: Reference, path: readonly string[], at: { types: StepTypes; source: SourceText }): readonly Diagnostic[] {
  const [property, name] = path;
  if (reference.to.kind !== 'step' || property?.toLowerCase() !== 'outputs' || name === undefined) return [];
  const { step } = reference.to.step;
  const own = at.types.find((type) => type.name === step.type)?.ownOutputs(step.own) ?? 'open';
  const names = [...(step.outputs ?? []).map((output) => output.name), ...(own === 'open' ? [] : own)];
  if (names.some((each) => each.toLowerCase() === name.toLowerCase())) return [];
  const near = nearestName(name, names);
  if (near === undefined && own === 'open') return [];
  const slip = near !== undefined || !writesOutputs(step);
  const place = lastWord(reference, name);
  const span = locateText(at.source, reference.place, place);
  return [
    {
      code: 'TG1214',
      severity: slip ? 'error' : 'warning',
      message: `step '${step.id.value}' declares no output '${name}'${near === undefined ? '' : `; did you mean '${near}'?`}`,
      span,
      hint: names.length === 0 ? `declare it: outputs: { ${name}: … }` : `it declares ${names.join(', ')}`,
      ...(near === undefined ? {} : { fix: { title: `Write ${near}`, safe: false, edits: [{ span, text: near }] } }),
    },
  ];
}

/** The name itself, at the end of what was written. */
function lastWord(reference: Reference, name: string): readonly [number, number] {
  const end = reference.at[1];
  return [Math.max(reference.at[0], end - name.length), end];
}

function writesOutputs(step: SingleStep): boolean {
  const command = step.own['command'] as ShellText | undefined;
  const text = command?.template.map((part) => (part.kind === 'text' ? part.text : '')).join('') ?? '';
  return /TOLLGATE_OUTPUT|GITHUB_OUTPUT/u.test(text);
}
