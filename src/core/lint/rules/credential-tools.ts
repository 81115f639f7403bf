/** A tool that finds out who it is from its environment. */
export interface CredentialTool {
  readonly programs: readonly string[];
  /** The variables, of which one is enough; `X_*` is any that starts so. */
  readonly wants: readonly string[];
  /** The subcommands that need it; all of them where nothing is said. */
  readonly words?: readonly (readonly string[])[];
  /** Subcommands that do without. */
  readonly not?: readonly string[];
  /** Options that make it do without. */
  readonly unless?: readonly string[];
  /** Whatever secret or variable from outside a step gets may be the one: the name is the author's to choose. */
  readonly anySecret?: boolean;
}

const infrastructure = ['plan', 'apply', 'destroy', 'import', 'refresh'].map((word) => [word]);

export const credentialTools: readonly CredentialTool[] = [
  { programs: ['gh'], wants: ['GH_TOKEN', 'GITHUB_TOKEN', 'GH_ENTERPRISE_TOKEN'], not: ['auth', 'help', 'completion', 'version', 'config', 'alias', 'extension'] },
  { programs: ['glab'], wants: ['GITLAB_TOKEN', 'GITLAB_ACCESS_TOKEN'], not: ['auth', 'help', 'completion', 'version', 'config'] },
  { programs: ['aws'], wants: ['AWS_*'], not: ['configure', 'help', 'sso'], unless: ['--no-sign-request', '--profile'] },
  { programs: ['terraform', 'tofu', 'terragrunt'], wants: ['TF_*', 'AWS_*', 'ARM_*', 'GOOGLE_*'], words: infrastructure, anySecret: true },
  { programs: ['pulumi'], wants: ['PULUMI_*'], words: [['up'], ['preview'], ['destroy'], ['refresh']] },
  { programs: ['npm', 'pnpm', 'yarn', 'lerna', 'changeset'], wants: ['NODE_AUTH_TOKEN', 'NPM_TOKEN'], words: [['publish']], anySecret: true },
  { programs: ['semantic-release'], wants: ['GH_TOKEN', 'GITHUB_TOKEN'], words: [[]], anySecret: true },
  { programs: ['cargo'], wants: ['CARGO_REGISTRY_TOKEN', 'CARGO_REGISTRIES_*'], words: [['publish']] },
  { programs: ['twine'], wants: ['TWINE_PASSWORD'], words: [['upload']] },
  { programs: ['poetry'], wants: ['POETRY_PYPI_TOKEN_PYPI', 'POETRY_*'], words: [['publish']], anySecret: true },
  { programs: ['uv'], wants: ['UV_PUBLISH_TOKEN', 'UV_PUBLISH_*'], words: [['publish']] },
  { programs: ['wrangler'], wants: ['CLOUDFLARE_API_TOKEN'], words: [['deploy'], ['publish'], ['pages', 'deploy']] },
  { programs: ['netlify'], wants: ['NETLIFY_AUTH_TOKEN'], words: [['deploy']] },
  { programs: ['vercel'], wants: ['VERCEL_TOKEN', 'VERCEL_*'], words: [['deploy'], ['pull'], ['build']] },
  { programs: ['fly', 'flyctl'], wants: ['FLY_API_TOKEN', 'FLY_ACCESS_TOKEN'], words: [['deploy']] },
  { programs: ['sentry-cli'], wants: ['SENTRY_AUTH_TOKEN'], words: [['releases'], ['sourcemaps']] },
  { programs: ['snyk'], wants: ['SNYK_TOKEN'], not: ['auth', 'config'] },
  { programs: ['doctl'], wants: ['DIGITALOCEAN_ACCESS_TOKEN'], not: ['auth', 'version'] },
];
