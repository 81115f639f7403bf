import { join, resolve as resolvePath } from 'node:path';
import { showPath } from '../../adapters/local/find-workflows.js';
import { readWorkflowFile } from '../../adapters/local/read-workflow-file.js';
import type { ContinuedRun, ReadRun } from '../../assembly/continue-run.js';
import { readForContinuing, withDecisions } from '../../assembly/continue-run.js';
import { openRunLease } from '../../assembly/open-leases.js';
import type { KnownRun } from '../../assembly/unfinished-runs.js';
import { findUnfinishedRuns, readKnownRun } from '../../assembly/unfinished-runs.js';
import type { JournalDamage } from '../../core/journal/join-epochs.js';
import type { CallRecord, RunFacts, RunProgress } from '../../core/run/run-event.js';
import type { EarlierRun } from '../../core/run/resume/earlier-run.js';
import { readDecisions } from '../../core/run/resume/read-decisions.js';
import type { CallProblem } from '../call-problem.js';
import { describeOwner } from '../../assembly/describe-owner.js';
import type { Call, ExitCode } from '../command.js';
import { refuseCall } from '../refuse-call.js';
import { placeOf } from '../run/place-of.js';
import { chooseRun as findNamed } from '../run/choose-run.js';
import { startWorkflow } from '../run/start-workflow.js';
import { stateFolderOf } from '../run/state-folder-of.js';

/** `tollgate resume`: goes on with a run where it was. */
export async function resume(call: Call): Promise<ExitCode> {
  const stateFolder = resolvePath(stateFolderOf(call));
  const { github } = call.options;
  const chosen = github.value === undefined ? chooseRun(call, stateFolder) : await bringRun(github.value, call, stateFolder);
  if ('message' in chosen) return refuseCall([chosen], call);
  const { facts, status, run } = chosen;
  if (status === 'succeeded') {
    call.terminal.err(`Run ${run.id} of ${facts.workflow} has succeeded; there is nothing to go on with.\n`);
    return 0;
  }
  const claim = openRunLease(stateFolder, run.id).claim('run', { note: `run ${run.id} of ${facts.workflow}`, takeOver: call.options['take-over'].value });
  if (claim.kind === 'busy') return refuseCall([{ message: `run ${run.id} is at work: ${describeOwner(claim.owner)} (TG3407)`, hint: 'wait for it; when its process is certainly gone: --take-over' }], call);
  if (claim.kind === 'failed') return refuseCall([{ message: `the run cannot be gone on with: ${claim.reason}`, hint: 'make room, or name another folder with --state-dir' }], call);
  const { lease } = claim;
  try {
    const read = readForContinuing(stateFolder, run.id);
    const problem = describeUnreadable(read, run.id);
    if (problem !== undefined || read.kind !== 'read') return refuseCall(problem === undefined ? [] : [problem], call);
    tellDamage(read.damage, call);
    const decisions = decide(read.earlier, call);
    if ('message' in decisions) return refuseCall([decisions], call);
    const earlier = withDecisions(read.past, decisions, Date.now()) ?? read.earlier;
    if (earlier.undecided.length > 0) return askForDecision(run.id, earlier, call);
    return await goOn({ runId: run.id, attempt: read.earlier.facts.attempt + 1, past: read.past, lease, earlier: { ...earlier, stoppedAt: read.earlier.stoppedAt }, decisions }, call);
  } finally {
    lease.release();
  }
}

function chooseRun(call: Call, stateFolder: string): KnownRun | CallProblem {
  const [id] = call.arguments;
  if (id !== undefined) return findById(id, call, stateFolder);
  const unfinished = findUnfinishedRuns(stateFolder);
  const [only, ...others] = unfinished;
  if (only === undefined) return { message: 'there is no unfinished run to go on with (TG3410)', next: [{ call: 'history', says: 'the runs that were' }] };
  if (others.length === 0) return only;
  return {
    message: `${unfinished.length} runs are unfinished; which one? (TG3410)`,
    next: unfinished.slice(0, 10).map(({ run, facts, status }) => ({ call: `resume ${run.id}`, says: `${facts.workflow}, ${status}${describeInputs(facts)}` })),
  };
}

/** From GitHub, into the runs of this workspace. */
async function bringRun(given: string, call: Call, stateFolder: string): Promise<KnownRun | CallProblem> {
  const [named] = call.arguments;
  if (named !== undefined) return { message: `which run: '${named}', or --github ${given}?`, hint: 'name one of them' };
  call.terminal.err(`Fetching the state of run ${given} from GitHub …\n`);
  const { bringRunFromGithub } = await import('../../assembly/on-github/bring-run.js');
  const brought = await bringRunFromGithub({ given, env: call.env, stateFolder, workspace: call.workspace, folder: join(stateFolder, 'github'), accepted: call.options.accept.value });
  if (brought.kind === 'refused') return brought;
  const known = brought.runs.flatMap((id) => readKnownRun({ id, path: join(stateFolder, 'runs', id) }) ?? []);
  const unfinished = known.filter(({ status }) => status !== 'succeeded');
  const [only = known[0], ...others] = unfinished;
  if (only === undefined) return { message: `what ${brought.address} has left cannot be read (TG3408)`, hint: 'start a new run' };
  if (others.length === 0) {
    call.terminal.err(`It is run ${only.run.id} of ${only.facts.workflow}. Do not re-run it on GitHub meanwhile: its jobs would go on with it, too.\n`);
    return only;
  }
  return {
    message: `${brought.address} has left ${unfinished.length} unfinished runs, all of which are here now; which one? (TG3410)`,
    next: unfinished.slice(0, 10).map(({ run, facts, status }) => ({ call: `resume ${run.id}`, says: `${facts.workflow}, ${status}${describeInputs(facts)}` })),
  };
}

