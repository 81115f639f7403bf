import type { ValueShape } from './value-shape.js';

/** What is known of a value that has one of these shapes. */
export function unite(shapes: readonly ValueShape[]): ValueShape {
  const [first, ...rest] = shapes;
  return first === undefined ? { kind: 'any' } : rest.reduce(uniteTwo, first);
}

function uniteTwo(a: ValueShape, b: ValueShape): ValueShape {
  if (a === b) return a;
  if (a.kind === 'word' && b.kind === 'word') return { kind: 'word', words: [...new Set([...a.words, ...b.words])] };
  if (a.kind === 'list' && b.kind === 'list') return { kind: 'list', of: uniteTwo(a.of, b.of) };
  if (isText(a) && isText(b)) return { kind: 'string' };
  if (a.kind === b.kind && a.kind !== 'object') return a;
  return { kind: 'any' };
}

function isText(shape: ValueShape): boolean {
  return shape.kind === 'string' || shape.kind === 'word';
}
