/** How the text of an input is read. */
export type InputForm = 'text' | 'list' | 'pairs' | 'switch' | 'count' | 'map' | 'json' | readonly string[];

export interface ActionInput {
  readonly name: string;
  readonly form: InputForm;
  /** What holds when nobody gives it, as action.yml says too. */
  readonly default: string;
  /** Nothing but the default is taken yet; these words say what is missing. */
  readonly unbuilt?: string;
}

/** Every input of the root action. action.yml describes them for people; a test compares the two. */
export const actionInputs = [
  { name: 'workflow', form: 'text', default: '' },
  { name: 'inputs', form: 'map', default: '' },
  { name: 'set', form: 'pairs', default: '' },
  { name: 'phases', form: 'list', default: '' },
  { name: 'from', form: 'text', default: '' },
  { name: 'until', form: 'text', default: '' },
  { name: 'only', form: 'list', default: '' },
  { name: 'skip', form: 'list', default: '' },
  { name: 'labels', form: 'text', default: '' },
  { name: 'max-parallel', form: 'count', default: '' },
  { name: 'preflight', form: ['on', 'only', 'off'], default: 'on' },
  { name: 'fix', form: 'switch', default: 'false' },
  { name: 'allow-costly', form: 'switch', default: 'false' },
  { name: 'summary', form: ['on', 'off'], default: 'on' },
  { name: 'matrix-values', form: 'json', default: '${{ toJSON(matrix) }}' },
  { name: 'dry-run', form: 'switch', default: 'false', unbuilt: 'the action cannot show a plan without running it' },
  { name: 'cache', form: ['on', 'read', 'off'], default: 'on' },
  { name: 'resume', form: 'text', default: 'never', unbuilt: 'a run cannot be gone on with' },
  { name: 'rerun', form: 'list', default: '', unbuilt: 'there are no earlier results to leave unused' },
  { name: 'mark-done', form: 'list', default: '', unbuilt: 'there are no earlier results to add to' },
  { name: 'reason', form: 'text', default: '', unbuilt: 'nothing asks for a reason' },
  { name: 'budget-usd', form: 'text', default: '', unbuilt: 'a run knows no budget' },
  { name: 'comment', form: ['on', 'off'], default: 'off', unbuilt: 'no comment is written on pull requests' },
  { name: 'check', form: ['on', 'off'], default: 'off', unbuilt: 'no check run is made' },
  { name: 'report', form: ['on', 'off'], default: 'off', unbuilt: 'no report is uploaded' },
  { name: 'artifact-retention-days', form: 'count', default: '', unbuilt: 'nothing is uploaded' },
  { name: 'encryption-key', form: 'text', default: '', unbuilt: 'nothing is uploaded' },
  { name: 'github-token', form: 'text', default: '', unbuilt: 'nothing is asked of GitHub' },
  { name: 'telemetry', form: 'text', default: 'off', unbuilt: 'nothing is measured' },
] as const satisfies readonly ActionInput[];

export type ActionInputName = (typeof actionInputs)[number]['name'];
