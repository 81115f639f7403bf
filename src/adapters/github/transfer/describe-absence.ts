import type { Environment } from './transfer-environment.js';

/** Why a job cannot reach GitHub's cache and artifact services at all; nothing where it can. */
export function describeAbsence(env: Environment, platform: NodeJS.Platform = process.platform): string | undefined {
  // There the client unpacks with a tar that it does not look for on PATH, where ours stands in.
  if (platform === 'win32') return 'on Windows an archive from GitHub cannot be kept from writing where it likes';
  const server = env['GITHUB_SERVER_URL'] ?? 'https://github.com';
  if (!isCloud(server)) return `${server} is a GitHub Enterprise Server, which does not offer these services to this client`;
  const missing = ['ACTIONS_RESULTS_URL', 'ACTIONS_RUNTIME_TOKEN'].filter((name) => (env[name] ?? '') === '');
  if (missing.length === 0) return undefined;
  return `the runner names no service (${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not set): only an action gets to know it, a \`run:\` step does not`;
}

/** As the clients tell it. */
function isCloud(server: string): boolean {
  const host = URL.canParse(server) ? new URL(server).hostname.toLowerCase() : '';
  return host === 'github.com' || host.endsWith('.ghe.com') || host.endsWith('.localhost');
}
