import fc from 'fast-check';
import type { ListedArtifact, RunOutcome } from './artifact.js';
import { chooseArtifact, findVersion } from './choose-artifact.js';
import { readTakenUpPath, takenUpPath } from './taken-up-path.js';

interface Sample {
  readonly workflow?: string;
  readonly name?: string;
  readonly run: string;
  readonly createdAt?: number;
  readonly tags?: readonly string[];
  readonly verdict?: RunOutcome['verdict'];
  readonly version?: string;
}

function sample({ workflow = 'measure', name = 'coverage', run, createdAt = 1, tags = [], verdict = 'go', version = 'ab'.repeat(32) }: Sample): ListedArtifact {
  return {
    artifact: { workflow, name, run, version, step: 's', cell: '', createdAt, size: 0, files: [], tags, retentionDays: null, tollgateVersion: '1' },
    outcome: { status: verdict === 'go' ? 'succeeded' : 'failed', verdict },
  };
}

const coverage = (which?: string) => ({ workflow: 'measure', name: 'coverage', which });

test('nothing said is the newest of a run with verdict GO, whatever lies beside it and in whatever order', () => {
  const runs = fc.uniqueArray(fc.record({ run: fc.stringMatching(/^[0-9]{4}$/u), createdAt: fc.nat(5), verdict: fc.constantFrom('go' as const, 'no-go' as const, null), tags: fc.subarray(['nightly', 'weekly']) }), { selector: ({ run }) => run });
  fc.assert(fc.property(runs, fc.constantFrom(undefined, 'latest-go', 'nightly'), (all, which) => {
    const listed = all.map(sample);
    const choice = chooseArtifact(coverage(which), listed);
    const fitting = all.filter(({ verdict, tags }) => (which === 'nightly' ? tags.includes('nightly') : verdict === 'go'));
    const best = fitting.toSorted((one, other) => other.createdAt - one.createdAt || (one.run < other.run ? 1 : -1))[0];
    expect(choice.kind === 'chosen' ? choice.chosen.artifact.run : undefined).toBe(best?.run);
    expect(chooseArtifact(coverage(which), listed.toReversed())).toEqual(choice);
  }));
});

test('a run, a tag and the beginning of a version name it, in this order', () => {
  const all = [sample({ run: 'r1', version: '1'.repeat(64), verdict: 'no-go' }), sample({ run: 'r2', tags: ['r1', '1111111111'], createdAt: 2 })];
  const runOf = (which: string): string | undefined => {
    const choice = chooseArtifact(coverage(which), all);
    return choice.kind === 'chosen' ? choice.chosen.artifact.run : undefined;
  };
  expect([runOf('r2'), runOf('1111111111'), runOf('11111111'), runOf('1111111')]).toEqual(['r2', 'r2', 'r1', undefined]);
});

test.each<[string, ReturnType<typeof coverage>, readonly ListedArtifact[], readonly [reason: string, near?: string]]>([
  ['nothing at all', coverage(), [], ["workflow 'measure' has kept no artifact"]],
  ['another workflow', coverage(), [sample({ workflow: 'measuer', run: 'r1' })], ["workflow 'measure' has kept no artifact; did you mean 'measuer'?", 'measuer/coverage']],
  ['another name', coverage(), [sample({ name: 'coverge', run: 'r1' })], ["workflow 'measure' has kept no artifact 'coverage'; did you mean 'coverge'?", 'measure/coverge']],
  ['another tag', coverage('nigthly'), [sample({ run: 'r1', tags: ['nightly'] })], ["artifact measure/coverage has neither a run, a tag nor a version 'nigthly'; did you mean 'nightly'?", 'measure/coverage@nightly']],
  ['none with GO', coverage(), [sample({ run: 'r1', verdict: 'no-go' })], ['no run with verdict GO has kept artifact measure/coverage; the newest is of run r1, failed, NO-GO', 'measure/coverage@r1']],
])('%s: says why, and the nearest', (_, reference, all, [reason, near]) => expect(chooseArtifact(reference, all)).toEqual({ kind: 'none', reason, near }));

test('a path that was taken up leads back to its version, and no other path does', () => {
  const version = 'c0ffee'.padEnd(64, '1');
  expect(findVersion(readTakenUpPath(takenUpPath(version)) ?? 'x', [sample({ run: 'r1' }), sample({ run: 'r2', version })])?.artifact.run).toBe('r2');
  expect([`./${takenUpPath(version)}/a/b`, `${takenUpPath(version)}x`, `x/${takenUpPath(version)}`, '.tollgate/artifacts/../runs', `${takenUpPath(version)}/../../runs`].map((path) => readTakenUpPath(path) !== undefined)).toEqual([true, false, false, false, false]);
});