function findById(given: string, call: Call, stateFolder: string): KnownRun | CallProblem {
  const found = findNamed(given, call);
  if ('message' in found) return found;
  const known = readKnownRun(found);
  if (known !== undefined) return known;
  const read = readForContinuing(stateFolder, found.id);
  return describeUnreadable(read, found.id) ?? { message: `run ${found.id} has not begun`, hint: 'start a new one with run' };
}

function describeInputs({ inputs }: RunFacts): string {
  const words = Object.entries(inputs).map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return words.length === 0 ? '' : `, ${words.join(' ')}`.slice(0, 80);
}

function describeUnreadable(read: ReadRun, id: string): CallProblem | undefined {
  if (read.kind === 'newer') return { message: `run ${id} was written down by tollgate ${read.tollgate}, in a newer format (TG3409)`, hint: `install it: npm install --global tollgate@${read.tollgate}` };
  if (read.kind === 'lost') return { message: `nothing of run ${id} can be used: ${read.damage.map(describeDamage).join('; ')} (TG3408)`, hint: 'start a new run; what the cache holds is not lost' };
  return undefined;
}

function tellDamage(damage: readonly JournalDamage[], { terminal }: Call): void {
  for (const each of damage) terminal.err(`[WARNING] ${describeDamage(each)}: everything before it is used${each.keptAs === null ? '' : `, and the original is kept as ${each.keptAs}`} (TG3408)\n`);
}

function describeDamage({ file, offset, problem }: JournalDamage): string {
  return `${file} is damaged at byte ${offset}: ${problem}`;
}

/** What a person says of steps of which nobody knows. */
function decide(earlier: EarlierRun, { options, env }: Call): readonly RunProgress[] | CallProblem {
  const read = readDecisions(earlier, { markDone: options['mark-done'].value, rerun: options.rerun.value, reason: options.reason.value ?? undefined, by: env['USER'] ?? null });
  if (read.kind === 'decided') return read.decisions;
  if (read.kind === 'no-reason') return { message: `--mark-done ${read.step}: say how you know, with --reason "…"`, hint: 'it is kept with the run' };
  return { message: `--${read.said} ${read.step}: nothing has to be decided of it`, hint: read.asked.length === 0 ? 'no step of this run was cut short in the middle of its effect' : `it is asked of ${read.asked.join(', ')}` };
}

function askForDecision(id: string, { undecided }: EarlierRun, call: Call): ExitCode {
  const steps = [...new Set(undecided.map(({ step }) => step))];
  const [first = ''] = steps;
  call.terminal.err([
    `PAUSED  run ${id} waits for a decision (TG3406)`,
    ...steps.map((step) => `  ${step} has an effect that must happen once, and was cut short: nobody knows whether it happened.`),
    `  → It happened: ${call.calledAs} resume ${id} --mark-done ${first} --reason "…"`,
    `  → It did not:  ${call.calledAs} resume ${id} --rerun ${first}`,
    '',
  ].join('\n'));
  return 4;
}

async function goOn(continued: ContinuedRun, call: Call): Promise<ExitCode> {
  const { facts } = continued.earlier;
  const record: CallRecord = facts.call ?? { given: facts.file, file: facts.file, selection: nothingSelected, allowCostly: false, words: [] };
  const path = join(call.workspace, record.file);
  const file = readWorkflowFile(path, showPath(path, call.folder));
  if (file.kind === 'unreadable') return refuseCall([{ message: `the workflow of run ${continued.runId} is not at ${record.file} any more`, hint: 'put it back; its changed steps are done again, the others are kept' }], call);
  const given = Object.entries(facts.inputs).flatMap(([name, value]) => (value === null ? [] : [{ name, value: typeof value === 'string' ? value : JSON.stringify(value), from: `run ${continued.runId}` }]));
  const selection = { ...record.selection, set: [...record.selection.set, ...call.options.set.value] };
  return await startWorkflow(
    {
      source: file.source,
      asked: { place: placeOf(call), given: { given, files: [], messages: [] }, selection },
      record,
      continued,
      redoFrom: call.options.from.value,
      nextCommand: (state) => (state.status === 'succeeded' ? null : `${call.calledAs} resume ${continued.runId}`),
    },
    call,
  );
}

const nothingSelected: CallRecord['selection'] = { phases: [], from: undefined, until: undefined, only: [], skip: [], skipPhases: [], labels: undefined, set: [] };
