import { readArtifactAsk } from './artifact-ask.js';
import { takenUpPath } from './taken-up-path.js';

const version = 'ab'.repeat(32);

test.each<[string | undefined, string | undefined, ReturnType<typeof readArtifactAsk>]>([
  [undefined, undefined, undefined],
  [undefined, 'measure/coverage', { kind: 'reference', reference: { workflow: 'measure', name: 'coverage', which: undefined } }],
  ['@nightly', 'measure/coverage@latest-go', { kind: 'reference', reference: { workflow: 'measure', name: 'coverage', which: 'nightly' } }],
  ['other/report@r1', 'measure/coverage', { kind: 'reference', reference: { workflow: 'other', name: 'report', which: 'r1' } }],
  ['@nightly', undefined, undefined],
  ['report', 'measure/coverage', undefined],
  [takenUpPath(version), 'measure/coverage', { kind: 'version', version: version.slice(0, 32) }],
])('%j where from is %j', (given, from, ask) => expect(readArtifactAsk(given, from)).toEqual(ask));
