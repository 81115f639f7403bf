import { join } from 'node:path';
import { showPath } from '../../adapters/local/find-workflows.js';
import { readJournal } from '../../adapters/local/run-folder/journal/read-journal.js';
import { readWorkflowFile } from '../../adapters/local/read-workflow-file.js';
import type { GivenInput } from '../../core/definition/inputs/resolve-inputs.js';
import { collectEarlier } from '../../core/run/resume/earlier-run.js';
import type { CallRecord } from '../../core/run/run-event.js';
import type { Call, ExitCode } from '../command.js';
import { refuseCall } from '../refuse-call.js';
import { chooseRun } from '../run/choose-run.js';
import { describeUnreadable } from '../run/describe-damage.js';
import { placeOf } from '../run/place-of.js';
import { inputsOfRun } from '../run/inputs-of-run.js';
import { startWorkflow } from '../run/start-workflow.js';

/** `tollgate rerun`: a new run of the same workflow, with the same inputs and the same part of it. */
export async function rerun(call: Call): Promise<ExitCode> {
  const run = chooseRun(call.arguments[0], call);
  if ('message' in run) return refuseCall([run], call);
  const { events, damage, newer } = readJournal(run.path);
  const facts = collectEarlier(events)?.facts;
  if (newer !== null) return refuseCall([describeUnreadable({ kind: 'newer', tollgate: newer.tollgate }, run.id)], call);
  if (facts === undefined) return refuseCall([describeUnreadable({ kind: 'lost', damage }, run.id)], call);
  const given = inputsOfRun({ ...facts, runId: run.id }, call);
  if ('message' in given) return refuseCall([given], call);
  const record = withOwnWords(facts.call ?? { given: facts.file, file: facts.file, selection: everything, allowCostly: false, words: [] }, call);
  const masked = record.selection.set.find(({ value }) => value.includes('***'));
  if (masked !== undefined) return refuseCall([{ message: `what run ${run.id} was given for ${masked.name} held a secret, and is written down only as ${masked.value}`, next: [{ call: `run ${record.given}`, says: 'with --set anew' }] }], call);
  const path = join(call.workspace, record.file);
  const file = readWorkflowFile(path, showPath(path, call.folder));
  if (file.kind === 'unreadable') return refuseCall([{ message: `the workflow of run ${run.id} is not at ${record.file} any more`, next: [{ call: 'list', says: 'the workflows that there are' }] }], call);
  call.terminal.err(`Again, as run ${run.id}: ${describeInputs(given)}${facts.partial.map((word) => `, ${word}`).join('')}\n`);
  return await startWorkflow(
    {
      source: file.source,
      asked: { place: placeOf(call), given: { given, files: [], messages: [] }, selection: record.selection },
      record,
      nextCommand: ({ status, facts: own }) => (status === 'succeeded' || own === null ? null : `${call.calledAs} resume ${own.runId}`),
    },
    call,
  );
}

function describeInputs(given: readonly GivenInput[]): string {
  const words = given.map(({ name, value }) => `${name}=${String(value)}`).join(' ');
  return words === '' ? 'without inputs' : words.length > 200 ? `${words.slice(0, 199)}…` : words;
}

function withOwnWords(record: CallRecord, { options }: Call): CallRecord {
  return options['allow-costly'].value ? { ...record, allowCostly: true } : record;
}

const everything: CallRecord['selection'] = { phases: [], from: undefined, until: undefined, only: [], skip: [], skipPhases: [], labels: undefined, set: [] };
