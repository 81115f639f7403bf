/** Where a call is meant, and what it gives for the workflow's inputs. */
export interface PlanningPlace {
  readonly workspace: string;
  /** Where runs keep what others take up. */
  readonly stateFolder: string;
  /** How the user called us, for the commands that we print. */
  readonly calledAs?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}
