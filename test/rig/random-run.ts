import fc from 'fast-check';
import { hasErrors } from '../../src/core/definition/parse-workflow.js';
import type { ParsedWorkflow } from '../../src/core/definition/parse-workflow.js';
import type { Decision } from '../../src/core/run/decide.js';
import { decide } from '../../src/core/run/decide.js';
import { evolve } from '../../src/core/run/evolve.js';
import type { Opening } from '../../src/core/run/opening/open-parts.js';
import { openGroup, openPhase, openStep } from '../../src/core/run/opening/open-parts.js';
import type { AttemptResult, RunEvent, RunProgress } from '../../src/core/run/run-event.js';
import type { RunPlan } from '../../src/core/run/run-plan.js';
import { createRunPlan } from '../../src/core/run/run-plan.js';
import type { RunState } from '../../src/core/run/run-state.js';
import { createRunState } from '../../src/core/run/run-state.js';
import { createRunValues } from '../../src/core/run/values/run-values.js';
import type { ModelEnd, ModelGroup, ModelPhase, ModelStep, ModelWhen, ModelWorkflow } from './run-model.js';
import { createNeeds, isModelGroup, stepsOfItem } from './run-model.js';
import { parseForTest } from './parse-text.js';
import { sampleFacts, sampleGiven } from './run-rig.js';

type Chance = (below: number) => number;

/** A workflow drawn from a list of numbers, so that fast-check can make it smaller: 0 is always the plainest choice. */
export function drawWorkflow(draw: Chance, withEnds: boolean): ModelWorkflow {
  let made = 0;
  const sometimes = (one: number): boolean => draw(one) === one - 1;
  const pickWhen = (): ModelWhen => (sometimes(3) ? ((['always()', 'failure()', 'success()', 'false', 'true', 'cancelled()'] as const)[draw(6)] ?? 'none') : 'none');
  const pickSome = (from: readonly string[], most: number): readonly string[] => (from.length === 0 ? [] : [...new Set(Array.from({ length: draw(most + 1) }, () => from[draw(from.length)] ?? ''))]);
  const earlier: string[] = [];
  const step = (before: readonly string[], lane: 'list' | 'group' | 'finally'): ModelStep => {
    const id = `s${(made += 1)}`;
    const ends = withEnds && lane !== 'finally' && sometimes(8);
    const cells = !ends && sometimes(5) ? draw(4) : undefined;
    const attempts = !ends && sometimes(4) ? 2 + draw(2) : 1;
    const whole: ModelStep = {
      id,
      needs: lane !== 'finally' && sometimes(lane === 'group' ? 4 : 3) ? pickSome(before, 2) : undefined,
      refs: lane !== 'finally' && sometimes(5) ? pickSome(earlier, 1) : [],
      when: pickWhen(),
      cells,
      failFast: cells !== undefined && sometimes(2),
      maxParallel: cells !== undefined && sometimes(3) ? 1 + draw(2) : undefined,
      attempts,
      tolerated: sometimes(6),
      locks: sometimes(4) ? [['red', 'blue'][draw(2)] ?? 'red'] : [],
      failures: ends ? [0] : Array.from({ length: cells ?? 1 }, () => (sometimes(4) ? 1 + draw(attempts) : 0)),
      ends,
    };
    return whole;
  };
  const phases: ModelPhase[] = [];
  for (let count = 1 + draw(4); phases.length < count; ) {
    const items: (ModelStep | ModelGroup)[] = [];
    const names: string[] = [];
    for (let size = 1 + draw(4); items.length < size; ) {
      if (sometimes(4)) {
        const id = `g${(made += 1)}`;
        const members: ModelStep[] = [];
        for (let width = 1 + draw(3); members.length < width; ) {
          // A member may need its siblings that come before it.
          members.push(step(members.map((member) => member.id), 'group'));
          earlier.push(members.at(-1)!.id);
        }
        items.push({ id, needs: sometimes(3) ? pickSome(names, 2) : undefined, when: pickWhen(), tolerated: sometimes(6), maxParallel: sometimes(3) ? 1 + draw(2) : undefined, members });
        names.push(id, ...members.map((member) => member.id));
      } else {
        const next = step(names, 'list');
        items.push(next);
        names.push(next.id);
        earlier.push(next.id);
      }
    }
    phases.push({ id: `p${phases.length + 1}`, needs: sometimes(3) ? pickSome(phases.map(({ id }) => id), 2) : undefined, when: pickWhen(), items });
  }
  return { phases, finally: Array.from({ length: draw(3) }, () => step([], 'finally')) };
}

