import type { RunSummary, StepSummary } from '../core/report/run-summary.js';
import { toWorkflowCommand } from '../core/report/workflow-command.js';
import type { JobHost } from '../ports/job-host.js';

/** Every output of the root action, in the order of action.yml; a test compares the two. */
export const actionOutputs = [
  'status', 'verdict', 'run-id', 'outputs', 'gates', 'cost-usd', 'tokens', 'cache-hits', 'cache-misses', 'failed-step', 'next-command', 'report-artifact-id', 'matrix',
] as const;

export type ActionOutputs = Readonly<Record<(typeof actionOutputs)[number], string>>;

const nothing: ActionOutputs = {
  status: 'failed', verdict: '', 'run-id': '', outputs: '{}', gates: '[]', 'cost-usd': '0', tokens: '0', 'cache-hits': '0', 'cache-misses': '0', 'failed-step': '', 'next-command': '', 'report-artifact-id': '', matrix: '[]',
};

/** Nothing was run. */
export function outputsOfRefusal(more: Partial<ActionOutputs> = {}): ActionOutputs {
  return { ...nothing, ...more };
}

export function outputsOfRun(summary: RunSummary, status: string): ActionOutputs {
  return {
    ...nothing,
    status,
    verdict: summary.verdict ?? (status === 'cancelled' ? 'no-go' : ''),
    'run-id': summary.runId,
    outputs: JSON.stringify(summary.outputs),
    'cost-usd': String(summary.costUsd),
    tokens: String(summary.tokens),
    'cache-hits': String(summary.cacheHits),
    'cache-misses': String(summary.cacheMisses),
    'failed-step': nameFailedStep(summary),
    'next-command': summary.nextCommand ?? '',
  };
}

function nameFailedStep(summary: RunSummary): string {
  const steps: readonly StepSummary[] = [...summary.phases.flatMap((phase) => phase.steps), ...summary.finally];
  const failed = steps.find(({ status, failure }) => status === 'failed' && failure?.tolerated !== true);
  return failed === undefined ? '' : failed.phase === null ? failed.id : `${failed.phase}.${failed.id}`;
}

/** Sets them all, and names those of which GitHub or the masks would take something away without a word. */
export function setOutputs(outputs: ActionOutputs, { host, secrets }: { readonly host: JobHost; readonly secrets: readonly { readonly name: string; readonly value: string }[] }): void {
  for (const name of actionOutputs) {
    host.setOutput(name, outputs[name]);
    const warning = findMasked(name, outputs[name], secrets);
    if (warning !== undefined) host.print(`${toWorkflowCommand('warning', warning, { title: `output ${name}` })}\n`);
  }
}

function findMasked(name: string, value: string, secrets: readonly { readonly name: string; readonly value: string }[]): string | undefined {
  if (secrets.length === 0 || value === '') return undefined;
  if (value.includes('***')) return `the output '${name}' holds a secret: it is set with *** in its place\n→ Leave the secret out of the workflow's outputs, and read it from secrets where it is needed`;
  const dropped = secrets.filter((secret) => secret.value.split(/\r\n|\r|\n/u).some((line) => line.trim() !== '' && value.includes(line.trim())));
  if (dropped.length === 0) return undefined;
  return `the output '${name}' holds the text of the secret ${dropped.map((secret) => secret.name).join(', ')}, which is too short to be masked here; as a job's output GitHub drops it\n→ Use a longer secret, or leave it out of the workflow's outputs`;
}
