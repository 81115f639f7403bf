/** What tools need to work at all: every step gets these where they are set. The list is documented. */
export const basicVariables: readonly string[] = [
  'PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LC_*', 'TZ', 'TMPDIR', 'TERM', 'CI', 'NO_COLOR', 'FORCE_COLOR',
  'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'all_proxy',
  'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'GIT_SSL_CAINFO',
  'JAVA_HOME', 'JAVA_HOME_*', 'GOROOT', 'GOPATH', 'CARGO_HOME', 'RUSTUP_HOME', 'LD_LIBRARY_PATH', 'VIRTUAL_ENV', 'PYENV_ROOT', 'CONDA_PREFIX',
  'NVM_DIR', 'VOLTA_HOME', 'ANDROID_HOME', 'ANDROID_SDK_ROOT', 'DOTNET_ROOT', 'GRADLE_HOME', 'MAVEN_HOME', 'M2_HOME', 'RBENV_ROOT', 'GEM_HOME',
  'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_RUNTIME_DIR', 'SSH_AUTH_SOCK', 'GITHUB_*', 'RUNNER_*',
];

/** Files that a runner takes commands from: a step has its own, or none. */
const commandFiles: ReadonlySet<string> = new Set(['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_PATH', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY', 'GITHUB_ARTIFACTS']);

export type Environment = Readonly<Record<string, string>>;

export interface ChosenEnvironment {
  readonly env: Environment;
  /** Names that were there and were not passed on. */
  readonly withheld: readonly string[];
}

/** The runner's own keys: no step, no expression and no `pass_env` gets them. */
export function isRunnerToken(name: string): boolean {
  return /^(?:ACTIONS_(?:RUNTIME|ID_TOKEN|CACHE|RESULTS|ORCHESTRATION)_?\w*|INPUT_.*|GITHUB_TOKEN_.*|STATE_.*)$/iu.test(name);
}

/** What a step sees of the environment that Tollgate was started in. */
export function chooseEnvironment(around: Readonly<Record<string, string | undefined>>, passed: readonly string[]): ChosenEnvironment {
  const fits = createNameMatcher([...basicVariables, ...passed]);
  const env: Record<string, string> = {};
  const withheld: string[] = [];
  for (const [name, value] of Object.entries(around)) {
    if (value === undefined) continue;
    if (isRunnerToken(name) || commandFiles.has(name) || name.startsWith('TOLLGATE_') || (/TOKEN/u.test(name) && /^(?:GITHUB|RUNNER)_/u.test(name) && !passed.includes(name))) continue;
    if (fits(name)) env[name] = value;
    else withheld.push(name);
  }
  return { env, withheld };
}

/** Names and globs of them: `*`, `?` and `[…]`. */
export function createNameMatcher(patterns: readonly string[]): (name: string) => boolean {
  const exact = new Set(patterns.filter((pattern) => !/[*?[]/u.test(pattern)));
  const globs = patterns.filter((pattern) => /[*?[]/u.test(pattern)).map((pattern) => new RegExp(`^${globSource(pattern)}$`, 'u'));
  return (name) => exact.has(name) || globs.some((glob) => glob.test(name));
}

function globSource(pattern: string): string {
  return pattern.replace(/\[(!?)([^\]]*)\]|[*?]|[.+^${}()|\\/[\]]/gu, (found, not: string | undefined, set: string | undefined) => {
    if (found === '*') return '.*';
    if (found === '?') return '.';
    return set === undefined ? `\\${found}` : `[${not === '!' ? '^' : ''}${set.replace(/[\\^\]]/gu, '\\$&')}]`;
  });
}

/** Names whose values count as secrets though nobody declared them. */
export function looksSecret(name: string): boolean {
  return /TOKEN$|SECRET|PASSWORD|_KEY$|CREDENTIAL/iu.test(name);
}
