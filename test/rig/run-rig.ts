import { isDeepStrictEqual } from 'node:util';
import type { StepTypes } from '../../src/core/definition/step-type.js';
import { hasErrors } from '../../src/core/definition/parse-workflow.js';
import type { Value } from '../../src/core/expression/expression.js';
import type { EarlierRun } from '../../src/core/run/resume/earlier-run.js';
import { createRedactor } from '../../src/core/redaction/create-redactor.js';
import { evolve } from '../../src/core/run/evolve.js';
import type { RunEvent, RunFacts } from '../../src/core/run/run-event.js';
import { createRunPlan } from '../../src/core/run/run-plan.js';
import type { RunPlan } from '../../src/core/run/run-plan.js';
import type { RunState } from '../../src/core/run/run-state.js';
import { createRunState } from '../../src/core/run/run-state.js';
import type { Selected, Selection } from '../../src/core/run/selection/select-parts.js';
import { selectParts } from '../../src/core/run/selection/select-parts.js';
import type { RunJob } from '../../src/engine/run-job.js';
import type { GoingRun } from '../../src/engine/run-workflow.js';

import { startRun } from '../../src/engine/run-workflow.js';
import { stepTypes } from '../../src/steps/index.js';
import { createFixedLibrary } from '../fakes/fixed-world.js';
import type { ManualClock } from '../fakes/manual-clock.js';
import type { ArtifactStore } from '../../src/ports/artifact-store.js';
import type { FakeReuse } from '../fakes/fake-reuse.js';
import { createManualClock } from '../fakes/manual-clock.js';
import { createMemoryWorkspaceReader } from '../fakes/memory-workspace-reader.js';
import type { MemoryRunStore } from '../fakes/memory-run-store.js';
import { createMemoryRunStore } from '../fakes/memory-run-store.js';
import type { ScriptedProcess, ScriptedProcessRunner } from '../fakes/scripted-process-runner.js';
import { createScriptedProcessRunner } from '../fakes/scripted-process-runner.js';
import { parseForTest } from './parse-text.js';

export interface RunRig {
  readonly going: GoingRun;
  readonly clock: ManualClock;
  readonly store: MemoryRunStore;
  readonly processes: ScriptedProcessRunner;
  /** What the reporter was told, a line each. */
  readonly told: readonly string[];
  readonly selected: Selected;
  /** The next process of a step or cell (`test`, `test[2]`) that no test has in its hands yet; it has to be there. */
  readonly started: (step: string) => Promise<StepInHand>;
  /** Steps and cells with a process that has not ended, sorted. */
  readonly running: () => Promise<readonly string[]>;
  /** Lets everything happen that can happen without the test. */
  readonly settle: () => Promise<void>;
  /** Moves time on and lets happen what follows. */
  readonly pass: (milliseconds: number) => Promise<void>;
  /** Addresses that answer, with their status. */
  readonly answers: Map<string, number>;
  /** The end of the run; it has to end without anything further from the test. */
  readonly ended: () => Promise<RunState>;
}

export interface StepInHand extends ScriptedProcess {
  /** Writes to $TOLLGATE_OUTPUT. */
  readonly writes: (text: string) => void;
}

export interface RigOptions {
  readonly maxParallel?: number;
  readonly inputs?: Readonly<Record<string, Value>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly select?: Partial<Selection>;
  readonly allowCostly?: boolean;
  readonly stepTypes?: StepTypes;
  readonly reporter?: RunRigReporter;
  readonly earlier?: EarlierRun;
  /** A workspace that lives on after the run, with the results that are kept of it. */
  readonly reuse?: FakeReuse;
  readonly artifacts?: ArtifactStore;
  readonly cache?: RunJob['cache'];
  readonly chance?: () => number;
  /** So many records can be written down, and no more. */
  readonly room?: number;
}

type RunRigReporter = Parameters<typeof startRun>[1]['reporter'];

export const sampleFacts: RunFacts = {
  runId: 'run', workflow: 'w', workflowVersion: null, file: 'workflow.yml', attempt: 1, tollgateVersion: '0', trigger: 'cli', actor: null, commit: null,
  inputs: {}, partial: [], os: 'linux', arch: 'x64', node: 'v20',
};

/** The given that a run without anything around it has. */
export function sampleGiven(options: Pick<RigOptions, 'inputs' | 'env' | 'secrets' | 'files'> = {}, set: Selected['set'] = new Map()): RunJob['given'] {
  const library = createFixedLibrary();
  return {
    inputs: options.inputs ?? {},
    env: options.env ?? {},
    secrets: options.secrets ?? {},
    github: () => null,
    run: { id: 'run', attempt: 1 },
    set,
    functions: { ...library, reader: createMemoryWorkspaceReader(options.files ?? {}) },
  };
}

const nothingAsked: Selection = { phases: [], from: undefined, until: undefined, only: [], skip: [], skipPhases: [], labels: undefined, set: [] };

function withReader(given: RunJob['given'], reader: FakeReuse['reader']): RunJob['given'] {
  return { ...given, functions: { ...given.functions, reader } };
}

