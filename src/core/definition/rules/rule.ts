/** One rule of the language: shown in the reference under its id, and held by the workflows of `test/conformance/<id>/`. */
export interface Rule {
  readonly id: string;
  readonly section: Section;
  readonly text: string;
  /** Whether a workflow can break it before anything runs; if not, it only says what something means. */
  readonly canBeRefused: boolean;
}

/** The parts of the language, in the order of the reference. */
export const sections = ['The file', 'Names and numbers', 'Inputs', 'Expressions', 'Contexts', 'Functions', 'Values never become code', 'Steps', 'Outputs and caching', 'Matrix and parallel', 'Phases and gates', 'Budgets', 'On GitHub', 'Fields'] as const;

export type Section = (typeof sections)[number];

/** A rule that a workflow can break. */
export function mustHold(id: string, text: string): Omit<Rule, 'section'> {
  return { id, text, canBeRefused: true };
}

/** A rule that only gives a meaning: everything that could be written keeps it. */
export function means(id: string, text: string): Omit<Rule, 'section'> {
  return { id, text, canBeRefused: false };
}

export function inSection(section: Section, rules: readonly Omit<Rule, 'section'>[]): readonly Rule[] {
  return rules.map((rule) => ({ ...rule, section }));
}
