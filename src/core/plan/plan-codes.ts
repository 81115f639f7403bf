/** Codes of the plan: what waits for itself, and what would be written twice. */
export const planCodes = {
  TG2201: 'Steps or phases that wait for each other',
  TG2202: 'A step that cannot have ended by then',
  TG2203: 'Two unordered writers of one path',
  TG2204: 'A matrix with too many cells',
} as const;
