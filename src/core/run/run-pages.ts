import type { ErrorPage } from '../diagnostic/error-page.js';
import type { runCodes } from './run-codes.js';

/** What is behind the codes of a run. */
export const runPages: Readonly<Record<keyof typeof runCodes, ErrorPage>> = {
  TG3101: {
    meaning: 'The command of a step ended with an exit code other than 0, and `ok_codes` does not name it.',
    why: 'An exit code is how a command says that it failed. The last lines of its output, shown with the message, usually say why.',
    fix: 'Read the last lines, or all of them with `tollgate logs <step>`. Where the code means success, name it: `ok_codes: [0, 1]`. Where a failure may be passed over, `continue_on_error: true` makes it a warning.',
  },
  TG3102: {
    meaning: 'The step succeeded, but a file, folder, match or value that its `outputs` declare is not there.',
    why: 'Later steps rely on declared outputs. A missing one would fail them further away from its cause.',
    fix: 'Mend the command or the path; paths are relative to the root of the workspace. An output that need not be made is `{ path: …, optional: true }`.',
  },
  TG3103: {
    meaning: 'The shell answered 127: a command of the step is not on its PATH.',
    why: 'Steps get PATH and what tools need to work, and nothing else of the environment; a tool that a version manager puts there in an interactive shell may be missing.',
    fix: 'Install the tool, or check for it before anything starts: `preflight: [{ tool: … }]`.',
  },
  TG3104: {
    meaning: 'An attempt of the step took longer than its `timeout` and was ended, with everything that it had started.',
    why: 'A step without an end would hold the run, and on a runner the bill. 1 h holds when nothing is said.',
    fix: 'Look at what it was doing with `tollgate logs <step>`. Give it more with `timeout: 2h`, or `timeout: none`.',
  },
  TG3105: {
    meaning: 'The command was ended by a signal that Tollgate did not send, or answered with 128 plus the number of one.',
    why: '137 (SIGKILL) most often means that the kernel ended it because memory ran out; 139 (SIGSEGV) is a crash of the program.',
    fix: 'Give it more memory or let it use less; fewer steps side by side: `--max-parallel 1`.',
  },
  TG3106: {
    meaning: 'A condition of an `assert` step is not true.',
    why: 'The workflow says that it must be; going on would build on something that is not so.',
    fix: 'The message says which condition, and what its values are.',
  },
  TG3107: {
    meaning: 'An expression was evaluated when its step began and gave no value, or failed.',
    why: 'What it is taken from was skipped, failed, or is not given. Nothing never passes for something.',
    fix: 'Give a fallback with `default(…, …)`, or a `when` that leaves the step out.',
  },
  TG3108: {
    meaning: 'Tollgate itself failed while it ran the step. The run went on to `finally`.',
    why: 'It is a fault of Tollgate, not of your workflow.',
    fix: 'Report it with the message. `TOLLGATE_VERBOSE=1` shows where it happened.',
  },
  TG3109: {
    meaning: 'A background step did not become ready within the time that `ready` gives it.',
    why: 'Later steps need the server; without it they would fail further away from the cause.',
    fix: 'Read its log with `tollgate logs <step>`; give it longer with `ready: { …, timeout: 2m }`.',
  },
  TG3110: {
    meaning: 'The process of a background step ended before Tollgate stopped it.',
    why: 'A server that is gone cannot serve the steps that come after it.',
    fix: 'Read its log with `tollgate logs <step>`. A command that is meant to end is no background step.',
  },
  TG3111: {
    meaning: 'The file `$TOLLGATE_OUTPUT` of a step holds a line that is neither `name=value` nor a here-document `name<<END`.',
    why: 'A value that cannot be read for sure is not passed on.',
    fix: 'Write one line for each value: `echo "url=$url" >> "$TOLLGATE_OUTPUT"`; for several lines `name<<END`, the lines, `END`.',
  },
  TG3112: { meaning: 'The run took longer than the `timeout` of the workflow.', why: 'A run without an end holds a machine. 6 h hold when nothing is said.', fix: 'Give it more: `timeout: 12h` at the top of the workflow, or find out which step took so long in the closing table.' },
  TG3113: { meaning: 'A phase took longer than its `timeout`.', why: 'Its steps together have that much time.', fix: 'Give it more with `timeout:` at the phase, or find out which step took so long in the closing table.' },
  TG3114: {
    meaning: 'The command of a step could not be started at all.',
    why: 'The shell is missing, the working directory is not there, or command and environment together are too long for the system.',
    fix: 'The message says which. `shell: sh` needs nothing but a POSIX shell; long values belong into files.',
  },
  TG3115: {
    meaning: 'An expression made a value that its field does not take, such as a time limit that is none.',
    why: 'What a field takes can be checked beforehand only where it is written out.',
    fix: 'Look at the expression; the message says what it gave and what the field takes.',
  },
  TG3116: { meaning: 'A secret has fewer than four characters, so that it is not masked in what is shown and kept.', why: 'Masking every «a» would make everything unreadable, and tell what the secret is.', fix: 'Use a longer secret. Nothing that short keeps anything safe.' },
  TG3117: { meaning: 'Processes that steps had started were still alive when the run was over. They were ended.', why: 'What nobody waits for holds machines and ports.', fix: 'Start servers with `background: true`, so that they are ended when they should be.' },
  TG3118: { meaning: 'A log, a summary or the state of the run could not be written.', why: 'The disk may be full, or the folder may not be written to.', fix: 'Make room or name another folder with `--state-dir`.' },
  TG3119: { meaning: 'Steps get what they declare, and what tools need to work; other variables of your environment were withheld from a step that failed.', why: 'What is not declared is not part of what a step depends on, and a secret that nobody asked for cannot leak.', fix: 'If the step needs one of them, declare it: `pass_env: [NAME]`, or `secrets:` for a secret.' },
  TG3201: { meaning: 'A command that the workflow needs is not on the PATH.', why: 'It is checked before anything starts, so that nothing fails half-way.', fix: 'Install it; the hint of the check says how.' },
  TG3202: { meaning: 'A tool is there in another version than the workflow asks for.', why: 'The workflow was written for that range of versions.', fix: 'Install a version of that range, or change the range in `preflight`.' },
  TG3203: { meaning: 'A variable or a secret that the workflow needs is not set.', why: 'A step that gets an empty password fails late and in odd ways.', fix: 'Set it in the environment of the call; on GitHub with `env:` from `secrets`.' },
  TG3204: { meaning: 'A file that the workflow needs is not there.', why: 'It is checked before anything starts.', fix: 'Make it, or change the path in `preflight`.' },
  TG3205: { meaning: 'A command of `preflight` did not exit with 0.', why: 'The workflow says that it must, before anything starts.', fix: 'The hint of the check says what to do; `tollgate preflight <workflow> --fix` runs its `fix`.' },
  TG3206: { meaning: 'An expression of `preflight` is not true.', why: 'The workflow says that it must be, before anything starts.', fix: 'The message says what its values are.' },
  TG3207: { meaning: 'An address of `preflight` did not answer with a status of 2xx or 3xx.', why: 'The workflow needs it.', fix: 'Start what serves it, or look at your network.' },
  TG3208: { meaning: 'There is less room on the disk than a run needs for its logs and results.', why: 'A disk that fills up half-way leaves files torn.', fix: 'Make room, or name another folder with `--state-dir`.' },
  TG3301: { meaning: '`--only`, `--skip`, `--from`, `--until`, `--phases` or `--labels` names something that the workflow does not have.', why: 'A misspelt name would silently run something else.', fix: '`tollgate plan <workflow>` shows the names.' },
  TG3302: { meaning: 'A step that would run reads an output of a step that the call leaves out.', why: 'Without it the step could only fail.', fix: 'Give the value with `--set step.outputs.name=value`, or leave the reader out too.' },
};
