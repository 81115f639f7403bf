import { expect, test } from '@jest/globals';
import { versionArguments } from './version-arguments.js';

test.each([
  ['go', 'version'], ['java', '-version'], ['kubectl', 'version --client'], ['openssl', 'version'], ['terraform', 'version'], ['helm', 'version --short'], ['unzip', '-v'], ['ssh', '-V'],
  ['node', '--version'], ['git', '--version'], ['aws', '--version'], ['whatever', '--version'], ['/usr/local/go/bin/go', 'version'], ['constructor', '--version'], ['__proto__', '--version'],
])('%s %s', (tool, expected) => {
  expect(versionArguments(tool).join(' ')).toBe(expected);
});
