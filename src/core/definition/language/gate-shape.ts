import type { RecordOf } from '../shape/collection.js';
import { as, list, optional, record, refine, required, says } from '../shape/collection.js';
import { duration } from '../shape/duration.js';
import { choice, flag, number, plainWord } from '../shape/scalar.js';
import type { Shape } from '../shape/shape.js';
import { refuse } from '../shape/shape.js';
import type { SourceNode } from '../yaml/source-node.js';
import { condition, shellText, text } from '../shape/text.js';
import { approvalFields } from './approval-fields.js';
import { environment, givenSecrets, passedVariables } from './environment-shape.js';
import { criterionId } from './names.js';
import { protectedFiles } from './protect-shape.js';
import { exitCode } from './step-fields.js';
import { stepOutputs } from './step-output-shape.js';
import type { Step } from './step.js';

const criterionFields = {
  id: required(criterionId(), 'what reports call it'),
  run: optional(shellText(), 'a command that must exit 0'),
  ok_codes: optional(list(exitCode(), 1), 'the exit codes of run that will do'),
  outputs: optional(stepOutputs(), 'what run makes, for check: criterion.outputs'),
  shell: optional(choice(['bash', 'sh']), 'the shell of run'),
  timeout: optional(duration('or none'), 'how long run may take'),
  env: optional(environment(), 'variables that run gets'),
  secrets: optional(givenSecrets(), 'secrets that run gets'),
  pass_env: optional(passedVariables(), 'variables that pass through to run'),
  working_directory: optional(text('a folder'), 'where run runs'),
  check: optional(condition('check'), 'an expression that must be true'),
  ratchet: optional(
    record('{ metric, value, direction, tolerance }', {
      metric: required(plainWord('a name'), 'what is measured'),
      value: required(text('an expression'), 'what it is now'),
      direction: required(choice(['up', 'down']), 'which way is better'),
      tolerance: optional(number('a number from 0', { min: 0 }), 'how much worse is still accepted'),
    }),
    "not worse than the default branch's baseline",
  ),
  manual: optional(text(), 'attested by a permitted person'),
  advisory: optional(flag(), 'shown, but GO does not need it'),
  description: optional(text(), 'what it is for'),
  message: optional(text(), 'what is wrong when it does not hold'),
};

export type Criterion = RecordOf<typeof criterionFields>;

const criterion = refine(record('a criterion such as { id: tests, run: npm test }', criterionFields), (each, node, reading) => {
  const proofs = (['run', 'check', 'ratchet', 'manual'] as const).filter((kind) => says(node, kind));
  const together = proofs.join(' and ');
  if (proofs.length === 1 || together === 'run and check') return true;
  refuse(reading, {
    code: 'TG1108',
    message: `criterion '${each.id.value}' has ${proofs.length === 0 ? 'nothing to prove' : `${together} together`}`,
    span: each.id.at,
    hint: 'give it one of run, check, ratchet and manual; only run and check go together',
  });
  return false;
});

export interface Gate {
  readonly criteria: readonly Criterion[];
  readonly approve?: RecordOf<typeof approvalFields>;
  readonly on_no_go: readonly Step[];
  readonly protect?: unknown;
  readonly at: readonly [number, number];
}

/** What opens the way to the phases after. */
export function createGateShape(steps: Shape<readonly Step[]>): Shape<Gate> {
  const fields = {
    criteria: optional(list(criterion), 'what must hold, each yes or no'),
    approve: optional(record('{ message, approvers, quorum, expires, inputs }', approvalFields), 'people who must approve'),
    on_no_go: optional(steps, 'what is done after NO-GO, when the rollbacks are over'),
    protect: optional(protectedFiles(), 'files that the phase must not change'),
  };
  const gate = as(record('a gate such as { criteria: [ … ] }', fields), (read): Gate => ({ ...read, criteria: read.criteria ?? [], on_no_go: read.on_no_go ?? [] }));
  return refine(gate, (read, node, reading) => {
    const listsNone = (value: SourceNode): boolean => value.kind === 'list' && value.items.length === 0;
    const hasCriteria = node.kind === 'map' && node.entries.some((entry) => entry.key === 'criteria' && !listsNone(entry.value));
    if (hasCriteria || says(node, 'approve')) return true;
    refuse(reading, { code: 'TG1205', message: 'a gate needs a criterion or an approve', span: read.at, hint: 'without proof there is nothing to open it: add criteria, or remove the gate' });
    return false;
  });
}
