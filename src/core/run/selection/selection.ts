/** What a call asks for; empty means everything. */
export interface Selection {
  readonly phases: readonly string[];
  readonly from: string | undefined;
  readonly until: string | undefined;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly skipPhases: readonly string[];
  readonly labels: string | undefined;
  /** `step.outputs.name` with its value. */
  readonly set: readonly { readonly name: string; readonly value: string }[];
}
