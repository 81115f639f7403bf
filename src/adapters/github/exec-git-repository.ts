import { getExecOutput } from '@actions/exec';

/** The commit that the workspace stands at, as git says: on a pull request the runner names the merge and not the checkout. */
export async function askGitForCommit(workspace: string): Promise<string | undefined> {
  try {
    const { exitCode, stdout } = await getExecOutput('git', ['rev-parse', '--verify', 'HEAD'], { cwd: workspace, silent: true, ignoreReturnCode: true });
    const sha = stdout.trim();
    return exitCode === 0 && /^[0-9a-f]{40,64}$/u.test(sha) ? sha : undefined;
  } catch {
    return undefined;
  }
}
