import type { Expression } from './expression.js';
import type { TextProblem } from './problem.js';
import type { Place } from './place.js';
import type { Scope, ValueShape } from './value-shape.js';

/** What the parts of the checker hand to each other. */
export interface Checking {
  readonly scope: Scope;
  readonly place: Place;
  readonly problems: TextProblem[];
  /** Checks a part of the expression at hand. */
  readonly check: (expression: Expression, checking: Checking) => Checked;
}

export interface Checked {
  readonly shape: ValueShape;
  /** The list was made by `.*`: a property of it is asked of each of its items. */
  readonly filtered?: true;
}
