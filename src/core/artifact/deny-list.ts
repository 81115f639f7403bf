/** What a path is known by: somebody's keys, whatever it holds. */
export interface DenyRule {
  /** «a private key» */
  readonly what: string;
}

interface NameRule extends DenyRule {
  readonly name: RegExp;
  /** Of these nobody is afraid. */
  readonly except?: RegExp;
}

interface PathRule extends DenyRule {
  readonly path: RegExp;
}

/** Any name on the way to a file. */
const folders: readonly NameRule[] = [
  { what: "git's own files, which hold tokens", name: /^\.git$/u },
  { what: "Tollgate's own files", name: /^\.tollgate$/u },
  { what: 'keys of SSH', name: /^\.ssh$/u },
  { what: "the runner's own files, which hold tokens", name: /^(?:_runner_file_commands|_github_home|_github_workflow)$/u },
];

/** The last name of a path. */
const files: readonly NameRule[] = [
  { what: 'variables of an environment, often secrets', name: /^\.env(?:\..+)?$/u, except: /^\.env\.(?:example|sample|template)$/u },
  { what: 'a private key or certificate', name: /\.pem$/u },
  { what: 'a private key', name: /\.(?:key|ppk)$/u },
  { what: 'a private key of SSH', name: /^id_(?:rsa|dsa|ecdsa|ed25519)/u, except: /\.pub$/u },
  { what: 'a store of keys', name: /\.(?:p12|pfx|jks|keystore|kdbx)$/u },
  { what: 'credentials of npm', name: /^\.npmrc$/u },
  { what: 'credentials of PyPI', name: /^\.pypirc$/u },
  { what: 'passwords of hosts', name: /^[._]netrc$/u },
  { what: 'credentials of git', name: /^\.git-credentials$/u },
  { what: 'credentials of Docker', name: /^\.dockercfg$/u },
  { what: 'credentials of Kubernetes', name: /^(?:kubeconfig|.+\.kubeconfig)$/u },
  { what: 'credentials of Google Cloud', name: /^(?:gha-creds-.+|application_default_credentials)\.json$/u },
];

const ends: readonly PathRule[] = [
  { what: 'credentials of Docker', path: /(?:^|\/)\.docker\/config\.json$/u },
  { what: 'credentials of AWS', path: /(?:^|\/)\.aws\/credentials$/u },
  { what: 'credentials of Kubernetes', path: /(?:^|\/)\.kube\/config$/u },
];

/**
 * Why a path of the workspace may not be uploaded, whatever it holds; nothing where it may. `runnerFolders` are folders of the
 * runner that lie in the workspace, such as its `_temp`. Case says nothing: a file system may not see it.
 */
export function findDenied(path: string, runnerFolders: readonly string[] = []): DenyRule | undefined {
  const folded = path.toLowerCase();
  const names = folded.split('/');
  const last = names.at(-1) ?? '';
  return (
    folders.find(({ name }) => names.some((each) => name.test(each))) ??
    files.find(({ name, except }) => name.test(last) && except?.test(last) !== true) ??
    ends.find((rule) => rule.path.test(folded)) ??
    (runnerFolders.some((folder) => isAtOrBelow(folded, folder.toLowerCase())) ? runnerRule : undefined)
  );
}

const runnerRule: DenyRule = { what: "the runner's own files, which hold tokens" };

function isAtOrBelow(path: string, folder: string): boolean {
  return folder !== '' && path.startsWith(folder) && (path.length === folder.length || path[folder.length] === '/');
}
