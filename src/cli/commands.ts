import type { ArgumentSpec, CommandSpec } from './command.js';

const oneWorkflow: ArgumentSpec = { usage: '<file or name>', required: true, many: false, completes: 'workflow' };
const anyWorkflows: ArgumentSpec = { usage: '[file or name …]', required: false, many: true, completes: 'workflow' };

const oneRun: ArgumentSpec = { usage: '[run]', required: false, many: false, completes: 'run' };

export type CommandName = 'init' | 'list' | 'show' | 'validate' | 'lint' | 'plan' | 'explain' | 'run' | 'resume' | 'rerun' | 'cleanup' | 'preflight' | 'status' | 'history' | 'replay' | 'logs' | 'cache' | 'state' | 'artifacts' | 'errors' | 'schema' | 'config' | 'completion' | 'help';

/** The table of commands: help, completion and the docs come from it. */
export const commandTable: readonly (CommandSpec & { readonly name: CommandName })[] = [
  {
    name: 'init',
    group: 'start',
    summary: 'write a first workflow that fits this folder',
    about: 'Looks at what lies in the folder (package.json and its lockfile, pyproject.toml, go.mod, Cargo.toml, pom.xml, Gradle, Makefile, Terraform) and writes .github/tollgate/<name>.yml for it.',
    argument: { usage: '[name]', required: false, many: false, completes: 'nothing' },
    options: ['force', 'dry-run'],
    examples: [
      { call: 'init', says: 'write .github/tollgate/ci.yml' },
      { call: 'init release', says: 'write .github/tollgate/release.yml' },
      { call: 'init --dry-run', says: 'only show what would be written' },
    ],
  },
  {
    name: 'list',
    group: 'start',
    summary: 'list the workflows of this repository',
    about: 'Workflows lie in .github/tollgate/, .tollgate/workflows/ and workflows-examples/.',
    options: [],
    examples: [
      { call: 'list', says: 'names, files and what they are for' },
      { call: 'list --json', says: 'the same for a script' },
    ],
  },
  {
    name: 'show',
    group: 'start',
    summary: "show a workflow's inputs, outputs and phases, and how to call it",
    argument: oneWorkflow,
    options: [],
    examples: [{ call: 'show ci', says: 'what it takes, does and gives back' }],
  },
  {
    name: 'validate',
    group: 'check',
    summary: 'find what is wrong with workflows',
    about: 'Reports every problem of a file at once, each with its place, the nearest known name and a way out. Without a name it checks all workflows of the repository. Exit code 2 when something is wrong.',
    argument: anyWorkflows,
    options: ['format', 'verbose'],
    examples: [
      { call: 'validate', says: 'check all workflows of this repository' },
      { call: 'validate ci', says: 'check one' },
      { call: 'validate --format github', says: 'annotate the files on GitHub' },
    ],
  },
  {
    name: 'lint',
    group: 'check',
    summary: 'find what is allowed but doubtful in workflows',
    argument: anyWorkflows,
    options: ['fix', 'strict', 'format', 'verbose'],
    examples: [
      { call: 'lint', says: 'check all workflows of this repository' },
      { call: 'lint ci --fix', says: 'mend what is safe to mend' },
      { call: 'lint --strict', says: 'exit code 1 for notes too, not for warnings alone' },
    ],
  },
  {
    name: 'plan',
    group: 'check',
    summary: 'show what would run, in what order, and why',
    about: 'Runs nothing. Says what runs side by side, with which limits, and of each `when` whether it holds where that can be known. Where all inputs are given it says of each step what a run would find: hit, miss, depends on what comes before, or runs every time.',
    argument: oneWorkflow,
    options: ['input', 'inputs', 'mermaid', 'verbose'],
    examples: [
      { call: 'plan ci', says: 'the plan as text' },
      { call: 'plan ci --input target=main.py', says: 'with an input' },
      { call: 'plan ci --mermaid > plan.mmd', says: 'as a graph' },
      { call: 'plan ci --json', says: 'for a script' },
    ],
  },
  {
    name: 'explain',
    group: 'check',
    summary: 'say of each step whether its result is there, and why not',
    about: 'Goes the way that a run takes and executes nothing. hit: the result is used. miss: something that it depends on has changed; what, is shown with what it was and what it is. depends: it comes after a step that runs. runs: it is not cached.',
    argument: { usage: '<file or name> [step]', required: true, many: true, completes: 'workflow' },
    options: ['input', 'from', 'until', 'only', 'skip', 'skip-phases', 'phases', 'labels', 'set', 'allow-costly', 'cache', 'no-cache', 'verbose'],
    examples: [
      { call: 'explain ci', says: 'every step' },
      { call: 'explain ci test', says: 'one step, with everything that differs' },
      { call: 'explain ci --json', says: 'for a script' },
    ],
  },
  {
    name: 'run',
    group: 'start',
    summary: 'run a workflow',
    about: 'Checks everything first and says all that is wrong at once. Then phases one after the other, steps side by side where nothing orders them. Exit code 0 succeeded, 1 failed or NO-GO, 2 the workflow or the call is wrong, 130 after Ctrl-C.',
    argument: oneWorkflow,
    options: [
      'input', 'inputs', 'set', 'phases', 'from', 'until', 'only', 'skip', 'skip-phases', 'labels', 'max-parallel', 'cache', 'no-cache',
      'allow-costly', 'budget-usd', 'no-budget', 'reason', 'preflight', 'fix', 'cleanup', 'dry-run', 'trace-inputs', 'take-over', 'verbose', 'quiet',
    ],
    examples: [
      { call: 'run ci', says: 'run it' },
      { call: 'run ci --input target=main.py --max-parallel 2', says: 'with an input, two steps at a time' },
      { call: 'run ci --from test', says: 'from a step or phase on' },
      { call: 'run ci --dry-run', says: 'only say what would run, and why' },
      { call: 'run ci --cleanup', says: 'clean up after it' },
    ],
  },
  {
    name: 'resume',
    group: 'start',
    summary: 'go on with a run where it was',
    about: 'Takes up the unfinished run, or the one that is named. What was done and still holds is kept; what somebody has changed since is done again, with what depends on it. A step with `effects: once` that was cut short asks for a decision. With --github the state of a run on GitHub, which lies among its artifacts, is taken in first; a token in GH_TOKEN or GITHUB_TOKEN with the permission `actions: read` gets it, TOLLGATE_ENCRYPTION_KEY opens it where the jobs have an encryption-key. Exit code 4 while the run is paused.',
    argument: { usage: '[run]', required: false, many: false, completes: 'run' },
    options: ['from', 'set', 'mark-done', 'rerun', 'reason', 'github', 'accept', 'max-parallel', 'cache', 'no-cache', 'preflight', 'fix', 'take-over', 'verbose', 'quiet'],
    examples: [
      { call: 'resume', says: 'go on with the only unfinished run' },
      { call: 'resume --from build', says: 'do everything from build on again' },
      { call: 'resume --mark-done deploy --reason "the release is there"', says: 'decide what became of a step that was cut short' },
      { call: 'resume --github 9876543210', says: 'go on here with what a run on GitHub has left' },
    ],
  },
  {
    name: 'rerun',
    group: 'start',
    summary: 'do a run again: a new one, with the same inputs',
    about: 'The same workflow as it stands now, with the inputs and the part of it that the run was given; of the last run, or the one that is named. It is a new run: what happens once happens again, and results are used again as in any.',
    argument: oneRun,
    options: ['input', 'max-parallel', 'cache', 'no-cache', 'allow-costly', 'preflight', 'fix', 'take-over', 'verbose', 'quiet'],
    examples: [
      { call: 'rerun', says: 'the last run again' },
      { call: 'rerun 9f02 --no-cache', says: 'that run again, everything executed' },
      { call: 'rerun --input target=main.py', says: 'with another input' },
    ],
  },
  {
    name: 'cleanup',
    group: 'start',
    summary: "do a workflow's cleanup steps, and remove what its last run declared",
    about: 'The steps of `cleanup` see the inputs and outputs of the last run. Then the files go that the run declared as outputs, and nothing else: what git has, what was touched after the run and what is not declared stays.',
    argument: oneWorkflow,
    options: ['input', 'dry-run', 'take-over', 'verbose', 'quiet'],
    examples: [
      { call: 'cleanup ci --dry-run', says: 'what would be done and removed' },
      { call: 'cleanup ci', says: 'do it' },
      { call: 'cleanup ci --input dir=build', says: 'with another input than the run had' },
    ],
  },
  {
    name: 'preflight',
    group: 'check',
    summary: 'check what has to hold before a workflow can run',
    about: 'Runs the pre-flight checks side by side and nothing else: those that are written, and those that follow from the workflow (its secrets, the commands of its steps, bash, room on the disk). Exit code 1 when something blocks.',
    argument: oneWorkflow,
    options: ['input', 'inputs', 'strict', 'fix', 'verbose'],
    examples: [
      { call: 'preflight ci', says: 'what holds and what does not' },
      { call: 'preflight ci --fix', says: 'run the fixes of what does not hold, and look again' },
      { call: 'preflight ci --strict', says: 'exit code 1 for warnings too' },
    ],
  },
  {
    name: 'status',
    group: 'look',
    summary: 'show how a run went, how it goes, or how far it came',
    about: 'Of the last run, or the one that is named, by the beginning or the end of its name too. Of a run that goes on or was cut short: what is done, what was under way, what waits for a decision, which process is at it and whether that lives, and the command that goes on.',
    argument: oneRun,
    options: [],
    examples: [
      { call: 'status', says: 'phases, what failed, and what to do' },
      { call: 'status 9f02', says: 'of the run whose name ends so' },
      { call: 'status --json', says: 'the same object as run --json, with its owner' },
    ],
  },
  {
    name: 'history',
    group: 'look',
    summary: 'list the runs that were, the newest first',
    about: 'With how each ended, when it began, how long it took, its steps, its cost, its commit and who started it.',
    options: ['workflow', 'status', 'since', 'limit'],
    examples: [
      { call: 'history', says: 'the last runs' },
      { call: 'history --workflow ci --status failed --since 7d', says: 'failures of the last week' },
      { call: 'history --limit 1000 --json', says: 'for a script' },
    ],
  },
  {
    name: 'replay',
    group: 'look',
    summary: 'tell the story of a run, event by event',
    about: 'From its journal, with the time since it began: what was due, started, ended, was tried again or used again, and where another process took over. Damage is named with its file and byte.',
    argument: oneRun,
    options: [],
    examples: [
      { call: 'replay', says: 'of the last run' },
      { call: 'replay 9f02', says: 'of the run whose name ends so' },
      { call: 'replay --json', says: 'for a script' },
    ],
  },
  {
    name: 'logs',
    group: 'look',
    summary: 'show what the steps of a run said',
    about: 'Of the last run, or another. Of a step whose result was used again it is what the step said when the result was made, with when that was.',
    argument: { usage: '[step]', required: false, many: false, completes: 'nothing' },
    options: ['run'],
    examples: [
      { call: 'logs', says: 'which steps said something' },
      { call: 'logs build', says: 'all that build said, masked' },
      { call: 'logs test.2 --run 9f02', says: 'of the second cell of test, in another run' },
    ],
  },
  {
    name: 'cache',
    group: 'look',
    summary: 'look at kept results, verify them, make room',
    about: 'ls lists them, the one used last first. stats says how much room they take. verify reads all of them and removes what is damaged. clear removes all. gc removes what was not used for longest until the rest fits; a run does so by itself when the store is full.',
    argument: { usage: '<ls|stats|verify|clear|gc>', required: true, many: false, completes: 'word', words: ['ls', 'stats', 'verify', 'clear', 'gc'] },
    options: ['workflow', 'max-size', 'dry-run'],
    examples: [
      { call: 'cache stats', says: 'how much is kept, of how much' },
      { call: 'cache ls --workflow ci', says: 'the results of a workflow' },
      { call: 'cache gc --max-size 1GiB', says: 'make room' },
    ],
  },
  {
    name: 'state',
    group: 'look',
    summary: 'take a run to another machine as one file; remove old runs',
    about: 'export writes a run into one file: its journal, its logs, its artifacts and the results that its steps came to. import takes such a file in, once every byte of it is verified; the run can then be looked at and gone on with. A run of another repository or workflow is taken in only when it is named. prune removes the runs that need not be kept any more, as every run does at its end: never one that can still be gone on with, or whose artifacts are promised.',
    argument: { usage: '<export|import|prune> [run or file] [file]', required: true, many: true, most: 3, completes: 'word', words: ['export', 'import', 'prune'] },
    options: ['force', 'accept', 'keep-runs', 'keep-days', 'dry-run'],
    examples: [
      { call: 'state export 9f02 run.tollgate', says: 'write a run into a file' },
      { call: 'state import run.tollgate', says: 'take it in, on another machine' },
      { call: 'state prune --keep-days 7', says: 'let go of what is older than a week' },
    ],
  },
  {
    name: 'artifacts',
    group: 'look',
    summary: 'list what runs have kept, take it, make room',
    about: 'An artifact is named as <workflow>/<name>, with @<run>, @<tag> or @<version> behind it. ls lists them, the newest first: all, those of a workflow or of a name. get brings one into a folder, every byte of it verified; without @… it is the latest of a run with verdict GO. prune removes those that are past their time and those that are damaged; a run that keeps artifacts does the first by itself.',
    argument: { usage: '<ls|get|prune> [artifact] [folder]', required: true, many: true, most: 3, completes: 'word', words: ['ls', 'get', 'prune'] },
    options: ['force', 'dry-run'],
    examples: [
      { call: 'artifacts ls', says: 'all that is kept' },
      { call: 'artifacts ls measure/coverage', says: 'every version of one' },
      { call: 'artifacts get measure/coverage out', says: 'the latest with verdict GO, into out/' },
      { call: 'artifacts get measure/coverage@nightly --force', says: 'the newest with a tag, over what is there' },
    ],
  },
  {
    name: 'errors',
    group: 'look',
    summary: 'explain the code of a problem',
    argument: { usage: '[code]', required: false, many: false, completes: 'code' },
    options: [],
    examples: [
      { call: 'errors TG1031', says: 'what it means and how to mend it' },
      { call: 'errors', says: 'all codes' },
    ],
  },
  {
    name: 'schema',
    group: 'look',
    summary: 'print the JSON Schema of workflow files, for editors',
    options: [],
    examples: [{ call: 'schema > .tollgate.schema.json', says: 'name it in your editor to get completion and checks' }],
  },
  {
    name: 'config',
    group: 'look',
    summary: 'print every setting with its value and where it comes from',
    about: 'A flag wins over a TOLLGATE_* variable, a variable over .tollgate.yml, the file over the default.',
    options: [],
    examples: [
      { call: 'config', says: 'what holds here' },
      { call: 'config --json', says: 'the same for a script' },
    ],
  },
  {
    name: 'completion',
    group: 'tool',
    summary: 'print the completion script of a shell',
    argument: { usage: '<bash|zsh|fish>', required: true, many: false, completes: 'shell' },
    options: [],
    examples: [
      { call: 'completion bash > ~/.local/share/bash-completion/completions/tollgate', says: 'bash' },
      { call: 'completion zsh > "${fpath[1]}/_tollgate"', says: 'zsh' },
      { call: 'completion fish > ~/.config/fish/completions/tollgate.fish', says: 'fish' },
    ],
  },
  {
    name: 'help',
    group: 'tool',
    summary: 'explain a command',
    argument: { usage: '[command]', required: false, many: false, completes: 'command' },
    options: [],
    examples: [{ call: 'help plan', says: 'the same as plan --help' }],
  },
];

/** Commands of the language that this version does not have yet: named, never pretended. */
export const laterCommands: readonly string[] = [
  'down',
  'gate', 'approve', 'pause', 'paused', 'rollback', 'schedule', 'cost', 'compile',
];

export function findCommand(name: string): (CommandSpec & { readonly name: CommandName }) | undefined {
  return commandTable.find((command) => command.name === name);
}
