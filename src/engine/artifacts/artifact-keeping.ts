import type { ArtifactRef } from '../../core/artifact/artifact.js';
import { refTo } from '../../core/artifact/artifact.js';
import { blindRedactor } from '../../core/redaction/redactor.js';
import { labelOf } from '../../core/report/summarize-run.js';
import type { WantedArtifact } from '../../core/run/artifacts/describe-artifact.js';
import { asksForArtifacts, describeArtifact } from '../../core/run/artifacts/describe-artifact.js';
import type { Failure } from '../../core/run/failure.js';
import type { AttemptResult } from '../../core/run/run-event.js';
import type { Resolved } from '../../core/run/step-execution.js';
import type { RunValues } from '../../core/run/values/run-values.js';
import type { ArtifactStore } from '../../ports/artifact-store.js';
import type { SettledAttempt } from '../attempt/execute-attempt.js';
import { findSecret } from '../find-secret.js';
import type { Finding, Reused } from '../reuse/find-result.js';
import type { BeginningCell } from '../reuse/result-reuse.js';
import type { RunJob, RunPorts } from '../run-job.js';

/** What steps with `artifacts` leave is kept with the run before their end is written down. */
export interface ArtifactKeeping {
  /** Of a step that has ended. What is missing fails it before its result is kept; what cannot be kept is a warning. */
  readonly keep: (cell: BeginningCell, settled: SettledAttempt, keepResult: (settled: SettledAttempt) => Promise<AttemptResult>) => Promise<AttemptResult>;
  /** A result that is used again has its artifact in this run too. */
  readonly keepFound: (cell: BeginningCell, found: Finding | Promise<Finding>) => Finding | Promise<Finding>;
}

export interface ArtifactKeepingParts {
  readonly job: RunJob;
  readonly ports: RunPorts;
  readonly values: RunValues;
}

export function createArtifactKeeping({ job, ports, values }: ArtifactKeepingParts): ArtifactKeeping {
  const storeFor = ({ placed }: BeginningCell): ArtifactStore | null => (asksForArtifacts(placed.step) ? (ports.artifacts ?? null) : null);

  const describe = ({ placed, matrix }: BeginningCell, { outputs }: AttemptResult): Resolved<WantedArtifact> => {
    const { reader } = job.given.functions;
    if (typeof reader === 'symbol') throw new Error('a run needs to see the files of its workspace');
    return describeArtifact({ placed, world: values.worldAt({ kind: 'step', step: placed, matrix }, 'no'), matrix, outputs, reader });
  };

  const keepWanted = async (store: ArtifactStore, cell: BeginningCell, { result, wanted }: { readonly result: AttemptResult; readonly wanted: WantedArtifact }): Promise<AttemptResult> => {
    const { name, paths, tags, retentionDays, words } = wanted;
    if (paths.length === 0) return (cell.placed.step.outputs ?? []).some(({ value }) => value.form === 'path') ? result : warn(result, cell, { name, reason: 'the step declares no outputs that are files' });
    const { redactor, facts } = job;
    if (redactor.holdsSecret(words.join('\n'))) return warn(result, cell, { name: cell.step, reason: 'its name or a tag holds a secret' });
    try {
      const kept = await store.keep(
        { workflow: facts.workflow, name, run: facts.runId, step: cell.step, cell: labelOf(cell.matrix ?? {}), createdAt: ports.clock.now(), tags, retentionDays, tollgateVersion: facts.tollgateVersion },
        { paths, holdsSecret: redactor === blindRedactor ? null : async (bytes) => await findSecret(bytes, redactor) },
      );
      return kept.kind === 'kept' ? { ...result, artifacts: [refTo(kept.artifact)] } : warn(result, cell, { name, reason: kept.reason });
    } catch (error) {
      return warn(result, cell, { name, reason: error instanceof Error ? error.message : String(error) });
    }
  };

  const warn = (result: AttemptResult, { placed }: BeginningCell, { name, reason }: { readonly name: string; readonly reason: string }): AttemptResult => {
    const same = `the result is not kept: ${reason}`;
    const isSaid = result.warnings.some(({ message }) => message === same);
    const message = job.redactor.text(isSaid ? `neither the result nor the artifact '${name}' is kept: ${reason}` : `the artifact '${name}' is not kept: ${reason}`);
    const warning: Failure = { kind: 'step-type:artifact', code: 'TG3502', message, at: placed.step.artifacts?.at ?? placed.step.id.at, hints: [] };
    // One fault of one file is said once.
    return { ...result, artifacts: [], warnings: [...result.warnings.filter((each) => each.message !== same), warning] };
  };

  /** What an earlier attempt of this run has kept is still there. */
  const isKept = async (store: ArtifactStore, refs: readonly ArtifactRef[]): Promise<boolean> => {
    const { found } = await store.list({ run: job.facts.runId });
    return refs.every(({ name, version }) => found.some(({ artifact }) => artifact.name === name && artifact.version === version));
  };

  const keepReused = async (store: ArtifactStore, cell: BeginningCell, event: Reused): Promise<Reused> => {
    const { result } = event;
    try {
      if (event.source === 'earlier' && result.artifacts !== undefined && result.artifacts.length > 0 && (await isKept(store, result.artifacts))) return event;
      const described = describe(cell, result);
      if (described.kind === 'failed') return { ...event, result: warn(result, cell, { name: cell.step, reason: described.failure.message }) };
      return { ...event, result: await keepWanted(store, cell, { result, wanted: described.value }) };
    } catch (error) {
      return { ...event, result: warn(result, cell, { name: cell.step, reason: error instanceof Error ? error.message : String(error) }) };
    }
  };

  return {
    keep: async (cell, settled, keepResult) => {
      const store = storeFor(cell);
      if (store === null || settled.result.outcome !== 'succeeded') return await keepResult(settled);
      const described = describe(cell, settled.result);
      if (described.kind === 'failed') return await keepResult({ ...settled, result: { ...settled.result, outcome: 'failed', failure: { ...described.failure, message: job.redactor.text(described.failure.message) } } });
      return await keepWanted(store, cell, { result: await keepResult(settled), wanted: described.value });
    },
    keepFound: (cell, found) => {
      const store = storeFor(cell);
      if (store === null) return found;
      return Promise.resolve(found).then(async (finding) => (finding.kind === 'reused' ? { kind: 'reused', event: await keepReused(store, cell, finding.event) } : finding));
    },
  };
}
