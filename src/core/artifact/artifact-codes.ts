/** TG35: what steps keep with their run, and what other workflows take up. */
export const artifactCodes = {
  TG3501: 'A path of an artifact was not made',
  TG3502: 'An artifact could not be kept',
  TG3503: 'An artifact that is asked for is not there',
  TG3504: 'A kept artifact is damaged',
  TG3505: 'An artifact is taken up',
} as const;
