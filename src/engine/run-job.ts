import type { EarlierRun } from '../core/run/resume/earlier-run.js';
import type { ArtifactStore } from '../ports/artifact-store.js';
import type { InputTracer } from '../ports/input-tracer.js';
import type { KeySheets } from '../ports/key-sheets.js';
import type { ResultStore } from '../ports/result-store.js';
import type { ToolMemory } from '../ports/tool-memory.js';
import type { WorkspaceFiles } from '../ports/workspace-files.js';
import type { ParsedWorkflow } from '../core/definition/parse-workflow.js';
import type { StepTypes } from '../core/definition/step-type.js';
import type { Redactor } from '../core/redaction/redactor.js';
import type { RunFacts } from '../core/run/run-event.js';
import type { RunPlan } from '../core/run/run-plan.js';
import type { RunGiven } from '../core/run/values/run-values.js';
import type { AddressProbe } from '../ports/address-probe.js';
import type { Clock } from '../ports/clock.js';
import type { ProcessRunner } from '../ports/process-runner.js';
import type { RunReporter } from '../ports/run-reporter.js';
import type { RunStore } from '../ports/run-store.js';

/** One run: what is to be done, and what is known before it begins. */
export interface RunJob {
  readonly parsed: ParsedWorkflow;
  readonly plan: RunPlan;
  readonly stepTypes: StepTypes;
  readonly facts: RunFacts;
  readonly given: RunGiven;
  /** The environment that Tollgate was started in. */
  readonly around: Readonly<Record<string, string | undefined>>;
  readonly workspace: string;
  readonly leftOut: ReadonlyMap<string, string>;
  readonly allowCostly: boolean;
  readonly maxParallel: number;
  /** How long after SIGTERM a process is killed when the whole run is stopped; a runner gives little time. */
  readonly killAfterStopMs: number;
  readonly redactor: Redactor;
  /** `later`: a stop leaves `finally` to a process that comes after this one, as a runner's cancel has no time for it. */
  readonly finallyOnStop?: 'now' | 'later';
  /** Whether results of other runs are taken, and whether those of this one are kept. */
  readonly cache: CachePolicy;
  /** Values of the matrix of the job that it runs in: what another cell made holds for that cell alone. */
  readonly variant?: Readonly<Record<string, string>>;
  /** What earlier attempts of this run have done. */
  readonly earlier: EarlierRun | null;
  /** Last results of other runs, for steps that the call leaves out. */
  readonly standIns: EarlierRun | null;
}

export interface CachePolicy {
  readonly read: boolean;
  readonly write: boolean;
}

/** What the engine reaches the world through. */
export interface RunPorts {
  readonly clock: Clock;
  /** A number from 0 up to 1, for pauses that must not be all alike. */
  readonly chance: () => number;
  readonly processes: ProcessRunner;
  readonly probe: AddressProbe;
  readonly store: RunStore;
  readonly reporter: RunReporter;
  /** Nothing where no step of the workflow says what it depends on. */
  readonly reuse: ReusePorts | null;
  /** Nothing where no step keeps artifacts. */
  readonly artifacts?: ArtifactStore | null;
}

/** What results are found and kept by. */
export interface ReusePorts {
  readonly results: ResultStore;
  readonly files: WorkspaceFiles;
  readonly sheets: KeySheets;
  readonly tools: ToolMemory;
  /** Where somebody wants to know what cached steps read. */
  readonly tracer?: InputTracer | undefined;
}
