import type { Span } from '../diagnostic/diagnostic.js';
import type { Expression } from './expression.js';
import { findFunction } from './functions/function-table.js';
import { partsOf } from './walk-expression.js';

/** A place where an expression reads from a context. */
export interface Use {
  /** As it is written; names count whatever their case. */
  readonly context: string;
  /** The keys that are known before a run: up to the first that is computed, or to `.*`. */
  readonly path: readonly string[];
  readonly at: Span;
  /** False where the path goes on in a way that only the run knows. */
  readonly exact: boolean;
}

export function collectUses(expression: Expression): readonly Use[] {
  const uses: Use[] = [];
  visitUses(expression, uses);
  return uses;
}

export interface Call {
  /** As the function table spells it. */
  readonly name: string;
  readonly args: readonly Expression[];
  readonly at: Span;
}

/** Every call of a function, outer ones before those in their arguments. */
export function collectCalls(expression: Expression): readonly Call[] {
  const calls: Call[] = [];
  visitCalls(expression, calls);
  return calls;
}

function visitUses(expression: Expression, uses: Use[]): void {
  const use = readUse(expression, uses);
  if (use !== undefined) uses.push(use);
  else for (const part of partsOf(expression)) visitUses(part, uses);
}

/** A chain of accesses that starts at a context; the uses inside computed keys are collected on the way. */
function readUse(expression: Expression, uses: Use[]): Use | undefined {
  switch (expression.kind) {
    case 'context':
      return { context: expression.name, path: [], at: expression.at, exact: true };
    case 'every': {
      const of = readUse(expression.of, uses);
      return of && { ...of, at: expression.at, exact: false };
    }
    case 'access': {
      const of = readUse(expression.of, uses);
      if (of === undefined) return undefined;
      const key = literalKey(expression.key);
      if (key === undefined) visitUses(expression.key, uses);
      if (key === undefined || !of.exact) return { ...of, at: expression.at, exact: false };
      return { ...of, path: [...of.path, key], at: expression.at };
    }
    default:
      return undefined;
  }
}

/** The key as a name, where it is written out. */
export function literalKey(key: Expression): string | undefined {
  return key.kind === 'literal' && key.value !== null ? String(key.value) : undefined;
}

function visitCalls(expression: Expression, calls: Call[]): void {
  if (expression.kind === 'call') calls.push({ name: findFunction(expression.name)?.name ?? expression.name, args: expression.args, at: expression.at });
  for (const part of partsOf(expression)) visitCalls(part, calls);
}
