export interface ParseOptions {
  /** Added to every position. */
  readonly offset?: number;
  /** `\{{` inside a text stands for `{{`. */
  readonly escapes?: boolean;
}
