import { describeAbsence } from './describe-absence.js';

const there = { GITHUB_SERVER_URL: 'https://github.com', ACTIONS_RESULTS_URL: 'https://results.example.com', ACTIONS_RUNTIME_TOKEN: 'token' };

test.each([
  [there, 'linux', undefined],
  [there, 'darwin', undefined],
  [{ ...there, GITHUB_SERVER_URL: undefined }, 'linux', undefined],
  [{ ...there, GITHUB_SERVER_URL: 'https://octo.ghe.com' }, 'linux', undefined],
  [there, 'win32', 'on Windows'],
  [{ ...there, GITHUB_SERVER_URL: 'https://github.example.com' }, 'linux', 'https://github.example.com is a GitHub Enterprise Server'],
  [{ ...there, GITHUB_SERVER_URL: 'https://evilgithub.com' }, 'linux', 'Enterprise'],
  [{ ...there, GITHUB_SERVER_URL: 'nonsense' }, 'linux', 'Enterprise'],
  [{ ...there, ACTIONS_RESULTS_URL: '' }, 'linux', '(ACTIONS_RESULTS_URL is not set)'],
  [{}, 'linux', '(ACTIONS_RESULTS_URL and ACTIONS_RUNTIME_TOKEN are not set)'],
] as const)('%j on %s', (env, platform, reason) => {
  const absence = describeAbsence(env, platform);
  if (reason === undefined) expect(absence).toBeUndefined();
  else expect(absence).toContain(reason);
});
