export type Environment = Readonly<Record<string, string | undefined>>;

/** How a network is reached, and whom it trusts there. */
const network = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'NODE_EXTRA_CA_CERTS', 'NODE_USE_SYSTEM_CA', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];

/** Where the services are and what proves that the job may use them; the last is how the runner finds what a job has left. */
const services = [
  'ACTIONS_RESULTS_URL', 'ACTIONS_RUNTIME_TOKEN', 'ACTIONS_CACHE_MODE', 'ACTIONS_ORCHESTRATION_ID', 'GITHUB_SERVER_URL', 'GITHUB_RETENTION_DAYS', 'GITHUB_REPOSITORY', 'GITHUB_RUN_ID',
  'RUNNER_TRACKING_ID',
];

/** All that a transfer process knows of the world: no other secret of the job, and no tools but ours. */
export function buildTransferEnvironment(env: Environment, tools: string): Readonly<Record<string, string>> {
  const passed = [...network, ...services].flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return { ...Object.fromEntries(passed), ACTIONS_CACHE_SERVICE_V2: 'true', PATH: tools, TOLLGATE_PATH: env['PATH'] ?? '', HOME: tools, LC_ALL: 'C' };
}