/** A run of a workflow in which the test is the world: it ends each process, moves the clock, and looks at what comes of it. */
export function startRig(text: string, options: RigOptions = {}): RunRig {
  const whole = /^name:/mu.test(text) ? text : `name: w\n${text}`;
  const { parsed, diagnostics } = parseForTest(whole);
  if (parsed === undefined || hasErrors(diagnostics)) throw new Error(`the workflow of the test is wrong: ${diagnostics.map(({ code, message }) => `${code} ${message}`).join('; ')}`);
  const plan = createRunPlan(parsed);
  const selected = selectParts(parsed, plan, { ...nothingAsked, ...options.select });
  if (selected.problems.length > 0) throw new Error(`the selection of the test is wrong: ${selected.problems.map(({ code, message }) => `${code} ${message}`).join('; ')}`);
  const clock = createManualClock();
  const store = createMemoryRunStore(options.room);
  const processes = createScriptedProcessRunner();
  const answers = new Map<string, number>();
  const told: string[] = [];
  const job: RunJob = {
    parsed,
    plan,
    stepTypes: options.stepTypes ?? stepTypes,
    facts: { ...sampleFacts, partial: selected.partial },
    given: options.reuse === undefined ? sampleGiven(options, selected.set) : withReader(sampleGiven(options, selected.set), options.reuse.reader),
    around: options.env ?? {},
    workspace: '/workspace',
    leftOut: selected.leftOut,
    allowCostly: options.allowCostly ?? false,
    maxParallel: options.maxParallel ?? 8,
    killAfterStopMs: 3_000,
    cache: options.cache ?? { read: true, write: true },
    earlier: options.earlier ?? null,
    standIns: null,
    redactor: createRedactor(Object.entries(options.secrets ?? {}).map(([name, value]) => ({ name, value }))),
  };
  const reporter: RunRigReporter = options.reporter ?? {
    onEvent: (event) => void told.push(event.kind),
    onOutput: (step, cell, bytes) => void told.push(`${step}[${cell}]: ${Buffer.from(bytes).toString()}`),
  };
  const probe = { ask: (url: string) => Promise.resolve(answers.has(url) ? ({ kind: 'answered', status: answers.get(url) ?? 0 } as const) : ({ kind: 'silent', reason: 'refused' } as const)) };
  const going = startRun(job, { clock, chance: options.chance ?? (() => 1), processes, probe, store, reporter, reuse: options.reuse?.ports ?? null, artifacts: options.artifacts ?? null });
  going.ended.catch(() => undefined);

  const inHand = new Set<ScriptedProcess>();
  const nameOf = ({ place }: ScriptedProcess): string => {
    const [step = '', cell = '0'] = place.split('/');
    return going.state.steps.get(step)?.terms?.isMatrix === true ? `${step}[${cell}]` : step;
  };
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => void setImmediate(resolve));
  };
  return {
    going, clock, store, processes, told, selected, answers, settle,
    started: async (step) => {
      await settle();
      const found = processes.all.find((each) => !inHand.has(each) && nameOf(each) === step);
      if (found === undefined) throw new Error(`${step} has not been started; what has: ${processes.all.map(({ place }) => place).join(' ')}; ${describeRun(going.state).join(' ')}`);
      inHand.add(found);
      return { ...found, writes: (written) => store.put(found.command.env['TOLLGATE_OUTPUT'] ?? '', written) };
    },
    running: async () => {
      await settle();
      return processes.all.filter((each) => !each.isOver()).map(nameOf).sort();
    },
    pass: async (milliseconds) => {
      await settle();
      clock.advance(milliseconds);
      await settle();
    },
    ended: async () => {
      await settle();
      if (going.state.status === 'running') throw new Error(`the run has not ended: ${describeRun(going.state).join(' ')}`);
      const state = await going.ended;
      if (options.room !== undefined) return state;
      const again = fold(plan, store.events);
      if (!isDeepStrictEqual(again, state)) throw new Error('folding the events again gives another state');
      return state;
    },
  };
}

export function fold(plan: RunPlan, events: readonly RunEvent[]): RunState {
  let state = createRunState(plan);
  for (const event of events) state = evolve(plan, state, event);
  return state;
}

/** `build:succeeded`, `deploy:skipped(need)`, `lint:failed(TG3101)`; a failure that is tolerated has a `~`. */
export function describeRun(state: RunState): readonly string[] {
  return [...state.steps].map(([id, { status, skipped, failure, tolerated }]) => `${id}:${tolerated && status === 'failed' ? '~' : ''}${status}${skipped === null ? '' : `(${skipped.reason})`}${failure === null ? '' : `(${failure.code})`}`);
}

/** `build:go(succeeded)`, `deploy:no-go(skipped need)`. */
export function describePhases(state: RunState): readonly string[] {
  return [...state.phases].map(([id, { status, verdict, skipped }]) => `${id}:${verdict ?? '?'}(${status}${skipped === null ? '' : ` ${skipped.reason}`})`);
}

/** `failed no-go`. */
export function describeEnd(state: RunState): string {
  return `${state.status} ${state.verdict ?? 'null'}`;
}
