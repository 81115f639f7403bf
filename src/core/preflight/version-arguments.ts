/** Tools that want something else than `--version`. */
const otherArguments: Readonly<Record<string, readonly string[]>> = {
  ...asking(['version'], ['go', 'openssl', 'terraform', 'tofu', 'packer', 'vault', 'consul', 'nomad', 'hugo', 'minikube', 'kind', 'k3d', 'kustomize', 'pulumi', 'eksctl', 'skaffold', 'zig', 'cosign', 'crane', 'ko', 'temporal', 'supabase']),
  ...asking(['version', '--client'], ['kubectl', 'oc']),
  ...asking(['version', '--client', '--short'], ['argocd']),
  ...asking(['version', '--short'], ['helm']),
  ...asking(['version', '--remote=false'], ['istioctl']),
  // Java before 9 knows nothing else.
  ...asking(['-version'], ['java', 'javac', 'ant', 'kotlin', 'kotlinc', 'scala', 'scalac', 'ffmpeg', 'ffprobe', 'xcodebuild']),
  ...asking(['-v'], ['lua', 'luajit', 'unzip', 'zip', 'nginx', 'httpd', 'apachectl']),
  ...asking(['-V'], ['ssh', 'scp', 'tmux', 'dot', 'ksh']),
};

function asking(words: readonly string[], tools: readonly string[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(tools.map((tool) => [tool, words]));
}

/** What to call a tool with so that it prints its version. */
export function versionArguments(tool: string): readonly string[] {
  const name = tool.slice(tool.lastIndexOf('/') + 1);
  return Object.hasOwn(otherArguments, name) ? (otherArguments[name] ?? defaultArguments) : defaultArguments;
}

const defaultArguments: readonly string[] = ['--version'];
