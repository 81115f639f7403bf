import type { PlacedStep } from '../../core/definition/check/outline.js';
import type { EvaluationWorld } from '../../core/expression/evaluation-world.js';
import type { Failure } from '../../core/run/failure.js';
import { asDuration, asText, readSetting } from '../../core/run/opening/read-setting.js';
import type { StepTools } from '../../core/run/step-execution.js';
import type { AddressProbe } from '../../ports/address-probe.js';
import type { Clock } from '../../ports/clock.js';

export interface Readiness {
  readonly world: EvaluationWorld;
  readonly clock: Clock;
  readonly probe: AddressProbe;
  readonly tools: Pick<StepTools, 'runShell'>;
  /** What the server has said so far. */
  readonly said: () => string;
  /** The server has ended, or must end: nobody waits any longer. */
  readonly isOver: () => boolean;
}

type Ready = NonNullable<Exclude<NonNullable<PlacedStep['step']['background']>, { kind: 'written' | 'computed' }>['ready']>;

/** Waits until a server is ready; a failure when its time is over before. */
export async function awaitReady(placed: PlacedStep, at: Readiness): Promise<Failure | undefined> {
  const { background } = placed.step;
  const ready = background === undefined || 'kind' in background ? undefined : background.ready;
  if (ready === undefined) return undefined;
  const interval = readMs(ready.interval, at.world, 250);
  const timeout = readMs(ready.timeout, at.world, 60_000);
  const began = at.clock.steady();
  while (!at.isOver()) {
    const last = await askOnce(ready, at);
    if (last === undefined) return undefined;
    if (at.clock.steady() - began >= timeout) {
      return { kind: 'background', code: 'TG3109', message: `it was not ready after ${timeout / 1000} s: ${last}`, at: ready.at, hints: ['Give it longer: ready: { …, timeout: 2m }'] };
    }
    await new Promise<void>((resolve) => void at.clock.after(interval, resolve));
  }
  return undefined;
}

/** What was there instead of readiness; nothing when it is ready. */
async function askOnce(ready: Ready, at: Readiness): Promise<string | undefined> {
  if (ready.url !== undefined) {
    const url = readSetting(ready.url, at.world, asText);
    if (url.kind === 'failed') return url.failure.message;
    const answer = await at.probe.ask(url.value, 5_000);
    if (answer.kind === 'silent') return `${url.value} does not answer: ${answer.reason}`;
    return answer.status < 400 ? undefined : `${url.value} answers ${answer.status}`;
  }
  if (ready.log !== undefined) {
    const pattern = readSetting(ready.log, at.world, asText);
    if (pattern.kind === 'failed') return pattern.failure.message;
    const found = occurs(pattern.value, at.said());
    return found === true ? undefined : found === false ? `/${pattern.value}/ is not in its output` : found;
  }
  if (ready.run === undefined) return undefined;
  const end = await at.tools.runShell(ready.run, undefined);
  if (end.kind !== 'exited') return 'the command of ready could not be run';
  return end.code === 0 ? undefined : `the command of ready exits ${end.code}`;
}

/** Whether it occurs, or what is wrong with the pattern. */
function occurs(pattern: string, text: string): boolean | string {
  try {
    return new RegExp(pattern, 'mu').test(text);
  } catch {
    return `/${pattern}/ is no regular expression`;
  }
}

function readMs(setting: Ready['interval'], world: EvaluationWorld, otherwise: number): number {
  const resolved = setting === undefined ? undefined : readSetting(setting, world, asDuration);
  return resolved?.kind === 'value' && typeof resolved.value === 'number' ? resolved.value : otherwise;
}
