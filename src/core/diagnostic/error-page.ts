/** What is behind a code: printed by `tollgate errors <code>`, and held in docs/errors.md. */
export interface ErrorPage {
  readonly meaning: string;
  readonly why: string;
  readonly fix: string;
  readonly example?: { readonly wrong: string; readonly right: string };
}
