import { isKnown } from '../core/expression/unknown.js';
import type { Value } from '../core/expression/expression.js';
import { decide } from '../core/run/decide.js';
import type { Decision } from '../core/run/decide.js';
import { evolve } from '../core/run/evolve.js';
import type { Failure } from '../core/run/failure.js';
import type { Opening } from '../core/run/opening/open-parts.js';
import { openGroup, openPhase, openStep } from '../core/run/opening/open-parts.js';
import { asFlag, readSetting } from '../core/run/opening/read-setting.js';
import type { AttemptResult, RunEvent, RunProgress, StopCause } from '../core/run/run-event.js';
import type { RunState } from '../core/run/run-state.js';
import { nameStandIns } from '../core/run/selection/name-stand-ins.js';
import { cellKey, createRunState } from '../core/run/run-state.js';
import { takeOverForFinally } from '../core/run/take-over.js';
import { createRunValues, evaluateAny } from '../core/run/values/run-values.js';
import { isPromise } from './reuse/find-result.js';
import type { Finding } from './reuse/find-result.js';
import type { BeginningCell } from './reuse/result-reuse.js';
import { createResultReuse } from './reuse/result-reuse.js';
import { findStandIn } from './reuse/stand-in.js';
import { watchInputs } from './reuse/watch-inputs.js';
import { createArtifactKeeping } from './artifacts/artifact-keeping.js';
import { createAttemptControl } from './attempt/attempt-control.js';
import type { Attempt } from './attempt/execute-attempt.js';
import { executeAttempt, readKillAfter } from './attempt/execute-attempt.js';
import { createStepEnvironments } from './attempt/step-environment.js';
import type { StepOutputSink } from './attempt/step-output.js';
import { openStepOutput } from './attempt/step-output.js';
import { createEventRecorder, tell } from './record-events.js';
import { createTimeLimits } from './time-limits.js';
import { createFlights } from './reuse/flights.js';
import { createServers } from './background/servers.js';
import type { LeaseOwner } from '../ports/lease.js';
import type { RunJob, RunPorts } from './run-job.js';

/** A run that goes on; whoever holds it can stop it. */
export interface GoingRun {
  readonly state: RunState;
  /** Settles when the run has ended and nothing of it is left; still `running` when `finally` is left for later. */
  readonly ended: Promise<RunState>;
  /** Nothing new is started and what runs is ended; `finally` still runs. A second time it all ends at once. */
  readonly stop: (cause: 'SIGINT' | 'SIGTERM') => void;
  /** Who goes on with the run in place of this process, once that is known: nothing more was done here. */
  readonly fencedBy: () => LeaseOwner | null | undefined;
}

/**
 * The loop: decide, make it happen, fold what happened.
 *
 * 1. The state changes by `evolve` alone, and every event is written down before the next decision.
 * 2. Effects answer with events through one inbox; between two decisions nothing else changes.
 * 3. When nothing is decided, something is under way that will bring an event.
 *
 * With the events of a run that another process left, only its `finally` is gone on with.
 */
