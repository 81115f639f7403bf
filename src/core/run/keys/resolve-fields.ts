import { collectCalls, collectUses } from '../../expression/collect-uses.js';
import { evaluate } from '../../expression/evaluate.js';
import type { EvaluationWorld } from '../../expression/evaluation-world.js';
import type { Expression, Template } from '../../expression/expression.js';
import { digestText } from '../../cache/make-key.js';

/** Where something stands in the file changes nothing that it means. */
const places: ReadonlySet<string> = new Set(['at', 'nameAt', 'style', 'whole']);

/**
 * Fields of a step as data without places: what is written stays as it is, an expression is replaced by its value now.
 * What is read from the environment without being declared stands there as its digest.
 */
export function resolveFields(fields: unknown, world: EvaluationWorld): unknown {
  if (Array.isArray(fields)) return fields.map((each) => resolveFields(each, world));
  if (fields === null || typeof fields !== 'object') return fields;
  const node = fields as { readonly kind?: unknown; readonly template?: Template; readonly expression?: Expression; readonly text?: string };
  if (node.kind === 'computed' || node.kind === 'shell') return resolveTemplate(node.template ?? [], world);
  // What a condition comes to is no part of what it says.
  if (node.kind === 'condition') return node.text;
  if (node.kind === 'written' && 'value' in node) return node.value;
  const resolved: Record<string, unknown> = {};
  for (const name of Object.keys(node)) {
    const value = (node as Readonly<Record<string, unknown>>)[name];
    if (value !== undefined && !places.has(name)) resolved[name] = resolveFields(value, world);
  }
  return resolved;
}

function resolveTemplate(template: Template, world: EvaluationWorld): unknown {
  const parts = template.map((part) => (part.kind === 'text' ? part.text : { value: resolveExpression(part.expression, world) }));
  const [only] = parts;
  return parts.length === 1 && typeof only === 'string' ? only : parts;
}

function resolveExpression(expression: Expression, world: EvaluationWorld): unknown {
  const made = evaluate(expression, world);
  if (made.kind !== 'value') return { failed: made.kind };
  return readsEnvironment(expression) ? digestText(JSON.stringify(made.value)) : made.value;
}

export function readsEnvironment(expression: Expression): boolean {
  return collectUses(expression).some(({ context }) => context.toLowerCase() === 'env') || collectCalls(expression).some(({ name }) => name === 'env');
}
