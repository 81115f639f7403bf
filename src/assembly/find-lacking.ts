import type { Message } from '../core/report/message.js';
import type { Selected } from '../core/run/selection/select-parts.js';
import type { AssembledRun } from './assemble-run.js';

/** Outputs that are read, of steps that are left out and whose last results do not hold. */
export async function findLacking({ job, ports }: AssembledRun, { problems }: Selected): Promise<readonly Message[]> {
  if (problems.length === 0) return [];
  const { forecastRun } = await import('../engine/forecast-run.js');
  const forecast = await forecastRun(job, ports);
  const stands = new Set(forecast.flatMap(({ step, answer }) => (answer === 'kept' || answer === 'hit' ? [step] : [])));
  return problems.flatMap((problem): readonly Message[] => (problem.lacks !== undefined && stands.has(problem.lacks) ? [] : [{ severity: 'error', ...problem, message: `${problem.message}; no earlier result of it holds` }]));
}
