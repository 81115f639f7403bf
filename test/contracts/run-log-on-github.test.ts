import { openGithubApi } from '../../src/adapters/github/rest/open-github-api.js';
import { createRunLogOnGithub } from '../rig/run-log-on-github.js';
import { useTransferRig } from '../rig/transfer-rig.js';
import { describeRunLog } from './run-log-contract.js';

/** The same contract through GitHub's own clients and the protocols of its services. */

describe("states of a run on GitHub, by GitHub's clients", () => {
  // First, since the emulator is gone when the rig has had its turn.
  afterEach(() => {
    expect(rig().github.violations()).toEqual([]);
  });
  const rig = useTransferRig();
  let run = 100;

  describeRunLog(() => {
    const runId = (run += 1);
    return createRunLogOnGithub({
      run: String(runId),
      open: (attempt) => {
        const env = rig().github.env({ runId, attempt, job: 'build' });
        return { ...rig().open({ job: { runId, attempt } }), api: openGithubApi({ env, token: env['GITHUB_TOKEN'] ?? '' }) };
      },
    });
  }, 1);
});
