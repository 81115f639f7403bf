import type { Span } from '../diagnostic/diagnostic.js';
import type { SourceText } from '../diagnostic/source-text.js';
import type { ScalarPlace } from '../definition/shape/report-text-problem.js';
import { locateInScalar } from '../definition/yaml/locate-in-scalar.js';
import { joinPieces, readPieces } from '../definition/yaml/scalar-pieces.js';

/** Offsets in a string value as offsets in the file, whatever the quotes or the indentation around it. */
export function locatePart(source: SourceText, { at, style }: ScalarPlace, part: Span): Span {
  const text = joinPieces(readPieces(style, { text: source.text, start: at[0], end: at[1] }));
  return locateInScalar(source, { kind: 'scalar', value: text, text, style, at }, part);
}
