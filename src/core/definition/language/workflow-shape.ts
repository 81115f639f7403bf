import { nearestName } from '../../diagnostic/nearest-name.js';
import type { RecordOf } from '../shape/collection.js';
import { as, either, isMap, isScalar, list, mapOf, optional, readFields, record, recordSchema, required, tabulate } from '../shape/collection.js';
import { openMap } from '../shape/any-value.js';
import { duration } from '../shape/duration.js';
import { choice, plainWord } from '../shape/scalar.js';
import type { Reading, Shape } from '../shape/shape.js';
import { headOf, refuse, refuseKind } from '../shape/shape.js';
import { condition, text } from '../shape/text.js';
import type { StepTypes } from '../step-type.js';
import type { MapNode } from '../yaml/source-node.js';
import { workflowBudget } from './budget-shape.js';
import { declaredSecrets, environment, passedVariables } from './environment-shape.js';
import { github, on, schedule } from './github-shape.js';
import { constants, inputs, workflowOutputs } from './input-shape.js';
import { idKey, workflowName } from './names.js';
import type { Phase } from './phase-shape.js';
import { createPhaseShape } from './phase-shape.js';
import { preflight } from './preflight-shape.js';
import { protectedFiles } from './protect-shape.js';
import { retry } from './step-fields.js';
import type { Step } from './step.js';
import { createStepShape } from './step-shape.js';

const reserved = (summary: string) => optional(either('a map or text', [{ looks: isScalar, shape: text() }, { looks: isMap, shape: openMap('a map') }]), `reserved: ${summary}`);

const defaults = record('settings such as { timeout: 10m }', {
  timeout: optional(duration('or none'), 'time limit of a step'),
  kill_after: optional(duration(), 'how long after SIGTERM a step is killed'),
  shell: optional(choice(['bash', 'sh']), 'the shell of commands'),
  retry: optional(retry(), 'what happens when a step fails'),
  working_directory: optional(text('a folder'), 'where commands run'),
});

const concurrency = either('{ group, on_conflict }', [
  { looks: isScalar, shape: as(text('a group'), (group) => ({ group, on_conflict: undefined })) },
  {
    looks: isMap,
    shape: record('{ group, on_conflict }', {
      group: required(text('a name'), 'runs of one group never overlap'),
      on_conflict: optional(choice(['wait', 'fail']), 'what the second does (default: wait)'),
    }),
  },
]);

const workflowFields = {
  name: required(workflowName(), 'what it is called'),
  version: optional(text(), "the author's own; not part of any key"),
  description: optional(text(), 'what it is for'),
  inputs: optional(inputs(), 'what is given to a run'),
  outputs: optional(workflowOutputs(), 'what a run gives back'),
  secrets: optional(declaredSecrets(), 'the secrets that steps may get'),
  env: optional(environment(), 'variables that every step gets'),
  pass_env: optional(passedVariables(), 'variables that pass through to every step'),
  vars: optional(constants(), 'constants'),
  defaults: optional(defaults, 'for steps that say nothing else'),
  timeout: optional(duration('or none'), 'time limit of the run (6h when nothing is said)'),
  concurrency: optional(concurrency, 'which runs wait for each other'),
  budget: optional(workflowBudget(), 'what a run may spend'),
  protect: optional(protectedFiles(), 'files that a run must not change'),
  preflight: optional(preflight(), 'what must hold before anything starts'),
  next_steps: optional(text(), 'what a person does after the run'),
  on: optional(on(), 'the GitHub events that start it'),
  schedule: optional(schedule(), 'when it starts by itself'),
  github: optional(github(), 'how the compiled jobs look'),
  step_types: optional(mapOf(plainWord('a file such as ./lint.mjs'), idKey), "step types of the workflow's own"),
  profiles: reserved('security profiles of agents'),
  services: reserved('services that steps talk to'),
  notify: reserved('who is told'),
  resume_when: optional(either('a condition or a map', [{ looks: isScalar, shape: condition() }, { looks: isMap, shape: openMap('a map') }]), 'reserved: when a paused run goes on'),
};

export interface Workflow extends RecordOf<typeof workflowFields> {
  readonly phases: readonly Phase[];
  readonly finally: readonly Step[];
  readonly cleanup: readonly Step[];
}

/** The whole language over the step types that there are. */
export function createWorkflowShape(types: StepTypes): Shape<Workflow> {
  const steps = list(createStepShape(types));
  const fields = {
    ...workflowFields,
    phases: optional(list(createPhaseShape(steps), 1), 'phases, in order'),
    steps: optional(steps, 'in place of phases: the steps of one phase named main'),
    finally: optional(steps, 'done at the end, whatever happened'),
    cleanup: optional(steps, 'done by `run --cleanup` and `tollgate cleanup` alone'),
  };
  const table = tabulate(fields);
  const expects = 'a workflow: a map with name and phases or steps';
  return {
    expects,
    schema: (names) => recordSchema(fields, names),
    parts: () => ({ fields }),
    read: (node, subject, outer) => {
      if (node.kind !== 'map') return refuseKind(node, subject, expects, outer);
      const reading: Reading = { ...outer, customTypes: namesOf(node, 'step_types') };
      const { values } = readFields(node, table, { subject: 'a workflow', reading });
      // Without a name the rest is looked at all the same: everything that is wrong is said at once.
      values['name'] ??= { value: 'unnamed', at: headOf(node) };
      const phases = gatherPhases(node, values, reading);
      delete values['steps'];
      return { finally: [], cleanup: [], ...values, phases } as unknown as Workflow;
    },
  };
}

function gatherPhases(node: MapNode, values: Record<string, unknown>, reading: Reading): readonly Phase[] {
  const entry = (key: string) => node.entries.find((each) => each.key === key);
  const flat = entry('steps');
  const phased = entry('phases');
  if (flat !== undefined && phased !== undefined) {
    refuse(reading, { code: 'TG1108', message: "a workflow has 'phases' or 'steps', not both", span: flat.keyAt, hint: 'put the steps into a phase' });
  }
  const isSlip = node.entries.some(({ key }) => nearestName(key, ['phases', 'steps']) !== undefined);
  if (flat === undefined && phased === undefined && !isSlip) {
    refuse(reading, { code: 'TG1204', message: "a workflow needs 'phases' or 'steps'", span: node.entries.at(-1)?.keyAt ?? headOf(node), hint: 'add steps: [{ id: hello, command: echo hello }]' });
  }
  if (flat?.value.kind === 'list' && flat.value.items.length === 0 && phased === undefined) {
    refuse(reading, { code: 'TG1204', message: "'steps' is empty: there is nothing to do", span: flat.keyAt, hint: 'add a step' });
  }
  const read = values['phases'] as readonly Phase[] | undefined;
  const steps = values['steps'] as readonly Step[] | undefined;
  if (read !== undefined) return read;
  const at = flat?.keyAt ?? node.at;
  return steps === undefined ? [] : [{ id: { value: 'main', at }, at, steps }];
}

function namesOf(node: MapNode, key: string): ReadonlySet<string> {
  const value = node.entries.find((entry) => entry.key === key)?.value;
  return new Set(value?.kind === 'map' ? value.entries.map((entry) => entry.key) : []);
}

