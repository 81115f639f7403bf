import type { Call, ExitCode } from '../command.js';
import { run } from './run.js';

/** `tollgate preflight`: the checks of a run, and nothing else of it. */
export async function preflight(call: Call): Promise<ExitCode> {
  const only = { value: 'only', origin: { kind: 'default' } } as const;
  return await run({ ...call, options: { ...call.options, preflight: only } });
}
