import type { RecordOf } from '../shape/collection.js';
import { as, optional, record, refine, required } from '../shape/collection.js';
import { duration } from '../shape/duration.js';
import { plainWord } from '../shape/scalar.js';
import type { Shape } from '../shape/shape.js';
import { refuse } from '../shape/shape.js';
import { condition, text } from '../shape/text.js';
import { budget } from './budget-shape.js';
import { environment, givenSecrets, passedVariables } from './environment-shape.js';
import type { Gate } from './gate-shape.js';
import { createGateShape } from './gate-shape.js';
import { github } from './github-shape.js';
import { id } from './names.js';
import { protectedFiles } from './protect-shape.js';
import { needs } from './step-fields.js';
import type { Step } from './step.js';

const phaseFields = {
  id: required(id(), 'its name, unique in the workflow'),
  name: optional(plainWord('text'), 'what people see instead of the id'),
  description: optional(text(), 'what it is for'),
  when: optional(condition(), 'whether it runs'),
  needs: optional(needs(), 'the phases before it (default: the one written before)'),
  budget: optional(budget(), 'what it may spend'),
  env: optional(environment(), 'variables its steps get'),
  secrets: optional(givenSecrets(), 'secrets its steps get'),
  pass_env: optional(passedVariables(), 'variables that pass through to its steps'),
  timeout: optional(duration('or none'), 'time limit of the phase'),
  github: optional(github(), 'how its compiled job looks'),
  protect: optional(protectedFiles(), 'files that its steps must not change'),
};

export interface Phase extends RecordOf<typeof phaseFields> {
  readonly steps: readonly Step[];
  readonly gate?: Gate;
}

/** A phase: steps, then the gate that they have to open. */
export function createPhaseShape(steps: Shape<readonly Step[]>): Shape<Phase> {
  const fields = { ...phaseFields, steps: optional(steps, 'what is done'), gate: optional(createGateShape(steps), 'what must hold at its end') };
  const phase = as(record('a phase such as { id: build, steps: [ … ] }', fields), (read): Phase => ({ ...read, steps: read.steps ?? [] }));
  return refine(phase, (read, node, reading) => {
    const says = (key: string) => node.kind === 'map' && node.entries.some((entry) => entry.key === key && entry.value.kind !== 'scalar' && !(entry.value.kind === 'list' && entry.value.items.length === 0));
    if (says('steps') || says('gate')) return true;
    refuse(reading, { code: 'TG1204', message: `phase '${read.id.value}' has no steps`, span: read.id.at, hint: 'add steps, or remove the phase' });
    return true;
  });
}
