import type { Diagnostic, Severity, Span } from '../../diagnostic/diagnostic.js';
import type { SourceText } from '../../diagnostic/source-text.js';
import type { TextProblem } from '../../expression/problem.js';
import { locateInScalar, writeInScalar } from '../yaml/locate-in-scalar.js';
import type { ScalarNode, ScalarStyle } from '../yaml/source-node.js';

/** Where a string value stands, so that places inside it can be found again. */
export interface ScalarPlace {
  readonly at: Span;
  readonly style: ScalarStyle;
  /** The text that it is, as YAML reads it: offsets count in this. */
  readonly whole: string;
}

export function placeOf({ at, style, text }: ScalarNode): ScalarPlace {
  return { at, style, whole: text };
}

/** A problem inside a string value, as a diagnostic of the file. */
export function locateTextProblem(source: SourceText, place: ScalarPlace, problem: TextProblem, severity: Severity = 'error'): Diagnostic {
  const { replacement } = problem;
  return {
    code: problem.code,
    severity,
    message: problem.message,
    span: locateText(source, place, problem.at),
    ...(problem.hint === undefined ? {} : { hint: problem.hint }),
    ...(replacement === undefined
      ? {}
      : {
          fix: {
            title: titleOf(replacement),
            safe: false,
            edits: [{ span: locateText(source, place, replacement.at), text: writeInScalar(place.style, replacement.text) }],
          },
        }),
  };
}

function titleOf({ at, text }: { readonly at: Span; readonly text: string }): string {
  if (text === '') return 'Remove it';
  return at[0] === at[1] ? `Put ${text} here` : `Write ${text}`;
}

/** Offsets in a string value as offsets in the file. */
export function locateText(source: SourceText, { at, style, whole }: ScalarPlace, part: Span): Span {
  return locateInScalar(source, { kind: 'scalar', value: whole, text: whole, style, at }, part);
}