export function startRun(job: RunJob, ports: RunPorts, past: readonly RunEvent[] = []): GoingRun {
  const { plan, parsed, facts } = job;
  const { clock, store, reporter } = ports;
  const state = createRunState(plan);
  for (const event of past) evolve(plan, state, event);
  const values = createRunValues({ outline: parsed.outline, plan, given: job.given, state });
  const environments = createStepEnvironments(job);
  const opening: Opening = { parsed, plan, state, values, leftOut: job.leftOut, allowCostly: job.allowCostly, standIns: nameStandIns(job) };
  const controls = new Map<string, Attempt>();
  const pauses = new Map<string, () => void>();
  const comingUp = new Set<string>();
  const flights = createFlights();
  const reuse = createResultReuse({ job, ports, state, values, environments });
  const artifacts = createArtifactKeeping({ job, ports, values });
  const inbox: Message[] = [];
  let wake: (() => void) | undefined;
  let underWay = 0;
  let started = false;
  /** How often somebody asked the run to stop. */
  let asked = 0;

  const post = (message: Message): void => {
    inbox.push(message);
    wake?.();
  };
  const onUnwritten = (reason: string): void => post({ kind: 'run-stopped', cause: 'SIGTERM', hard: false, failure: { kind: 'step-type:journal', code: 'TG3411', message: `the run cannot be written down any more: ${reason}`, hints: ['Make room or mend what is named, then go on: tollgate resume'] } });
  const recorder = createEventRecorder({ plan, state, clock, store, reporter, onUnwritten });
  const { record } = recorder;
  const limits = createTimeLimits({ job, clock, values, record, post });
  const servers = createServers((at, failure) => post({ kind: 'background-ended', ...at, failure }));
  /** Given little time when the whole run is stopped, and none the second time; else what the step says. */
  const killAfterMs = (): number | undefined => (state.stop === null || state.stop.cause === 'timeout' ? undefined : state.stop.hard ? 0 : job.killAfterStopMs);
  /** Something whose end brings an event. */
  const during = (effect: Promise<Message>): void => {
    underWay += 1;
    void effect.then(
      (message) => {
        underWay -= 1;
        post(message);
      },
      (error: unknown) => {
        underWay -= 1;
        post({ kind: 'run-stopped', cause: 'SIGTERM', failure: describeFault(error), hard: false });
      },
    );
  };

  function perform(decision: Decision): void {
    switch (decision.kind) {
      case 'open-phase': {
        const progress = openPhase(decision.phase, opening);
        record(progress);
        if (progress.kind === 'phase-started') limits.armPhase(decision.phase);
        return;
      }
      case 'open-group': return record(openGroup(decision.group, opening));
      case 'open-step': return openOrStandIn(decision.step);
      case 'start-attempt': return decision.attempt === 1 ? beginCell(decision) : startAttempt(decision, []);
      case 'plan-retry': return planRetry(decision);
      case 'give-up': return record({ kind: 'attempts-over', step: decision.step, cell: decision.cell });
      case 'stop-attempt': {
        record({ kind: 'attempt-stopping', step: decision.step, cell: decision.cell, cause: decision.cause });
        return stopAttempt(decision);
      }
      case 'stop-background': {
        const at = { step: decision.step, cell: decision.cell };
        record({ kind: 'background-stopping', ...at });
        return during(servers.stop(at, killAfterMs()).then((): RunProgress => ({ kind: 'background-stopped', ...at })));
      }
      case 'close-phase': {
        limits.disarmPhase(decision.phase);
        return record({ kind: 'phase-ended', phase: decision.phase, status: decision.status, verdict: decision.verdict });
      }
      case 'pause': return record({ kind: 'run-paused', reason: decision.reason });
      case 'finish': return record({ kind: 'run-ended', status: decision.status, verdict: decision.verdict, outputs: makeOutputs() });
    }
  }

  /** A step that the call leaves out is passed over, or its last result stands in for it. */
  function openOrStandIn(step: string): void {
    const standIn = findStandIn(step, { opening, standIns: job.standIns, find: reuse.find });
    const settle = (events: readonly RunProgress[] | undefined): void => {
      comingUp.delete(step);
      for (const progress of events ?? [openStep(step, opening)]) record(progress);
    };
    if (!isPromise(standIn)) return settle(standIn);
    comingUp.add(step);
    during(standIn.then((events) => () => settle(events)));
  }

  /** What was done before and still holds is taken; at once, where nobody has to be waited for. */
  function beginCell(at: StartAttempt): void {
    const found = artifacts.keepFound(cellAt(at), reuse.find(cellAt(at)));
    if (!isPromise(found)) return followUp(at, found);
    record({ kind: 'lookup-started', step: at.step, cell: at.cell });
    during(found.then((finding) => () => followUp(at, finding)));
  }

  function followUp(at: StartAttempt, finding: Finding): void {
    const { step, cell } = at;
    if (state.status !== 'running') return;
    // The run was stopped while it was being looked for.
    if (state.steps.get(step)?.cells[cell]?.stopping === true) return record({ kind: 'attempt-ended', step, cell, attempt: 0, durationMs: 0, result: nothingDone });
    if (finding.kind === 'reused') return record(finding.event);
    const twin = job.cache.read && job.cache.write ? flights.join(reuse.keyOf(cellAt(at)), { step, cell, name: nameOf(step, cell) }) : undefined;
    if (twin === undefined) return startAttempt(at, finding.warnings);
    record({ kind: 'twin-awaited', step, cell, twin });
  }

  function cellAt({ step, cell }: { readonly step: string; readonly cell: number }): BeginningCell {
    const placed = parsed.outline.steps[plan.steps.get(step)?.index ?? -1];
    const terms = state.steps.get(step)?.terms;
    if (placed === undefined || terms == null) throw new Error(`no step '${step}' to start`);
    return { step, index: cell, placed, matrix: terms.isMatrix ? terms.cells[cell] : undefined };
  }

  function startAttempt({ step, cell, attempt: number }: StartAttempt, warnings: readonly Failure[]): void {
    record({ kind: 'attempt-started', step, cell, attempt: number });
    const beginning = cellAt({ step, cell });
    const { placed, matrix } = beginning;
    const terms = state.steps.get(step)?.terms;
    const name = nameOf(step, cell);
    const watch = watchInputs(beginning, { job, ports, state, values, key: reuse.keyOf(beginning) });
    const control = createAttemptControl(watch?.processes ?? ports.processes);
    const attempt: Attempt = {
      job, ports, values, environments, placed, control,
      matrix,
      name: number === 1 ? name : `${name}.attempt-${number}`,
      mark: `${facts.runId}/${step}/${cell}/${number}`,
      output: openOutput(step, cell),
    };
    controls.set(cellKey(step, cell), attempt);
    // What nobody knows of must not begin.
    if (recorder.isLost()) return post({ kind: 'attempt-ended', step, cell, attempt: 0, durationMs: 0, result: nothingDone });
    const began = clock.steady();
    const executed = async (): Promise<AttemptResult> => {
      if (terms?.background != null) return await servers.start(attempt, { step, cell });
      const settled = await executeAttempt(attempt);
      const told = { durationMs: clock.steady() - began, log: attempt.output.logPath() };
      const kept = await artifacts.keep(beginning, settled, async (sound) => await reuse.keep(beginning, sound, told));
      return watch === undefined ? kept : await watch.tell(kept);
    };
    const key = reuse.keyOf(beginning)?.key;
    during(executed().catch((error: unknown) => crashed(error)).then((result): RunProgress => {
      for (const waiting of flights.land(reuse.keyOf(beginning), nameOf(step, cell))) post({ kind: 'retry-due', ...waiting });
      return { kind: 'attempt-ended', step, cell, attempt: number, durationMs: clock.steady() - began, result: warnings.length === 0 ? result : { ...result, warnings: [...warnings, ...result.warnings] }, ...(key === undefined ? {} : { key }) };
    }));
  }

  function nameOf(step: string, cell: number): string {
    return state.steps.get(step)?.terms?.isMatrix === true ? `${step}.${cell + 1}` : step;
  }

  function openOutput(step: string, cell: number): StepOutputSink {
    return openStepOutput({ redactor: job.redactor, openLog: () => store.openLog(nameOf(step, cell)), watch: (bytes) => tell(() => reporter.onOutput(step, cell, bytes)) });
  }

  function stopAttempt({ step, cell, cause }: Extract<Decision, { kind: 'stop-attempt' }>): void {
    const going = controls.get(cellKey(step, cell));
    const endCause = cause === 'timeout' ? 'run-timeout' : cause === 'phase-timeout' ? cause : 'cancelled';
    void going?.control.stop(endCause, { signal: 'SIGTERM', killAfterMs: killAfterMs() ?? readKillAfter(going) });
  }

  function planRetry({ step, cell, delayMs }: Extract<Decision, { kind: 'plan-retry' }>): void {
    const placed = parsed.outline.steps[plan.steps.get(step)?.index ?? -1];
    const retry = placed?.step.retry ?? parsed.outline.workflow.defaults?.retry;
    const jitter = placed === undefined || retry?.jitter === undefined ? undefined : readSetting(retry.jitter, values.worldAt({ kind: 'step', step: placed }, 'no'), asFlag);
    const delay = jitter?.kind !== 'value' || jitter.value ? delayMs * (0.5 + ports.chance() / 2) : delayMs;
    record({ kind: 'retry-planned', step, cell, delayMs: delay });
    const key = cellKey(step, cell);
    pauses.set(key, clock.after(delay, () => {
      pauses.delete(key);
      post({ kind: 'retry-due', step, cell });
    }));
  }

  function makeOutputs(): Readonly<Record<string, Value>> {
    const world = values.worldAt({ kind: 'end' }, 'no');
    const made = (parsed.outline.workflow.outputs ?? []).map(({ name, value: { value } }): [string, Value] => {
      const evaluated = value === undefined ? null : evaluateAny(value, world);
      return [name, isKnown(evaluated) ? evaluated : null];
    });
    return job.redactor.value(Object.fromEntries(made)) as Readonly<Record<string, Value>>;
  }

  /** What was under way when the run was stopped may have ended since: it is folded, and changes nothing any more. */
  function takeIn(): void {
    for (let progress = inbox.shift(); progress !== undefined; progress = inbox.shift()) {
      if (state.status !== 'running') return;
      if (typeof progress === 'function') {
        progress();
        continue;
      }
      if (progress.kind === 'phase-failed' && state.phases.get(progress.phase)?.status !== 'running') continue;
      // A run that was stopped is being ended already.
      if (progress.kind === 'run-stopped' && progress.cause === 'timeout' && state.stop !== null) continue;
      if (progress.kind === 'attempt-ended' && isLeaving() && isOfFinally(progress)) continue;
      record(progress);
    }
  }

  const isOfFinally = ({ step }: { readonly step: string }): boolean => plan.steps.get(step)?.lane === 'finally';
  const isLeaving = (): boolean => job.finallyOnStop === 'later' && state.stop !== null && state.stop.cause !== 'timeout' && state.stop.failure === null;

  /** What of `finally` has begun is ended without a word: whoever goes on begins it anew. */
  function leaveFinally(): void {
    for (const [id, { cells }] of state.steps) {
      if (isOfFinally({ step: id })) for (const index of cells.keys()) void controls.get(cellKey(id, index))?.control.stop('cancelled', { signal: 'SIGTERM', killAfterMs: job.killAfterStopMs });
    }
  }

  /** Nothing but `finally` is left, and servers that were up for it. */
  function leave(): 'left' | 'leaving' {
    const servers = [...plan.steps.keys()].flatMap((step) => (state.steps.get(step)?.cells ?? []).flatMap((cell, index) => (state.background.has(cellKey(step, index)) && !cell.stopping ? [{ step, cell: index }] : [])));
    for (const at of servers) perform({ kind: 'stop-background', ...at });
    return underWay === 0 && inbox.length === 0 ? 'left' : 'leaving';
  }

  /** What steps left running went on until now. It is ended and named in the log of its step; a server that is meant to stay, stays. */
  async function endLeftovers(): Promise<void> {
    if (controls.size === 0) return;
    try {
      const marks = new Set((await ports.processes.findMarked(`${facts.runId}/`)).map(({ mark }) => mark));
      await Promise.all([...marks].map(endLeftover));
    } catch {
      // What cannot be looked at cannot be ended.
    }
  }

  async function endLeftover(mark: string): Promise<void> {
    const [, step = '', number = ''] = mark.split('/');
    const cell = Number(number);
    const going = controls.get(cellKey(step, cell));
    if (going === undefined || state.background.has(cellKey(step, cell))) return;
    reuse.withdraw(step, cell);
    const ended = await ports.processes.endMarked(mark, { signal: 'SIGTERM', killAfterMs: killAfterMs() ?? readKillAfter(going) });
    const output = openOutput(step, cell);
    for (const { command } of ended) output.say(`left running, and ended by Tollgate: ${command}`);
    output.close();
  }

  /** The run is another's by now: what was started here must not go on beside it. */
  async function endAll(): Promise<void> {
    await Promise.all([...controls.values()].map(({ control }) => control.stop('cancelled', { signal: 'SIGTERM', killAfterMs: 0 })));
  }

  async function drive(): Promise<RunState> {
    started = true;
    if (past.length === 0) {
      record(job.earlier === null ? { kind: 'run-started', ...facts } : { kind: 'run-resumed', spent: job.earlier.spent, ...facts });
      limits.armRun();
    } else for (const progress of takeOverForFinally(plan, state)) record(progress);
    for (;;) {
      takeIn();
      if (recorder.fence() !== undefined) {
        await endAll();
        break;
      }
      // What a step is left out for is being brought: until it is there, it is decided already.
      const due = decide(plan, state, { maxParallel: job.maxParallel }).filter((decision) => !(decision.kind === 'open-step' && comingUp.has(decision.step)));
      const decisions = isLeaving() ? due.filter((decision) => !('step' in decision && isOfFinally(decision))) : due;
      for (const decision of decisions) {
        if (decision.kind === 'finish' || decision.kind === 'pause') await endLeftovers();
        perform(decision);
      }
      if (state.status !== 'running') break;
      if (decisions.length > 0 || inbox.length > 0) continue;
      if (isLeaving() && underWay === 0 && leave() === 'left') break;
      if (underWay === 0 && pauses.size === 0 && state.background.size === 0) throw new Error('the run can neither go on nor end');
      recorder.flush();
      if (inbox.length > 0) continue;
      await new Promise<void>((resolve) => (wake = resolve));
      wake = undefined;
    }
    limits.disarmAll();
    for (const disarm of pauses.values()) disarm();
    return state;
  }

  return {
    state,
    ended: drive(),
    fencedBy: () => recorder.fence()?.by,
    stop: (cause: Extract<StopCause, 'SIGINT' | 'SIGTERM'>) => {
      if (!started || state.status !== 'running') return;
      if (job.finallyOnStop === 'later') {
        if (asked > 0 || state.stop !== null) return;
        leaveFinally();
      }
      asked += 1;
      post({ kind: 'run-stopped', cause, failure: null, hard: asked > 1 });
    },
  };
}

type StartAttempt = Extract<Decision, { kind: 'start-attempt' }>;

/** What comes back from an effect: an event, or what is to be done next with what was found. */
type Message = RunProgress | (() => void);

const nothingDone: AttemptResult = { outcome: 'cancelled', failure: null, exitCode: null, stdout: '', outputs: {}, costUsd: 0, tokens: 0, endsRun: null, tail: [], warnings: [] };

function crashed(error: unknown): AttemptResult {
  return { outcome: 'failed', failure: describeFault(error), exitCode: null, stdout: '', outputs: {}, costUsd: 0, tokens: 0, endsRun: null, tail: [], warnings: [] };
}

function describeFault(error: unknown): Failure {
  return { kind: 'crashed', code: 'TG3108', message: `a fault of Tollgate itself: ${error instanceof Error ? error.message : String(error)}`, hints: ['Report it; TOLLGATE_VERBOSE=1 shows where it happened'] };
}
