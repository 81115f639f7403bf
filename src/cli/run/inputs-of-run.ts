import type { GivenInput } from '../../core/definition/inputs/resolve-inputs.js';
import type { RunFacts } from '../../core/run/run-event.js';
import type { CallProblem } from '../call-problem.js';
import type { Call } from '../command.js';
import { describeOrigin } from '../origin.js';

/** The inputs of an earlier run, and those of the call over them. What stands in place of a secret is no value: it has to be given anew. */
export function inputsOfRun({ inputs, runId }: Pick<RunFacts, 'inputs' | 'runId'>, { options }: Call): readonly GivenInput[] | CallProblem {
  const own = options.input.value.map(({ name, value, origin }): GivenInput => ({ name, value, from: describeOrigin(origin) }));
  const isOwn = (name: string): boolean => own.some((each) => each.name.toLowerCase() === name.toLowerCase());
  const kept = Object.entries(inputs).flatMap(([name, value]): readonly GivenInput[] => (value === null || isOwn(name) ? [] : [{ name, value: typeof value === 'string' ? value : JSON.stringify(value), from: `run ${runId}` }]));
  const masked = kept.find(({ value }) => String(value).includes('***'));
  if (masked !== undefined) return { message: `the input '${masked.name}' of run ${runId} held a secret, and is written down only as ${String(masked.value)}`, hint: `give it anew: --input ${masked.name}=…` };
  return [...kept, ...own];
}
