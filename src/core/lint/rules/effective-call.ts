import type { Span } from '../../diagnostic/diagnostic.js';
import { writtenText } from '../../definition/shape/setting.js';
import type { Setting } from '../../definition/shape/setting.js';
import type { Effect } from '../commands/find-effect.js';
import { describeMethod, findEffect, isLocal } from '../commands/find-effect.js';
import type { LintedStep } from '../linted-step.js';

export interface EffectiveCall extends Effect {
  readonly span: Span;
}

/** The call of a step that weighs most: what happens once before what can be repeated. */
export function findEffectiveCall(step: LintedStep): EffectiveCall | undefined {
  const { lane, step: written } = step.placed;
  if (lane.kind === 'rollback' || lane.kind === 'cleanup') return undefined;
  if (written.type === 'http') return findRequest(written.own);
  const { command } = step;
  if (command === undefined) return undefined;
  const calls = command.calls.flatMap((call): EffectiveCall[] => {
    const effect = findEffect(call);
    return effect === undefined ? [] : [{ ...effect, span: command.locate(call.at) }];
  });
  return calls.find(({ nature }) => nature === 'once') ?? calls[0];
}

function findRequest(own: LintedStep['placed']['step']['own']): EffectiveCall | undefined {
  const method = own['method'] as Setting<string> | undefined;
  const url = writtenText(own['url'] as Setting<string> | undefined);
  if (method?.kind !== 'written' || (url !== undefined && isLocal(url))) return undefined;
  const effect = describeMethod('http', method.value);
  return effect && { ...effect, span: method.at };
}
