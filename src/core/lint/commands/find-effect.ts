import type { ProgramCall } from './program-call.js';
import { hasOption, operandsOf, optionValue, startsWith, UNKNOWN } from './program-call.js';

/** What a call does to the world outside the workspace. */
export interface Effect {
  /** `idempotent`: done again, it leaves the world as it is; `once`: it happens again. */
  readonly nature: 'idempotent' | 'once';
  /** How messages name the call. */
  readonly by: string;
}

type Find = (call: ProgramCall) => Effect | undefined;

const once = (by: string): Effect => ({ nature: 'once', by });
const idempotent = (by: string): Effect => ({ nature: 'idempotent', by });

/** A call that only tries or explains itself changes nothing. */
const isHarmless = (call: ProgramCall): boolean => hasOption(call, '--dry-run', '--dryrun', '--help') && optionValue(call, '--dry-run') !== 'none';

/** One of these options makes an otherwise effective call harmless. */
const unless = (option: string, find: Find): Find => (call) => (hasOption(call, option) ? undefined : find(call));

/** Subcommands that do something, as the words behind the program. */
function bySubcommand(table: { readonly once?: readonly string[]; readonly idempotent?: readonly string[] }): Find {
  const entries = (['once', 'idempotent'] as const).flatMap((nature) => (table[nature] ?? []).map((words) => ({ nature, words: words.split(' ') })));
  return (call) => {
    const found = entries.find(({ words }) => startsWith(call, ...words));
    return found && { nature: found.nature, by: [call.program, ...found.words].join(' ') };
  };
}

const publishing = bySubcommand({ once: ['publish', 'npm publish', 'unpublish'], idempotent: ['deprecate', 'dist-tag add', 'dist-tag rm'] });
const infrastructure = bySubcommand({ idempotent: ['apply', 'destroy', 'import', 'run-all apply'] });
const always = (nature: Effect['nature']): Find => ({ program }) => ({ nature, by: program });
const deploying = bySubcommand({ idempotent: ['deploy'] });

const effects: ReadonlyMap<string, Find> = new Map<string, Find>([
  ['git', (call) => (startsWith(call, 'push') && !call.words.includes('-n') ? idempotent('git push') : undefined)],
  ['gh', findGitHubEffect],
  ['glab', bySubcommand({ once: ['mr create', 'issue create', 'release create', 'mr note'], idempotent: ['mr merge'] })],
  ['npm', publishing],
  ['pnpm', publishing],
  ['yarn', publishing],
  ['lerna', publishing],
  ['changeset', publishing],
  ['cargo', publishing],
  ['poetry', publishing],
  ['uv', publishing],
  ['hatch', publishing],
  ['semantic-release', always('once')],
  ['twine', bySubcommand({ once: ['upload'] })],
  ['gem', bySubcommand({ once: ['push'] })],
  ['dotnet', bySubcommand({ once: ['nuget push'] })],
  ['goreleaser', unless('--snapshot', bySubcommand({ once: ['release'] }))],
  ['mvn', findTask(/^(?:deploy|release:perform)$/u)],
  ['mvnw', findTask(/^(?:deploy|release:perform)$/u)],
  ['gradle', findTask(/(?:^|:)publish(?!ToMavenLocal)\w*$/u)],
  ['gradlew', findTask(/(?:^|:)publish(?!ToMavenLocal)\w*$/u)],
  ['terraform', infrastructure],
  ['tofu', infrastructure],
  ['terragrunt', infrastructure],
  ['pulumi', bySubcommand({ idempotent: ['up', 'update', 'destroy'] })],
  ['cdk', bySubcommand({ idempotent: ['deploy', 'destroy'] })],
  ['sam', deploying],
  ['serverless', deploying],
  ['sls', deploying],
  ['firebase', deploying],
  ['netlify', deploying],
  ['fly', deploying],
  ['flyctl', deploying],
  ['wrangler', bySubcommand({ idempotent: ['deploy', 'publish', 'pages deploy'] })],
  ['ansible-playbook', unless('--check', always('idempotent'))],
  ['kubectl', bySubcommand({ once: ['create', 'rollout restart', 'rollout undo'], idempotent: ['apply', 'delete', 'patch', 'replace', 'scale', 'set', 'annotate', 'label'] })],
  ['helm', bySubcommand({ once: ['install', 'rollback'], idempotent: ['upgrade', 'uninstall', 'push'] })],
  ['docker', findImageEffect],
  ['podman', findImageEffect],
  ['oras', findImageEffect],
  ['crane', bySubcommand({ idempotent: ['push', 'copy', 'tag'] })],
  ['skopeo', bySubcommand({ idempotent: ['copy', 'sync'] })],
  ['aws', findAwsEffect],
  ['gcloud', (call) => (operandsOf(call).slice(0, 3).includes('deploy') ? idempotent('gcloud … deploy') : undefined)],
  ['gsutil', (call) => (operandsOf(call).at(-1)?.startsWith('gs://') === true && /^(?:cp|mv|rsync|rm)$/u.test(operandsOf(call)[0] ?? '') ? idempotent(`gsutil ${operandsOf(call)[0] ?? ''}`) : undefined)],
  ['rsync', findRemoteCopy],
  ['scp', findRemoteCopy],
  ['sendmail', always('once')],
  ['curl', findCurlEffect],
  ['wget', findWgetEffect],
  ['http', findHttpieEffect],
  ['https', findHttpieEffect],
  ['xh', findHttpieEffect],
]);

