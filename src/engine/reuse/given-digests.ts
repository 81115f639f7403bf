import type { StepOutput } from '../../core/definition/language/step-output-shape.js';
import type { Named } from '../../core/definition/shape/collection.js';
import type { GivenDigests } from '../../core/run/keys/content-tokens.js';
import { digestOutputs, pathsOf } from '../../core/run/outputs/digest-outputs.js';
import type { RunJob, RunPorts } from '../run-job.js';
import { lookAt } from './keep-result.js';

/** What the outputs contain that the call gives for a step which it leaves out: what comes after depends on that as on what the step would have made. */
export function createGivenDigests({ given, parsed, plan }: RunJob, { reuse }: Pick<RunPorts, 'reuse'>): GivenDigests {
  const known = new Map<string, Readonly<Record<string, string>>>();
  const digest = (step: string, outputs: Parameters<typeof digestOutputs>[1]): Readonly<Record<string, string>> => {
    const declared: readonly Named<StepOutput>[] = (parsed.outline.steps[plan.steps.get(step)?.index ?? -1]?.step.outputs ?? []).filter(({ name }) => outputs[name] !== undefined);
    const paths = declared.flatMap(({ name, value }) => (value.form === 'path' ? pathsOf(outputs[name] ?? null) : []));
    const { reader } = given.functions;
    return digestOutputs(declared, outputs, reuse === null || typeof reader === 'symbol' ? [] : lookAt(paths, { reuse, reader }));
  };
  return (step) => {
    const outputs = given.set.get(step);
    if (outputs === undefined) return undefined;
    const made = known.get(step) ?? digest(step, outputs);
    known.set(step, made);
    return made;
  };
}
