import type { Expressive } from '../shape/setting.js';

/** Every expression, shell text and condition inside a piece of a workflow, in the order of its fields. */
export function findExpressives(piece: unknown, except: readonly string[] = []): readonly Expressive[] {
  const found: Expressive[] = [];
  collect(piece, except, found);
  return found;
}

/** Depth is bounded by the pre-scan. */
function collect(piece: unknown, except: readonly string[], found: Expressive[]): void {
  if (typeof piece !== 'object' || piece === null) return;
  if (Array.isArray(piece)) {
    if (typeof piece[0] === 'number') return;
    for (const item of piece) collect(item, [], found);
    return;
  }
  if ('kind' in piece && (piece.kind === 'computed' || piece.kind === 'shell' || piece.kind === 'condition')) {
    found.push(piece as Expressive);
    return;
  }
  for (const key in piece) {
    if (!except.includes(key)) collect(piece[key as keyof typeof piece], [], found);
  }
}
