import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { FoundRun } from '../adapters/local/run-folder/find-runs.js';
import { copiedWorkflow } from '../adapters/local/run-folder/handed-run.js';
import type { ParsedWorkflow } from '../core/definition/parse-workflow.js';
import { hasErrors, parseWorkflow } from '../core/definition/parse-workflow.js';
import type { SourceText } from '../core/diagnostic/source-text.js';
import { createSourceText } from '../core/diagnostic/source-text.js';
import { asInterrupted } from '../core/report/run/as-interrupted.js';
import { draftFromEvents } from '../core/report/run/draft-from-events.js';
import type { RunJson } from '../core/report/run/run-json.js';
import { toRunJson } from '../core/report/run/run-json.js';
import type { RunSummary } from '../core/report/run-summary.js';
import { summarizeRun } from '../core/report/summarize-run.js';
import { collectEarlier } from '../core/run/resume/earlier-run.js';
import { evolve } from '../core/run/evolve.js';
import type { RunEvent, RunFacts } from '../core/run/run-event.js';
import type { RunPlan } from '../core/run/run-plan.js';
import { createRunPlan } from '../core/run/run-plan.js';
import type { RunState } from '../core/run/run-state.js';
import { createRunState } from '../core/run/run-state.js';
import { stepTypes } from '../steps/index.js';
import { loadWorkflowFile } from './load-workflow.js';

export interface JournalOfRun {
  readonly run: FoundRun;
  readonly events: readonly RunEvent[];
  readonly workspace: string;
  /** For how long what has not ended goes on. */
  readonly now: number;
  readonly nextCommand: (state: RunState) => string | null;
}

/** A workflow, and the state that a run of it has come to. */
export interface FoldedRun {
  readonly parsed: ParsedWorkflow;
  readonly source: SourceText;
  readonly plan: RunPlan;
  readonly state: RunState;
}

/** The events of a run folded on the plan of its workflow; nothing where that is gone, or is another by now. */
export function foldJournal({ run, facts, events, workspace }: Pick<JournalOfRun, 'run' | 'events' | 'workspace'> & { readonly facts: RunFacts }): FoldedRun | undefined {
  const copy = copiedWorkflow(run.path);
  const path = existsSync(copy) ? copy : join(workspace, facts.call?.file ?? facts.file);
  const loading = loadWorkflowFile(path, facts.file);
  if (loading.kind === 'unreadable') return undefined;
  const { parsed, source, diagnostics } = loading.workflow;
  if (parsed === undefined || hasErrors(diagnostics) || parsed.outline.workflow.name.value !== facts.workflow) return undefined;
  const folded = fold(parsed, source, events);
  return speaksOf(folded.plan, events) ? folded : undefined;
}

/** The object of a run that left no result, as far as its journal tells of it. */
export function summarizeUnfinished(journal: JournalOfRun, { isInterrupted, tollgateVersion }: { readonly isInterrupted: boolean; readonly tollgateVersion: string }): RunJson | undefined {
  const earlier = collectEarlier(journal.events);
  const summary = earlier === undefined ? undefined : summarizeJournal(journal, earlier.facts);
  if (earlier === undefined || summary === undefined) return undefined;
  return toRunJson(isInterrupted ? asInterrupted(summary, new Set(earlier.undecided.map(({ step }) => step))) : summary, { tollgateVersion });
}

function summarizeJournal(journal: JournalOfRun, facts: RunFacts): RunSummary | undefined {
  const { run, events, workspace, now, nextCommand } = journal;
  const folded = foldJournal({ run, facts, events, workspace });
  const told = folded ?? foldDraft(facts, events);
  if (told === undefined) return undefined;
  const { parsed, plan, source, state } = told;
  const summary = summarizeRun(state, {
    parsed, plan, source, now, nextCommand,
    recoveryOf: () => [],
    logOf: (name) => showLog(join(run.path, 'logs', `${name}.log`), workspace),
    nextSteps: null,
    messages: [],
  });
  return folded === undefined ? withoutDraft(summary) : summary;
}

function fold(parsed: ParsedWorkflow, source: SourceText, events: readonly RunEvent[]): FoldedRun {
  const plan = createRunPlan(parsed);
  const state = createRunState(plan);
  for (const event of events) evolve(plan, state, event);
  return { parsed, source, plan, state };
}

function foldDraft({ file }: RunFacts, events: readonly RunEvent[]): FoldedRun | undefined {
  const source = createSourceText(file, draftFromEvents(events));
  const { parsed } = parseWorkflow(source, stepTypes);
  return parsed === undefined ? undefined : fold(parsed, source, events);
}

/** What the draft had to make up, and places in it, are nobody's business. */
function withoutDraft(summary: RunSummary): RunSummary {
  const clean = (steps: RunSummary['finally']): RunSummary['finally'] =>
    steps.filter(({ status, id }) => status !== 'pending' || !id.endsWith('-unbegun')).map((step) => ({ ...step, type: 'unknown', number: '', ...(step.failure === null ? {} : { failure: { ...step.failure, line: null, column: null } }) }));
  return { ...summary, phases: summary.phases.map((phase) => ({ ...phase, steps: clean(phase.steps) })), finally: clean(summary.finally) };
}

function speaksOf({ steps, phases }: RunPlan, events: readonly RunEvent[]): boolean {
  return events.every((event) => (!('step' in event) || steps.has(event.step)) && (!('phase' in event) || phases.has(event.phase)));
}

function showLog(path: string, workspace: string): string | null {
  return existsSync(path) ? relative(workspace, path) : null;
}
