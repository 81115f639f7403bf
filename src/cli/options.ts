/**
 * THE table of options. The flags of `--help`, the keys of `.tollgate.yml`, the `TOLLGATE_*` variables,
 * `tollgate config`, the page docs/cli.md and shell completion all come from here.
 */
export const optionTable = {
  input: { form: 'pairs', usage: '<name=value>', summary: 'give an input a value' },
  inputs: { form: 'paths', usage: '<file>', summary: 'take inputs from a YAML or JSON file' },
  set: { form: 'pairs', usage: '<step.outputs.name=value>', summary: 'give an output that a skipped step would have made' },
  phases: { form: 'list', usage: '<phase,…>', summary: 'run these phases alone, by name or number' },
  from: { form: 'text', usage: '<step or phase>', summary: 'start here; what lies before is taken from earlier results' },
  until: { form: 'text', usage: '<step or phase>', summary: 'stop after it' },
  only: { form: 'list', usage: '<step,…>', summary: 'run these steps alone' },
  skip: { form: 'list', usage: '<step,…>', summary: 'leave these steps out' },
  'skip-phases': { form: 'list', usage: '<phase,…>', summary: 'leave these phases out' },
  labels: { form: 'text', usage: '<expression>', summary: "run the steps whose labels fit, such as 'not e2e and not slow'" },
  'max-parallel': { form: 'number', usage: '<n>', whole: true, least: 1, summary: 'how many steps run side by side', unset: "the machine's cores" },
  cache: { form: 'choice', usage: '<mode>', choices: ['on', 'read', 'off'], default: 'on', summary: 'use kept results and keep new ones, only use, or neither' },
  'no-cache': { form: 'switch', means: { option: 'cache', value: 'off' }, summary: 'the same as --cache off' },
  'allow-costly': { form: 'switch', summary: 'run the steps that are marked costly' },
  'budget-usd': { form: 'number', usage: '<amount>', least: 0, summary: 'the most that the run may spend, in US dollars', unset: "the workflow's budget" },
  'no-budget': { form: 'switch', summary: "run without the workflow's budget; asks for --reason" },
  reason: { form: 'text', usage: '<text>', summary: 'why, kept with the run' },
  preflight: { form: 'choice', usage: '<mode>', choices: ['on', 'only', 'off'], default: 'on', summary: 'run the pre-flight checks, nothing but them, or none' },
  fix: { form: 'switch', summary: 'mend what can be mended: safe fixes of lint, fixes of pre-flight checks' },
  strict: { form: 'switch', summary: 'let lesser findings fail too' },
  cleanup: { form: 'switch', summary: "run the workflow's cleanup steps at the end" },
  'dry-run': { form: 'switch', summary: 'show what would be done and do nothing' },
  'trace-inputs': { form: 'switch', summary: 'watch which files a step reads, to find undeclared inputs' },
  'mark-done': { form: 'list', usage: '<step,…>', summary: 'say that a step which was cut short has had its effect; asks for --reason' },
  rerun: { form: 'list', usage: '<step,…>', summary: 'say that a step which was cut short has had no effect: it is run again' },
  'take-over': { form: 'switch', summary: 'take the lock of a run that is gone' },
  github: { form: 'text', usage: '<run id>', summary: "take up a run of GitHub Actions, by its id or the address of its page; asks for a token in GH_TOKEN" },
  run: { form: 'text', usage: '<run>', summary: 'of this run, by its name, or the beginning or the end of it', unset: 'the last one' },
  workflow: { form: 'list', usage: '<name,…>', summary: 'only runs of these workflows' },
  status: { form: 'list', usage: '<status,…>', summary: 'only runs that are running, succeeded, failed, paused, cancelled or interrupted' },
  since: { form: 'text', usage: '<moment>', summary: 'only runs that began since: 30m, 12h, 7d, today, 2026-11-21' },
  limit: { form: 'number', usage: '<n>', whole: true, least: 1, summary: 'at most so many', unset: '20' },
  'keep-runs': { form: 'number', usage: '<n>', whole: true, least: 1, summary: 'so many runs are kept; older ones that are over go', unset: '100' },
  'keep-days': { form: 'number', usage: '<n>', least: 0, summary: 'so many days a run is kept once it is over', unset: '30' },
  accept: { form: 'list', usage: '<name,…>', summary: 'take in a run of this repository or workflow, though it is another' },
  'max-size': { form: 'size', usage: '<size>', default: '5GiB', summary: 'the most that kept results take: what was not used for longest goes first' },
  format: { form: 'choice', usage: '<format>', choices: ['text', 'github'], default: 'text', summary: 'how problems are printed: for people, or as annotations on GitHub' },
  mermaid: { form: 'switch', summary: 'print the plan as a Mermaid graph' },
  force: { form: 'switch', summary: 'overwrite what is there' },
  verbose: { form: 'switch', summary: 'say more' },
  quiet: { form: 'switch', summary: 'say only what went wrong' },
  folder: { form: 'path', usage: '<folder>', short: 'C', summary: 'work in this folder; it is the workspace', unset: 'the folder with .git' },
  'state-dir': { form: 'path', usage: '<folder>', summary: 'where runs and kept results lie', unset: ".tollgate in the workspace" },
  json: { form: 'switch', summary: 'print JSON for scripts' },
  'no-color': { form: 'switch', summary: 'print without colours' },
  help: { form: 'switch', short: 'h', ofTheCall: true, summary: 'explain a command' },
  version: { form: 'switch', short: 'V', ofTheCall: true, summary: 'print the version' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export type OptionName = keyof typeof optionTable;

/** What every command takes. */
export const everywhere = ['folder', 'state-dir', 'json', 'no-color', 'help', 'version'] as const satisfies readonly OptionName[];

/**
 * switch: true or false · text, path, number, size, choice: one value, the last one wins ·
 * list: names, by commas and by repeating · paths: by repeating · pairs: name=value, by repeating.
 */
export type OptionForm = 'switch' | 'text' | 'path' | 'number' | 'size' | 'choice' | 'list' | 'paths' | 'pairs';

/** One option as people see it. */
export interface OptionSpec {
  readonly form: OptionForm;
  readonly summary: string;
  /** What stands for the value in help; a switch has none. */
  readonly usage?: string;
  readonly short?: string;
  readonly choices?: readonly string[];
  readonly default?: string;
  /** What happens when nothing is said, where that is no value. */
  readonly unset?: string;
  readonly whole?: boolean;
  readonly least?: number;
  /** A switch that is another way of writing this. */
  readonly means?: { readonly option: string; readonly value: string };
  /** Belongs to one call and is no setting: no variable, no key. */
  readonly ofTheCall?: boolean;
}

/** Where a value comes from. Flag wins over variable over file over default. */
export type Origin =
  | { readonly kind: 'flag'; readonly flag: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'file'; readonly file: string; readonly line: number; readonly column: number }
  | { readonly kind: 'default' };

/** A value and where it comes from; of pairs and lists, the strongest of their origins. */
export interface OptionValue<V> {
  readonly value: V;
  readonly origin: Origin;
}

/** One `name=value`; of two with the same name the stronger origin has won already. */
export interface Pair {
  readonly name: string;
  readonly value: string;
  readonly origin: Origin;
}

type Table = typeof optionTable;

/** The options that are settings: with a variable, a key in `.tollgate.yml` and a value. */
export type SettingName = { [N in OptionName]: Table[N] extends { ofTheCall: true } | { means: unknown } ? never : N }[OptionName];

type ValueOf<S> =
  S extends { form: 'switch' } ? boolean
  : S extends { form: 'choice'; choices: readonly (infer C)[] } ? C
  : S extends { form: 'number' } ? number | undefined
  : S extends { form: 'size' } ? number
  : S extends { form: 'list' | 'paths' } ? readonly string[]
  : S extends { form: 'pairs' } ? readonly Pair[]
  : string | undefined;

/**
 * The value of every setting, whatever the command. Paths are absolute, or meant from the call's folder.
 * `--no-cache` has no value of its own: it is `cache: off`.
 */
export type OptionValues = { readonly [N in SettingName]: OptionValue<ValueOf<Table[N]>> };

export const optionNames = Object.keys(optionTable) as readonly OptionName[];

export function specOf(name: OptionName): OptionSpec {
  return optionTable[name];
}

/** `--max-parallel` → `TOLLGATE_MAX_PARALLEL`; nothing for what belongs to one call. */
export function variableOf(name: OptionName): string | undefined {
  return specOf(name).ofTheCall === true ? undefined : `TOLLGATE_${name.replaceAll('-', '_').toUpperCase()}`;
}

/** `--max-parallel` → `max_parallel`, its key in `.tollgate.yml`. */
export function keyOf(name: OptionName): string | undefined {
  return specOf(name).ofTheCall === true ? undefined : name.replaceAll('-', '_');
}

export function isRepeatable({ form }: OptionSpec): boolean {
  return form === 'list' || form === 'paths' || form === 'pairs';
}
