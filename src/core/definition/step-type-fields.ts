/** The read fields of a type, by name; what could not be read is missing. */
export type StepTypeFields = Readonly<Record<string, unknown>>;
