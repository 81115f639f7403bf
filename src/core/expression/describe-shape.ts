import type { ValueShape } from './value-shape.js';

/** A shape as a message names it. */
export function describeShape(shape: ValueShape): string {
  switch (shape.kind) {
    case 'any':
      return 'a value';
    case 'null':
      return 'null';
    case 'boolean':
      return 'a boolean';
    case 'number':
      return 'a number';
    case 'string':
    case 'word':
      return 'text';
    case 'list':
      return 'a list';
    case 'object':
      return 'an object';
  }
}
