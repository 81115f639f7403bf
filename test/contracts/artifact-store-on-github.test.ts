import { createGithubArtifacts } from '../rig/github-artifacts.js';
import { useTransferRig } from '../rig/transfer-rig.js';
import { describeArtifactStore, describeNew } from './artifact-store-contract.js';

/** The same contract through GitHub's own client and the protocol of its service. */

describe("artifacts on GitHub, by GitHub's client", () => {
  // First, since the emulator is gone when the rig has had its turn.
  afterEach(() => {
    expect(rig().github.violations()).toEqual([]);
  });
  const rig = useTransferRig();
  const runs = Array.from({ length: 100 }, (_, index) => index + 100);

  describeArtifactStore(() => {
    const { artifacts } = rig().open({ job: { runId: runs.shift() ?? 0 } });
    return createGithubArtifacts({ over: () => artifacts });
  }, 5);

  test.each([false, true])('whatever its files are called, an archive carries them; sealed %s', async (isSealed) => {
    const { artifacts } = rig().open();
    const subject = createGithubArtifacts({ isSealed, over: () => artifacts });
    try {
      for (const name of ['a b', ' c', 'd:e', 'f\\g', 'h"i', 'j*?', 'k\nl', 'ö🔑', "m#%~'", 'n..', '-o', '.hidden/p', 'q:r/s']) subject.write(`out/${name}`, name, name === 'd:e');
      subject.link('out/link', 'd:e');
      const kept = await subject.open().keep(describeNew({ name: 'ö x', workflow: 'a/b' }), { paths: ['out'], holdsSecret: null });
      if (kept.kind !== 'kept') throw new Error(kept.reason);
      expect(await subject.open().bring(kept.artifact, { folder: subject.destination, manner: 'mirror' })).toEqual({ kind: 'brought', written: 14 });
      expect(subject.list('destination')).toEqual(subject.list('workspace'));
    } finally {
      subject.dispose();
    }
  });
});
