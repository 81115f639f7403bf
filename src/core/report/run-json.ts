import type { DiagnosticJson } from './diagnostics-json.js';
import type { MessageJson } from './message-json.js';

/** What `run --json` prints where nothing was started: the keys are those of every run. */
export interface RefusedRunJson {
  readonly schema_version: 1;
  readonly tollgate_version: string;
  readonly run_id: null;
  readonly workflow: string | null;
  readonly workflow_version: string | null;
  readonly status: 'failed';
  readonly reason: null;
  readonly verdict: null;
  readonly attempt: 0;
  readonly started_at: null;
  readonly ended_at: null;
  readonly current: null;
  readonly actor: null;
  readonly commit: null;
  readonly trigger: 'cli';
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly phases: readonly never[];
  readonly steps: readonly never[];
  readonly cache: { readonly hits: 0; readonly misses: 0 };
  readonly cost_usd: 0;
  readonly tokens: 0;
  readonly outputs: Readonly<Record<string, never>>;
  readonly partial: readonly never[];
  readonly diagnostics: readonly (DiagnosticJson | MessageJson)[];
  readonly next_command: string | null;
}

export type RefusedRun = Pick<RefusedRunJson, 'tollgate_version' | 'workflow' | 'workflow_version' | 'inputs' | 'diagnostics' | 'next_command'>;

export function toRefusedRunJson(refused: RefusedRun): RefusedRunJson {
  return {
    schema_version: 1,
    tollgate_version: refused.tollgate_version,
    run_id: null,
    workflow: refused.workflow,
    workflow_version: refused.workflow_version,
    status: 'failed',
    reason: null,
    verdict: null,
    attempt: 0,
    started_at: null,
    ended_at: null,
    current: null,
    actor: null,
    commit: null,
    trigger: 'cli',
    inputs: refused.inputs,
    phases: [],
    steps: [],
    cache: { hits: 0, misses: 0 },
    cost_usd: 0,
    tokens: 0,
    outputs: {},
    partial: [],
    diagnostics: refused.diagnostics,
    next_command: refused.next_command,
  };
}
