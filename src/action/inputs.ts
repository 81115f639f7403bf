/** How the text of an input is read. */
export type InputForm = 'text' | 'list' | 'pairs' | 'switch' | 'count' | 'map' | 'json' | 'run' | 'key' | readonly string[];

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
  { name: 'dry-run', form: 'switch', default: 'false' },
  { name: 'cache', form: ['on', 'read', 'off'], default: 'on' },
  { name: 'resume', form: 'run', default: 'auto' },
  { name: 'rerun', form: 'list', default: '' },
  { name: 'mark-done', form: 'list', default: '' },
  { name: 'reason', form: 'text', default: '' },
  { name: 'budget-usd', form: 'text', default: '', unbuilt: 'a run knows no budget' },
  { name: 'comment', form: ['auto', 'on', 'off'], default: 'off' },
  { name: 'check', form: ['auto', 'on', 'off'], default: 'off' },
  { name: 'report', form: ['on', 'off'], default: 'off' },
  { name: 'artifact-retention-days', form: 'count', default: '' },
  { name: 'encryption-key', form: 'key', default: '' },
  { name: 'github-token', form: 'text', default: '${{ github.token }}' },
  { name: 'telemetry', form: 'text', default: 'off', unbuilt: 'nothing is measured' },
] as const satisfies readonly ActionInput[];

export type ActionInputName = (typeof actionInputs)[number]['name'];
