/**
 * The command parser of GitHub's runner, rebuilt from how its public source behaves: what a program prints is read
 * line by line, and some lines are orders. With it a whole output is read as the runner would read it.
 */
export interface RunnerCommand {
  readonly form: 'v2' | 'v1' | 'azure';
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** All that the runner registers, those for its own plugins too. */
export const runnerCommandNames: readonly string[] = [
  'add-mask', 'add-matcher', 'add-path', 'debug', 'echo', 'endgroup', 'error', 'group', 'internal-set-repo-path',
  'notice', 'remove-matcher', 'save-state', 'set-env', 'set-output', 'stop-commands', 'warning',
];

/** Every command in an output; with `names`, other words than the registered ones count: the token that ends a pause. */
export function readRunnerCommands(output: string | Uint8Array, names: readonly string[] = runnerCommandNames): readonly RunnerCommand[] {
  const text = typeof output === 'string' ? output : Buffer.from(output).toString('utf8').replace(/^\ufeff/u, '');
  return text.split(/\r\n|\r|\n/u).flatMap((line) => readRunnerCommand(line, names) ?? []);
}

export function readRunnerCommand(line: string, names: readonly string[] = runnerCommandNames): RunnerCommand | undefined {
  const known = new Set(names.map((name) => name.toLowerCase()));
  return readV2(line, known) ?? readV1(line, known) ?? readAzure(line);
}

/** What .NET calls white space; JavaScript counts U+FEFF and leaves U+0085 out. */
const leadingSpace = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;

/** `::name key=value,key=value::data`, after white space. */
function readV2(line: string, known: ReadonlySet<string>): RunnerCommand | undefined {
  const text = line.replace(leadingSpace, '');
  if (!text.startsWith('::')) return undefined;
  const end = text.indexOf('::', 2);
  if (end < 0) return undefined;
  return build('v2', text.slice(2, end), text.slice(end + 2), known);
}

/** `##[name key=value;key=value]data`, anywhere. */
function readV1(line: string, known: ReadonlySet<string>): RunnerCommand | undefined {
  const start = line.indexOf('##[');
  const end = start < 0 ? -1 : line.indexOf(']', start);
  if (end < 0) return undefined;
  return build('v1', line.slice(start + 3, end), line.slice(end + 1), known);
}

/** `##vso[area.event key=value;]data` of Azure's agent, anywhere and whatever its name. */
function readAzure(line: string): RunnerCommand | undefined {
  const match = /##vso\[([^\]]*)\](.*)/isu.exec(line);
  return match === null ? undefined : build('azure', match[1] ?? '', match[2] ?? '', undefined);
}

function build(form: RunnerCommand['form'], head: string, data: string, known: ReadonlySet<string> | undefined): RunnerCommand | undefined {
  const space = head.indexOf(' ');
  const name = space < 0 ? head : head.slice(0, space);
  if (known !== undefined && !known.has(name.toLowerCase())) return undefined;
  const properties: Record<string, string> = {};
  for (const property of space < 0 ? [] : head.slice(space + 1).trim().split(form === 'v2' ? ',' : ';')) {
    const equals = property.indexOf('=');
    if (equals > 0 && equals < property.length - 1) properties[property.slice(0, equals)] = unescape(property.slice(equals + 1), form, 'property');
  }
  return { form, name: name.toLowerCase(), properties, data: unescape(data, form, 'data') };
}

/** `%25` comes last, so that what was escaped twice is still escaped once. */
function unescape(text: string, form: RunnerCommand['form'], part: 'property' | 'data'): string {
  const more = form !== 'v2' ? [['%3B', ';'], ['%5D', ']']] : part === 'property' ? [['%3A', ':'], ['%2C', ',']] : [];
  return [...more, ['%0D', '\r'], ['%0A', '\n'], ['%25', '%']].reduce((plain, [escape = '', sign = '']) => plain.replaceAll(escape, sign), text);
}
