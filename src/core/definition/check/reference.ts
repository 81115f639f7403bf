import type { Span } from '../../diagnostic/diagnostic.js';
import type { Expressive } from '../shape/setting.js';
import type { PlacedStep } from './outline.js';
import type { Site } from './site.js';

/** An expression that names a step or a phase, and with it asks that this has ended. */
export interface Reference {
  readonly from: Site;
  readonly to: { readonly kind: 'step'; readonly step: PlacedStep } | { readonly kind: 'phase'; readonly phase: number };
  /** As written, such as `steps.build`. */
  readonly text: string;
  readonly place: Expressive;
  readonly at: Span;
}
