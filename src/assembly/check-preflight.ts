import { thisMachine } from '../adapters/local/this-machine.js';
import type { DiagnosticCode } from '../core/diagnostic/codes.js';
import type { SourceText } from '../core/diagnostic/source-text.js';
import type { KnownCheck } from '../core/preflight/known-checks.js';
import type { CheckKind, CheckResult } from '../core/preflight/preflight-report.js';
import type { Message } from '../core/report/message.js';
import { createRunState } from '../core/run/run-state.js';
import { createRunValues } from '../core/run/values/run-values.js';
import { runPreflight } from '../engine/preflight/run-preflight.js';
import type { AssembledRun } from './assemble-run.js';

/** Looks at everything that has to hold before the run starts. */
export async function checkPreflight({ job, ports, known }: AssembledRun, { fix }: { readonly fix: boolean }): Promise<readonly CheckResult[]> {
  const state = createRunState(job.plan);
  const values = createRunValues({ outline: job.parsed.outline, plan: job.plan, given: job.given, state });
  return await runPreflight({ job, ports, machine: thisMachine, values, known: known ?? (await findChecks(job)), fix });
}

async function findChecks({ parsed }: AssembledRun['job']): Promise<readonly KnownCheck[]> {
  return (await import('../core/preflight/known-checks.js')).findKnownChecks(parsed.outline);
}

const codes: Readonly<Record<CheckKind, DiagnosticCode>> = { tool: 'TG3201', bash: 'TG3201', env: 'TG3203', secret: 'TG3203', file: 'TG3204', run: 'TG3205', check: 'TG3206', url: 'TG3207', disk: 'TG3208' };

/** What does not hold, in the form of every message. */
export function describeChecks(results: readonly CheckResult[], source: SourceText): readonly Message[] {
  return results.flatMap((result): Message[] => {
    if (result.status === 'holds') return [];
    const { line, column } = source.positionAt(result.at?.[0] ?? 0);
    const isVersion = result.kind === 'tool' && result.message.includes('the workflow needs');
    return [
      {
        severity: result.level === 'blocking' ? 'error' : result.level,
        code: isVersion ? 'TG3202' : codes[result.kind],
        message: `pre-flight: ${result.message}`,
        ...(result.at === null ? {} : { at: `${source.file}:${line}:${column}` }),
        ways: [...(result.hint === null ? [] : [result.hint]), ...(result.fix === null ? [] : [`Run: ${result.fix.command}`])],
      },
    ];
  });
}
