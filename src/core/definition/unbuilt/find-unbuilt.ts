import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import type { StepTypes } from '../step-type.js';
import type { Outline } from '../check/outline.js';
import { unbuiltFeatures } from './unbuilt-features.js';

/** Everything that would change what a run does and cannot be run yet, by name and place, in the order of the file. */
export function findUnbuilt(outline: Outline, { version, types }: { readonly version: string; readonly types: StepTypes }): readonly Diagnostic[] {
  const places = Object.values(unbuiltFeatures).flatMap((find) => find(outline, types));
  return places
    .map(({ what, at }): Diagnostic => ({ code: 'TG2901', severity: 'error', message: `${what} is not built yet in tollgate ${version}`, span: at }))
    .sort((a, b) => a.span[0] - b.span[0]);
}
