/** Accepted by `validate`, and more than this version can run. */
export const unbuiltCodes = {
  TG2901: 'Something that this version cannot run yet',
} as const;