export const workflows = (withEnds: boolean): fc.Arbitrary<ModelWorkflow> =>
  fc.array(fc.nat(1000), { minLength: 40, maxLength: 400, size: 'max' }).map((numbers) => {
    let at = 0;
    return drawWorkflow((below) => (numbers[at++] ?? 0) % below, withEnds);
  });

function writeStep(step: ModelStep): string {
  const parts = [`id: ${step.id}`];
  if (step.ends) parts.push('type: assert', 'condition: "1 == 2"', 'on_false: end');
  // `\\$` is no expression: what stands behind it is for the graph alone.
  else parts.push(`command: "make ${step.refs.map((id) => `{{ ${id}.outcome }}`).join(' ')}"`);
  if (step.ends && step.refs.length > 0) parts.push(`message: "{{ ${step.refs[0] ?? ''}.outcome }}"`);
  if (step.needs !== undefined) parts.push(`needs: [${step.needs.join(', ')}]`);
  if (step.when !== 'none') parts.push(`when: "${step.when}"`);
  if (step.cells !== undefined) parts.push(`matrix: { n: [${Array.from({ length: step.cells }, (_, at) => at).join(', ')}]${step.failFast ? ', fail_fast: true' : ''}${step.maxParallel === undefined ? '' : `, max_parallel: ${step.maxParallel}`} }`);
  if (step.attempts > 1) parts.push(`retry: { attempts: ${step.attempts} }`);
  if (step.tolerated) parts.push('continue_on_error: true');
  if (step.locks.length > 0) parts.push(`locks: [${step.locks.join(', ')}]`);
  return `{ ${parts.join(', ')} }`;
}

function writeGroup(group: ModelGroup): string {
  const parts = [`id: ${group.id}`];
  if (group.needs !== undefined) parts.push(`needs: [${group.needs.join(', ')}]`);
  if (group.when !== 'none') parts.push(`when: "${group.when}"`);
  if (group.tolerated) parts.push('continue_on_error: true');
  if (group.maxParallel !== undefined) parts.push(`max_parallel: ${group.maxParallel}`);
  return `{ ${parts.join(', ')}, parallel: [${group.members.map(writeStep).join(', ')}] }`;
}

export function writeWorkflow({ phases, finally: last }: ModelWorkflow): string {
  const lines = phases.flatMap((phase) => [
    `  - id: ${phase.id}`,
    ...(phase.needs === undefined ? [] : [`    needs: [${phase.needs.join(', ')}]`]),
    ...(phase.when === 'none' ? [] : [`    when: "${phase.when}"`]),
    '    steps:',
    ...phase.items.map((item) => `      - ${isModelGroup(item) ? writeGroup(item) : writeStep(item)}`),
  ]);
  return ['name: w', 'phases:', ...lines, ...(last.length === 0 ? [] : ['finally:', ...last.map((step) => `  - ${writeStep(step)}`)]), ''].join('\n');
}

export interface Readied {
  readonly workflow: ModelWorkflow;
  readonly parsed: ParsedWorkflow;
  readonly plan: RunPlan;
}

export function readyWorkflow(workflow: ModelWorkflow): Readied {
  const text = writeWorkflow(workflow);
  const { parsed, diagnostics } = parseForTest(text);
  if (parsed === undefined || hasErrors(diagnostics)) throw new Error(`${text}\n${diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n')}`);
  return { workflow, parsed, plan: createRunPlan(parsed) };
}

export interface Driving {
  readonly maxParallel: number;
  /** Which of those under way ends next. */
  readonly chance: Chance;
  /** After how many ends the run is stopped, and how often. */
  readonly stop?: { readonly after: number; readonly twice: boolean } | undefined;
}

interface Flight {
  readonly step: string;
  readonly cell: number;
  readonly attempt: number;
  readonly kind: 'attempt' | 'pause';
  stopped: boolean;
}

