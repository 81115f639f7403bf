/** What is known of the commit that the workspace stands at; each is missing where git does not say. */
export interface GitFacts {
  readonly sha: string | undefined;
  /** `refs/heads/main`; nothing when no branch is checked out. */
  readonly ref: string | undefined;
  /** `owner/name`, from the remote. */
  readonly repository: string | undefined;
}

/** The repository around the workspace. */
export interface GitRepository {
  readonly describe: () => GitFacts;
}
