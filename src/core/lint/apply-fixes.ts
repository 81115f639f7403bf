import type { Diagnostic, Fix, TextEdit } from '../diagnostic/diagnostic.js';

export interface AppliedFixes {
  readonly text: string;
  readonly applied: readonly Fix[];
}

/** Applies the safe fixes of one pass; one that touches what another has changed is left for the next pass. */
export function applySafeFixes(text: string, diagnostics: readonly Diagnostic[]): AppliedFixes {
  const applied: Fix[] = [];
  const edits: TextEdit[] = [];
  for (const { fix } of diagnostics) {
    if (fix?.safe !== true || fix.edits.length === 0) continue;
    if (fix.edits.some((edit, index) => [...edits, ...fix.edits.slice(0, index)].some((other) => touches(edit, other)))) continue;
    applied.push(fix);
    edits.push(...fix.edits);
  }
  return { text: applyEdits(text, edits), applied };
}

/** Edits at one place have no order of their own: they count as touching too. */
function touches(a: TextEdit, b: TextEdit): boolean {
  return a.span[0] <= b.span[1] && b.span[0] <= a.span[1];
}

function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let from = 0;
  for (const { span, text: inserted } of [...edits].sort((a, b) => a.span[0] - b.span[0])) {
    result += text.slice(from, span[0]) + inserted;
    from = span[1];
  }
  return result + text.slice(from);
}