export interface Driven {
  readonly state: RunState;
  readonly events: readonly RunEvent[];
}

/** Does what is decided, without the engine: effects are numbers, and every rule of a run is looked at on the way. */
export function driveRun({ workflow, parsed, plan }: Readied, { maxParallel, chance, stop }: Driving): Driven {
  const state = createRunState(plan);
  const values = createRunValues({ outline: parsed.outline, plan, given: sampleGiven(), state });
  const opening: Opening = { parsed, plan, state, values, leftOut: new Map(), allowCostly: false };
  const steps = new Map([...workflow.phases.flatMap(({ items }) => items.flatMap(stepsOfItem)), ...workflow.finally].map((step) => [step.id, step]));
  const rules = createRules(workflow, state, maxParallel);
  const events: RunEvent[] = [];
  const flights: Flight[] = [];
  const record = (progress: RunProgress): void => {
    const event: RunEvent = { ...progress, at: events.length };
    events.push(event);
    evolve(plan, state, event);
  };
  const fly = (flight: Flight): void => void flights.push(flight);
  const perform = (decision: Decision): void => {
    switch (decision.kind) {
      case 'open-phase': return record(openPhase(decision.phase, opening));
      case 'open-group': return record(openGroup(decision.group, opening));
      case 'open-step': return record(openStep(decision.step, opening));
      case 'start-attempt': {
        rules.mayStart(decision, flights, stops);
        record({ kind: 'attempt-started', step: decision.step, cell: decision.cell, attempt: decision.attempt });
        return fly({ ...decision, kind: 'attempt', stopped: false });
      }
      case 'plan-retry': {
        record({ kind: 'retry-planned', step: decision.step, cell: decision.cell, delayMs: decision.delayMs });
        return fly({ step: decision.step, cell: decision.cell, attempt: 0, kind: 'pause', stopped: false });
      }
      case 'give-up': return record({ kind: 'attempts-over', step: decision.step, cell: decision.cell });
      case 'stop-attempt': {
        record({ kind: 'attempt-stopping', step: decision.step, cell: decision.cell, cause: decision.cause });
        for (const flight of flights) if (flight.kind === 'attempt' && flight.step === decision.step && flight.cell === decision.cell) flight.stopped = true;
        return;
      }
      case 'close-phase': return record({ kind: 'phase-ended', phase: decision.phase, status: decision.status, verdict: decision.verdict });
      case 'pause': return record({ kind: 'run-paused', reason: decision.reason });
      case 'finish': return record({ kind: 'run-ended', status: decision.status, verdict: decision.verdict, outputs: {} });
      case 'stop-background': throw new Error('there is no server here');
    }
  };
  let ends = 0;
  let stops = 0;
  record({ kind: 'run-started', ...sampleFacts });
  for (let turn = 0; state.status === 'running'; turn++) {
    if (turn > 20_000) throw new Error('the run goes on for ever');
    if (stop !== undefined && ends >= stop.after && stops < (stop.twice ? 2 : 1)) {
      record({ kind: 'run-stopped', cause: 'SIGINT', failure: null, hard: stops > 0 });
      stops += 1;
    }
    const decisions = decide(plan, state, { maxParallel });
    rules.areDistinct(decisions);
    for (const decision of decisions) perform(decision);
    if (decisions.length > 0) continue;
    if (flights.length === 0) throw new Error('nothing is decided and nothing is under way');
    const [flight] = flights.splice(chance(flights.length), 1);
    if (flight === undefined) continue;
    ends += 1;
    if (flight.kind === 'pause') record({ kind: 'retry-due', step: flight.step, cell: flight.cell });
    else record({ kind: 'attempt-ended', step: flight.step, cell: flight.cell, attempt: flight.attempt, durationMs: 1, result: resultOf(steps.get(flight.step), flight) });
  }
  if (flights.some(({ kind }) => kind === 'attempt')) throw new Error('the run has ended and something still runs');
  return { state, events };
}