/** What a call does to the world, as far as the program is known for it. */
export function findEffect(call: ProgramCall): Effect | undefined {
  return isHarmless(call) ? undefined : effects.get(call.program)?.(call);
}

const github = bySubcommand({
  once: ['pr create', 'pr comment', 'pr review', 'issue create', 'issue comment', 'release create', 'workflow run', 'run rerun', 'repo create', 'gist create'],
  idempotent: ['pr merge', 'pr close', 'pr reopen', 'pr edit', 'pr ready', 'issue close', 'issue reopen', 'issue edit', 'release upload', 'release edit', 'release delete', 'secret set', 'variable set', 'label create', 'repo delete'],
});

function findGitHubEffect(call: ProgramCall): Effect | undefined {
  if (!startsWith(call, 'api')) return github(call);
  const fields = hasOption(call, '-f', '-F', '--field', '--raw-field', '--input');
  const query = call.words.includes('graphql');
  const method = optionValue(call, '-X', '--method') ?? call.words.find((word) => /^-X[A-Z]/u.test(word))?.slice(2) ?? (fields && !query ? 'POST' : 'GET');
  return describeMethod('gh api', method);
}

function findTask(form: RegExp): Find {
  return (call) => {
    const task = operandsOf(call).find((word) => form.test(word));
    return task === undefined ? undefined : once(`${call.program} ${task}`);
  };
}

function findImageEffect(call: ProgramCall): Effect | undefined {
  const [first, second] = operandsOf(call);
  const pushes = first === 'push' || ((first === 'image' || first === 'manifest' || first === 'compose') && second === 'push');
  const builds = (first === 'build' || (first === 'buildx' && (second === 'build' || second === 'bake'))) && hasOption(call, '--push');
  if (!pushes && !builds) return undefined;
  if (call.words.some(isLocal)) return undefined;
  return idempotent(`${call.program} ${pushes ? 'push' : 'build --push'}`);
}

function findAwsEffect(call: ProgramCall): Effect | undefined {
  const operands = operandsOf(call);
  const [service = '', verb = ''] = operands;
  const by = `aws ${service} ${verb}`;
  if (service === 's3') {
    const removes = verb === 'rm' || verb === 'rb' || verb === 'mb';
    const writes = (verb === 'cp' || verb === 'sync' || verb === 'mv') && operands.findLastIndex((word) => word.startsWith('s3://')) > 2;
    return removes || writes ? idempotent(by) : undefined;
  }
  if (/^(?:create|run|send|publish|start|invoke|reboot|request)(?:-|$)/u.test(verb)) return once(by);
  return /^(?:put|update|delete|deploy|register|deregister|modify|terminate|stop|tag|untag|attach|detach)(?:-|$)/u.test(verb) ? idempotent(by) : undefined;
}

function findRemoteCopy(call: ProgramCall): Effect | undefined {
  const target = operandsOf(call).at(-1) ?? '';
  return /^[^/:]+:/u.test(target) ? idempotent(call.program) : undefined;
}

function findCurlEffect(call: ProgramCall): Effect | undefined {
  if (call.words.some(isLocal)) return undefined;
  const short = call.words.find((word) => /^-[a-zA-Z]*X[A-Z]+$/u.test(word));
  const clustered = call.words.findIndex((word) => /^-[a-zA-Z]*X$/u.test(word));
  const method = optionValue(call, '--request') ?? (short === undefined ? undefined : short.slice(short.indexOf('X') + 1)) ?? (clustered === -1 ? undefined : call.words[clustered + 1]);
  if (method !== undefined) return describeMethod('curl', method);
  if (hasOption(call, '-T', '--upload-file')) return idempotent('curl --upload-file');
  const sends = call.words.some((word) => /^(?:-[dF]|--(?:data|form|json)(?:-\w+)*(?:=|$))/u.test(word));
  return sends && !hasOption(call, '-G', '--get') ? once('curl with data (a POST)') : undefined;
}

function findWgetEffect(call: ProgramCall): Effect | undefined {
  if (call.words.some(isLocal)) return undefined;
  const method = optionValue(call, '--method');
  if (method !== undefined) return describeMethod('wget', method);
  return hasOption(call, '--post-data', '--post-file') ? once('wget with data (a POST)') : undefined;
}

function findHttpieEffect(call: ProgramCall): Effect | undefined {
  const [method = ''] = operandsOf(call);
  return call.words.some(isLocal) || !/^[A-Z]+$/u.test(method) ? undefined : describeMethod(call.program, method);
}

/** What a request does by its method; one that only the run knows says nothing. */
export function describeMethod(by: string, written: string): Effect | undefined {
  const method = written.toUpperCase();
  if (written.includes(UNKNOWN)) return undefined;
  if (method === 'PUT' || method === 'DELETE') return idempotent(`${by} ${method}`);
  return method === 'POST' || method === 'PATCH' ? once(`${by} ${method}`) : undefined;
}

/** A server of the machine itself is part of a test, not of the world. */
export function isLocal(word: string): boolean {
  return /^(?:https?:\/\/)?(?:[^/@]*@)?(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\])(?:[:/?#]|$)/u.test(word);
}
