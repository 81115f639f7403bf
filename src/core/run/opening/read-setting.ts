import type { Duration } from '../../definition/shape/duration.js';
import { parseDuration } from '../../definition/shape/duration.js';
import type { Setting } from '../../definition/shape/setting.js';
import { toText } from '../../expression/coerce-value.js';
import { describeValue } from '../../expression/describe-value.js';
import { evaluateTemplate } from '../../expression/evaluate.js';
import type { EvaluationWorld } from '../../expression/evaluation-world.js';
import type { Value } from '../../expression/expression.js';
import type { Failure } from '../failure.js';
import type { Resolved } from '../step-execution.js';

/** A way to read what an expression made; nothing when the field does not take it. */
export interface SettingKind<T> {
  readonly expects: string;
  readonly read: (value: Value) => T | undefined;
}

export const asText: SettingKind<string> = { expects: 'text', read: (value) => (value === null || typeof value === 'object' ? undefined : toText(value)) };

export const asCount: SettingKind<number> = {
  expects: 'a whole number from 1',
  read: (value) => {
    const number = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
    return Number.isSafeInteger(number) && number >= 1 ? number : undefined;
  },
};

export const asFlag: SettingKind<boolean> = {
  expects: 'true or false',
  read: (value) => (value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined),
};

export const asFactor: SettingKind<number> = { expects: 'a number from 1', read: (value) => (Number(value) >= 1 ? Number(value) : undefined) };

export const asDuration: SettingKind<Duration> = {
  expects: 'a duration such as 30s, 10m or 2h',
  read: (value) => (value === 'none' ? 'none' : typeof value === 'string' ? parseDuration(value) : undefined),
};

/** What a setting says now. */
export function readSetting<T>(setting: Setting<T>, world: EvaluationWorld, kind: SettingKind<T>): Resolved<T> {
  if (setting.kind === 'written') return { kind: 'value', value: setting.value };
  const made = evaluateTemplate(setting.template, world);
  if (made.kind === 'failed') return refuse('TG3107', made.message, setting);
  if (made.kind === 'unknown') return refuse('TG3107', `${setting.whole.trim()} depends on ${made.because.join(', ')}, which this run does not know`, setting);
  const value = kind.read(made.value);
  if (value !== undefined) return { kind: 'value', value };
  if (made.value === null) return refuse('TG3107', `${setting.whole.trim()} has no value: what it is taken from was skipped, failed or is not given`, setting, ["Give a fallback: default(…, '…')"]);
  return refuse('TG3115', `${setting.whole.trim()} gives ${describeValue(made.value)}, and the field takes ${kind.expects}`, setting);
}

function refuse(code: 'TG3107' | 'TG3115', message: string, { at }: { readonly at: Failure['at'] }, hints: readonly string[] = []): { readonly kind: 'failed'; readonly failure: Failure } {
  return { kind: 'failed', failure: { kind: 'expression', code, message, hints, ...(at === undefined ? {} : { at }) } };
}
