/** What is known before a run about a value that an expression can reach. */
export type ValueShape =
  | { readonly kind: 'any' | 'null' | 'boolean' | 'number' | 'string' }
  /** A string that can be only one of these words, such as an outcome. */
  | { readonly kind: 'word'; readonly words: readonly string[] }
  | { readonly kind: 'list'; readonly of: ValueShape }
  | ObjectShape;

export interface ObjectShape {
  readonly kind: 'object';
  /** What a property of it is called in messages: input, step, output … */
  readonly noun: string;
  readonly property: (name: string) => ValueShape | undefined;
  readonly names: () => Iterable<string>;
}

/** The contexts that stand at one place of a workflow: `inputs`, `steps`, bare step ids … */
export interface Scope {
  readonly context: (name: string) => ValueShape | undefined;
  readonly names: () => Iterable<string>;
}
