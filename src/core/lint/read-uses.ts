import type { Span } from '../diagnostic/diagnostic.js';
import type { SourceText } from '../diagnostic/source-text.js';
import { locateText } from '../definition/shape/report-text-problem.js';
import type { Expressive } from '../definition/shape/setting.js';
import { collectCalls, collectUses, literalKey } from '../expression/collect-uses.js';
import type { Expression } from '../expression/expression.js';

/** What an expression reads, by names in lower case where case does not count. */
export interface ReadValue {
  /** The context, or a bare step id. */
  readonly context: string;
  readonly path: readonly string[];
  /** False where the path goes on in a way that only the run knows, as in `toJSON(inputs)`. */
  readonly exact: boolean;
  readonly place: Expressive;
  /** In offsets of the string value. */
  readonly at: Span;
}

export function expressionsOf(place: Expressive): readonly Expression[] {
  if (place.kind === 'condition') return [place.expression];
  return place.template.flatMap((part) => (part.kind === 'expression' ? [part.expression] : []));
}

/** Everything that is read in one place; `env('X')` reads what `env.X` does. */
export function readUses(place: Expressive): readonly ReadValue[] {
  return expressionsOf(place).flatMap((expression) => [
    ...collectUses(expression).map(({ context, path, exact, at }): ReadValue => ({ context: context.toLowerCase(), path, exact, place, at })),
    ...collectCalls(expression).flatMap(({ name, args, at }): ReadValue[] => {
      const variable = name.toLowerCase() === 'env' && args[0] !== undefined ? literalKey(args[0]) : undefined;
      return variable === undefined ? [] : [{ context: 'env', path: [variable], exact: true, place, at }];
    }),
  ]);
}

/** As people write it: `run.id`. */
export function nameRead({ context, path }: ReadValue): string {
  return [context, ...path].join('.');
}

export function locateRead(source: SourceText, read: ReadValue): Span {
  return locateText(source, read.place, read.at);
}
