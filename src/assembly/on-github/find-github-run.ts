/** The number of GitHub's run that this process belongs to; nothing where none is told of. */
export function findGithubRun(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const run = env['GITHUB_RUN_ID'] ?? '';
  return /^\d+$/u.test(run) ? run : undefined;
}
