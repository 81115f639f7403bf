import type { PlacedStep } from '../definition/check/outline.js';
import { scriptParts } from '../definition/check/check-expressions.js';
import type { ShellText } from '../definition/shape/setting.js';
import { isPlain } from '../expression/coerce-value.js';
import { evaluate } from '../expression/evaluate.js';
import type { EvaluationWorld } from '../expression/evaluation-world.js';
import { commandForPerson } from '../script/command-for-person.js';
import type { ScriptValue } from '../script/script-part.js';
import { asText, readSetting } from './opening/read-setting.js';

/** What the author says can be done about a failure, as far as it fits what the step said. */
export function findRecovery({ step }: PlacedStep, said: readonly string[], world: EvaluationWorld): readonly string[] {
  return (step.recovery ?? []).flatMap((entry): readonly string[] => {
    if ('kind' in entry) return readText(entry, world);
    if (entry.match !== undefined && !readText(entry.match, world).some((pattern) => fits(pattern, said))) return [];
    const hint = entry.hint === undefined ? [] : readText(entry.hint, world);
    return entry.run === undefined ? hint : [...hint, `Run: ${writeCommand(entry.run, world)}`];
  });
}

function readText(setting: Parameters<typeof readSetting<string>>[0], world: EvaluationWorld): readonly string[] {
  const resolved = readSetting(setting, world, asText);
  return resolved.kind === 'value' ? [resolved.value] : [];
}

function fits(pattern: string, said: readonly string[]): boolean {
  try {
    return new RegExp(pattern, 'mu').test(said.join('\n'));
  } catch {
    return false;
  }
}

/** A command for a person to paste: values stand in it, quoted. */
export function writeCommand(text: ShellText, world: EvaluationWorld): string {
  const values = text.template.map((part): ScriptValue | undefined => {
    if (part.kind === 'text') return undefined;
    const made = evaluate(part.expression, world);
    return made.kind === 'value' && isPlain(made.value) ? made.value : null;
  });
  return commandForPerson(scriptParts(text, []), values).trim();
}
