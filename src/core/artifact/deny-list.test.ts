import fc from 'fast-check';
import { findDenied } from './deny-list.js';

/** What is known by its path, and its innocent neighbours. */

const denied = [
  '.git/config', '.git', 'vendor/lib/.git/HEAD', '.tollgate/runs/x', '.ssh/known_hosts', '.env', '.env.local', '.env.production', 'server.pem', 'tls.key', 'putty.ppk', 'id_rsa', 'id_rsa.bak', 'id_ed25519', 'id_ecdsa',
  '.npmrc', '.pypirc', '.netrc', '_netrc', '.git-credentials', '.docker/config.json', 'home/.aws/credentials', '.kube/config', 'kubeconfig', 'prod.kubeconfig', 'store.p12', 'store.pfx', 'release.jks', 'debug.keystore',
  'gha-creds-0123456789abcdef.json', 'application_default_credentials.json', '_runner_file_commands/set_env_1',
];

const allowed = [
  '.env.example', '.env.sample', '.env.template', 'env', 'x.env', '.environment', '.gitignore', '.github/workflows/ci.yml', '.gitattributes', 'git/config', 'id_rsa.pub', 'id_ed25519.pub', 'keys.json', 'monkey', 'key', 'pem',
  'docker/config.json', 'config.json', '.docker/other.json', '.aws/config', 'credentials', '.npmrc.md', 'npmrc', 'netrc', '_temp/x', 'kubeconfig.md', 'tollgate/x', 'gha-creds.json', 'report.xml',
];

test.each(denied)('%s is denied, wherever it lies and however it is spelt', (path) => {
  fc.assert(fc.property(fc.array(fc.constantFrom('dist', 'a b', 'ö'), { maxLength: 3 }), fc.boolean(), (above, isLoud) => {
    const whole = [...above, path].join('/');
    expect(findDenied(isLoud ? whole.toUpperCase() : whole)?.what).toMatch(/\w/u);
  }), { numRuns: 10 });
});

test.each(allowed)('%s is not', (path) => {
  expect([findDenied(path), findDenied(`dist/${path}`)]).toEqual([undefined, undefined]);
});

test('what lies in the folder of a denied name is denied with it', () => {
  expect(['.git/a/b/c', 'x/.tollgate/report.xml'].map((path) => findDenied(path) !== undefined)).toEqual([true, true]);
});

test("the runner's folders are denied where they are said to be, and nothing beside them", () => {
  const verdicts = ['_temp', '_temp/a', '_TEMP/a', '_temporary', 'x/_temp/a'].map((path) => findDenied(path, ['_temp', '']) !== undefined);
  expect(verdicts).toEqual([true, true, true, false, false]);
});
