import type { Span } from '../../diagnostic/diagnostic.js';
import type { Composing } from './composing.js';
import type { EntryList } from './map-entries.js';
import type { SourceNode } from './source-node.js';

export interface Merge { readonly keyAt: Span; readonly value: SourceNode }

export function mendMerges(composing: Composing, place: { readonly list: EntryList; readonly merges: readonly Merge[]; readonly column?: number }): void {
  for (const { keyAt } of place.merges) composing.problems.add({ code: 'TG1034', message: 'merge keys are not read', span: keyAt });
}
