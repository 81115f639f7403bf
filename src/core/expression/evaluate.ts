import { isPlain, toText } from './coerce-value.js';
import { evaluateOutcome } from './evaluate-outcome.js';
import type { Evaluation } from './evaluation.js';
import type { EvaluationWorld } from './evaluation-world.js';
import type { Expression, Template, Value } from './expression.js';
import { formatExpression } from './format-expression.js';
import type { Outcome } from './outcome.js';
import { unknownTogether } from './outcome.js';
import { readTruth } from './read-truth.js';
import { isKnown, isList } from './unknown.js';

export type { Evaluation } from './evaluation.js';
export type { EvaluationWorld } from './evaluation-world.js';

/** The value of an expression; unknown while anything in it is. */
export function evaluate(expression: Expression, world: EvaluationWorld): Evaluation {
  const outcome = evaluateOutcome(expression, world);
  if (outcome.kind !== 'value') return outcome;
  const { value } = outcome;
  return isKnown(value) ? { kind: 'value', value } : { kind: 'unknown', because: [formatExpression(expression)] };
}

/** Whether a condition holds, by the rules of its place. */
export function evaluateCondition(expression: Expression, world: EvaluationWorld): Evaluation<boolean> {
  return readTruth(evaluateOutcome(expression, world), expression, world);
}

/**
 * The value of a string value: that of its expression where there is one and nothing else but white space,
 * otherwise its parts joined as text.
 */
export function evaluateTemplate(template: Template, world: EvaluationWorld): Evaluation {
  const only = onlyExpression(template);
  if (only !== undefined) return evaluate(only, world);
  const unknown: Outcome[] = [];
  let text = '';
  for (const part of template) {
    if (part.kind === 'text') {
      text += part.text;
      continue;
    }
    const evaluation = evaluate(part.expression, world);
    if (evaluation.kind === 'failed') return evaluation;
    if (evaluation.kind === 'unknown') unknown.push(evaluation);
    else if (isPlain(evaluation.value)) text += toText(evaluation.value);
    else return { kind: 'failed', message: describeMisplaced(evaluation.value, part.expression), at: part.at };
  }
  return unknown.length > 0 ? unknownTogether(unknown) : { kind: 'value', value: text };
}

/** The expression of a template that has one and nothing else, white space around it aside. */
export function onlyExpression(template: Template): Expression | undefined {
  const parts = template.filter((part) => part.kind === 'expression' || part.text.trim() !== '');
  const [part] = parts;
  return parts.length === 1 && part?.kind === 'expression' ? part.expression : undefined;
}

function describeMisplaced(value: Value, expression: Expression): string {
  return `${formatExpression(expression)} is ${isList(value) ? 'a list' : 'an object'} and cannot stand in text: use join() or toJSON()`;
}
