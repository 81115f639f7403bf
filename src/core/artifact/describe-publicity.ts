export interface Publicity {
  /** Nothing where it is not known. */
  readonly isPrivate: boolean | undefined;
  readonly isSealed: boolean;
  /** What leaves the job, as people call it: «2 artifacts and the state of the run». */
  readonly what: string;
}

/** The WARNING about who can read what leaves the job; nothing where only those can who may. */
export function describePublicity({ isPrivate, isSealed, what }: Publicity): string | undefined {
  if (isSealed || isPrivate === true) return undefined;
  const where = isPrivate === false ? 'This repository is public' : 'Whether this repository is private is not known; if it is public';
  return `${where}: anyone who is signed in to GitHub can download ${what}, and anyone who opens a pull request can read what the cache holds. Secrets that are known are masked, and what looks like a token is not uploaded; everything else is there to read. An encryption-key, a secret of 16 characters or more, seals artifacts and states; results of cached steps stay readable.`;
}
