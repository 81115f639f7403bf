import type { Outline, PlacedPhase } from '../definition/check/outline.js';
import type { InputDeclaration } from '../definition/language/input-shape.js';
import { plainValue } from '../definition/shape/any-value.js';
import type { Named } from '../definition/shape/collection.js';
import { writtenText } from '../definition/shape/setting.js';

/** What a caller has to know of a workflow: what it takes, does and gives back. */
export interface WorkflowSummary {
  readonly name: string;
  readonly version: string | null;
  readonly description: string | null;
  readonly inputs: readonly InputSummary[];
  readonly outputs: readonly { readonly name: string; readonly type: string | null; readonly description: string | null }[];
  readonly secrets: readonly { readonly name: string; readonly required: boolean; readonly description: string | null }[];
  readonly phases: readonly PhaseSummary[];
}

export interface InputSummary {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly default: unknown;
  readonly description: string | null;
  readonly options: readonly unknown[] | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly pattern: string | null;
  readonly from: string | null;
}

export interface PhaseSummary {
  readonly number: number;
  readonly id: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly steps: number;
  readonly criteria: readonly { readonly id: string; readonly advisory: boolean }[];
  readonly approval: boolean;
}

export function summarizeWorkflow(outline: Outline): WorkflowSummary {
  const { workflow } = outline;
  return {
    name: workflow.name.value,
    version: writtenText(workflow.version) ?? null,
    description: writtenText(workflow.description) ?? null,
    inputs: (workflow.inputs ?? []).map(summarizeInput),
    outputs: (workflow.outputs ?? []).map(({ name, value }) => ({ name, type: value.type?.value ?? null, description: writtenText(value.description) ?? null })),
    secrets: (workflow.secrets ?? []).map((secret) => ({
      name: secret.name.value,
      required: !(secret.required?.kind === 'written' && !secret.required.value),
      description: 'description' in secret ? ((secret.description as { readonly value: string } | undefined)?.value ?? null) : null,
    })),
    phases: outline.phases.map(summarizePhase),
  };
}

function summarizeInput({ name, value: input }: Named<InputDeclaration>): InputSummary {
  return {
    name,
    type: input.type.value,
    required: input.required?.value === 'true' && input.default === undefined && input.from === undefined,
    default: input.default === undefined ? null : (plainValue(input.default) ?? null),
    description: writtenText(input.description) ?? null,
    options: input.options?.map((option) => plainValue(option)) ?? null,
    min: input.min?.kind === 'written' ? input.min.value : null,
    max: input.max?.kind === 'written' ? input.max.value : null,
    pattern: input.pattern?.value ?? null,
    from: input.from?.value ?? null,
  };
}

function summarizePhase({ phase, number, items }: PlacedPhase): PhaseSummary {
  const criteria = (phase.gate?.criteria ?? []).map(({ id, advisory }) => ({ id: id.value, advisory: advisory?.kind === 'written' && advisory.value }));
  return {
    number,
    id: phase.id.value,
    name: phase.name?.value ?? null,
    description: writtenText(phase.description) ?? null,
    steps: items.reduce((count, item) => count + ('members' in item ? item.members.length : 1), 0),
    criteria,
    approval: phase.gate?.approve !== undefined,
  };
}
