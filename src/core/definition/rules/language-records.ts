import { parallelFields } from '../language/step-fields.js';
import { createWorkflowShape } from '../language/workflow-shape.js';
import type { Fields } from '../shape/collection.js';
import { list, required } from '../shape/collection.js';
import type { Shape } from '../shape/shape.js';
import type { StepTypes } from '../step-type.js';

/** A map of the language with a name of its own, as the reference shows it. */
export interface LanguageRecord {
  readonly id: string;
  readonly title: string;
  readonly fields: Fields;
}

/** Every record that people know by name; the maps inside one field belong to that field. */
export function listRecords(types: StepTypes): readonly LanguageRecord[] {
  const workflow = fieldsOf(createWorkflowShape(types));
  const inside = (fields: Fields, key: string): Fields => fieldsOf(fields[key]?.shape);
  const phase = inside(workflow, 'phases');
  const step = inside(workflow, 'steps');
  const gate = inside(phase, 'gate');
  const stepShape = shapesIn(workflow['steps']?.shape)[0];
  return [
    { id: 'workflow', title: 'A workflow', fields: workflow },
    { id: 'input', title: 'An input: an entry of `inputs`', fields: inside(workflow, 'inputs') },
    { id: 'output', title: "An output: an entry of the workflow's `outputs`", fields: inside(workflow, 'outputs') },
    { id: 'preflight', title: 'A check: an item of `preflight`', fields: inside(workflow, 'preflight') },
    { id: 'phase', title: 'A phase', fields: phase },
    { id: 'gate', title: 'A gate', fields: gate },
    { id: 'criterion', title: 'A criterion: an item of `criteria`', fields: inside(gate, 'criteria') },
    { id: 'budget', title: 'A budget', fields: inside(workflow, 'budget') },
    { id: 'schedule', title: 'A schedule: an item of `schedule`', fields: inside(workflow, 'schedule') },
    { id: 'github', title: 'Settings of the compiled jobs: `github`', fields: inside(workflow, 'github') },
    { id: 'step', title: 'A step, whatever its type', fields: step },
    ...(stepShape === undefined ? [] : [{ id: 'parallel', title: 'A parallel group, in place of a step', fields: { ...parallelFields, parallel: required(list(stepShape), 'the steps that run side by side') } }]),
    ...types.map((type) => ({ id: recordIdOf(type.name), title: `A step of type \`${type.name}\``, fields: type.fields })),
  ];
}

/** A workflow is called by a step of type `workflow`: the ids of its fields must not be those of a workflow. */
export function recordIdOf(type: string): string {
  return type === 'workflow' ? 'workflow-step' : type;
}

/** The keys of the record that a shape is, holds or lists; the first one, when there are several. */
export function fieldsOf(shape: Shape<unknown> | undefined): Fields {
  const parts = shape?.parts?.();
  if (parts?.fields !== undefined) return parts.fields;
  for (const inner of parts?.shapes ?? []) {
    const fields = fieldsOf(inner);
    if (Object.keys(fields).length > 0) return fields;
  }
  return {};
}

function shapesIn(shape: Shape<unknown> | undefined): readonly Shape<unknown>[] {
  return shape?.parts?.().shapes ?? [];
}