function resultOf(step: ModelStep | undefined, { cell, attempt, stopped }: Flight): AttemptResult {
  const fails = (step?.failures[cell] ?? 0) >= attempt;
  const outcome = stopped ? 'cancelled' : fails ? 'failed' : 'succeeded';
  return {
    outcome,
    failure: outcome === 'failed' ? { kind: 'exit', code: 'TG3101', message: 'it failed', hints: [] } : null,
    exitCode: outcome === 'failed' ? 1 : 0,
    stdout: '', outputs: {}, costUsd: 0, tokens: 0, endsRun: step?.ends === true && outcome === 'succeeded' ? 'enough' : null, tail: [], warnings: [],
  };
}

/** The rules of a run, said of the workflow and not of the plan. */
function createRules(workflow: ModelWorkflow, state: RunState, maxParallel: number) {
  const needs = createNeeds(workflow);
  const isOver = (id: string): boolean => !['pending', 'open'].includes(state.steps.get(id)?.status ?? '');
  const groupOf = new Map(needs.all.flatMap(({ item, step }) => (isModelGroup(item) ? [[step.id, item] as const] : [])));
  const models = new Map([...needs.all.map(({ step }) => step), ...workflow.finally].map((step) => [step.id, step]));
  const refuse = (rule: string): never => {
    throw new Error(rule);
  };
  return {
    areDistinct: (decisions: readonly Decision[]): void => {
      if (new Set(decisions.map((decision) => JSON.stringify(decision))).size !== decisions.length) refuse('a decision is there twice');
    },
    mayStart: ({ step: id, cell, attempt }: Extract<Decision, { kind: 'start-attempt' }>, flights: readonly Flight[], stops: number): void => {
      const running = flights.filter(({ kind }) => kind === 'attempt');
      const model = models.get(id)!;
      if (flights.some((flight) => flight.step === id && flight.cell === cell)) refuse(`${id} runs twice at once`);
      if (attempt > model.attempts) refuse(`${id} is tried too often`);
      if (running.length >= maxParallel) refuse(`more than ${maxParallel} run at once`);
      if (model.maxParallel !== undefined && running.filter(({ step }) => step === id).length >= model.maxParallel) refuse(`${id} has too many cells at once`);
      if (running.some((flight) => models.get(flight.step)?.locks.some((lock) => model.locks.includes(lock)) === true)) refuse(`${id} runs beside one with its lock`);
      if (model.failFast && state.steps.get(id)?.cells.some(({ status }) => status === 'failed') === true) refuse(`${id} starts a cell after one has failed`);
      const group = groupOf.get(id);
      if (group?.maxParallel !== undefined && running.filter(({ step }) => groupOf.get(step) === group).length >= group.maxParallel) refuse(`${group.id} has too many members at once`);
      const index = workflow.finally.indexOf(model);
      if (index >= 0) {
        if (stops > 1) refuse(`${id} starts though all has to end at once`);
        if (!needs.all.every(({ step }) => isOver(step.id))) refuse(`${id} starts before the phases are over`);
        if (!workflow.finally.slice(0, index).every((step) => isOver(step.id))) refuse(`${id} starts out of order`);
        return;
      }
      if (stops > 0) refuse(`${id} starts after the run was stopped`);
      if (state.endedEarly !== null) refuse(`${id} starts after the run was ended`);
      const { phase, item } = needs.placeOf(id);
      const waits = [...needs.ownNeeds(id), ...needs.itemNeeds(phase, item), ...needs.phaseNeeds(phase).flatMap(({ items }) => items.flatMap((each) => stepsOfItem(each).map((step) => step.id)))];
      const early = (isModelGroup(item) ? waits : waits.filter((each) => each !== id)).find((each) => !isOver(each));
      if (early !== undefined) refuse(`${id} starts before ${early} is over`);
    },
  };
}

/** The end of a run in the words of the model. */
export function describeAsModel(state: RunState): ModelEnd {
  return {
    steps: Object.fromEntries([...state.steps].map(([id, { status, skipped, tolerated }]) => [id, status === 'failed' && tolerated ? 'tolerated' : `${status}${skipped === null ? '' : `(${skipped.reason})`}`])),
    phases: Object.fromEntries([...state.phases].map(([id, { verdict, status, skipped }]) => [id, `${verdict ?? '?'} ${status}${skipped === null ? '' : `(${skipped.reason})`}`])),
    status: state.status,
    verdict: state.verdict ?? 'null',
  };
}
