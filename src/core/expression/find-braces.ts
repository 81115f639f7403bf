/** An opening `{{` or `${{`, and where what stands in it begins. */
export interface OpeningBraces {
  readonly start: number;
  readonly inner: number;
  /** The backslash before it, which makes it text. */
  readonly escaped: boolean;
}

/** The next `{{` from `from` on. */
export function findOpening(text: string, from: number): OpeningBraces | undefined {
  const braces = text.indexOf('{{', from);
  if (braces === -1) return undefined;
  const start = braces > from && text[braces - 1] === '$' ? braces - 1 : braces;
  return { start, inner: braces + 2, escaped: start > from && text[start - 1] === '\\' };
}

export type Closing =
  | { readonly kind: 'closed'; readonly at: number }
  /** A text in the expression never ends; `at` would close it if its quote were no quote. */
  | { readonly kind: 'open-text'; readonly quote: number; readonly at: number }
  | { readonly kind: 'missing' };

/** The `}}` that ends the expression beginning at `from`; those inside its texts do not. */
export function findClosing(text: string, from: number): Closing {
  let quote = -1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "'") quote = quote === -1 ? at : -1;
    else if (quote === -1 && text.startsWith('}}', at)) return { kind: 'closed', at };
  }
  const anyway = text.indexOf('}}', from);
  if (anyway === -1) return { kind: 'missing' };
  return { kind: 'open-text', quote, at: anyway };
}
