import type { Span } from '../../diagnostic/diagnostic.js';

/** Stands in a word for what only the run knows. */
export const UNKNOWN = '\0';

/** A program that a script calls, with `sudo`, `npx`, `env X=1` and their like taken off. */
export interface ProgramCall {
  /** Its name without a path. */
  readonly program: string;
  /** The words behind it, quotes taken off; `UNKNOWN` for variables, values and substitutions. */
  readonly words: readonly string[];
  /** The call, in offsets of the command's value. */
  readonly at: Span;
}

/** Options of a program that stand before its subcommand and take the next word. */
const valueOptions: ReadonlyMap<string, readonly string[]> = new Map([
  ['git', ['-C', '-c', '--git-dir', '--work-tree', '--namespace']],
  ['npm', ['--prefix', '-C', '-w', '--workspace', '--registry', '--userconfig', '--loglevel']],
  ['pnpm', ['-C', '--dir', '--filter', '-F']],
  ['yarn', ['--cwd']],
  ['gh', ['-R', '--repo']],
  ['kubectl', ['-n', '--namespace', '--context', '--cluster', '--kubeconfig', '-s', '--server']],
  ['helm', ['-n', '--namespace', '--kube-context', '--kubeconfig']],
  ['aws', ['--profile', '--region', '--endpoint-url', '--output', '--query', '--ca-bundle', '--color']],
  ['gcloud', ['--project', '--account', '--configuration', '--format', '--verbosity']],
  ['docker', ['-H', '--host', '-c', '--context', '--config', '-l', '--log-level']],
  ['bundle', ['--gemfile']],
  ['cargo', ['--manifest-path', '--config', '-Z']],
]);

/** The words that are no options and no values of the options that stand before a subcommand. */
export function operandsOf({ program, words }: ProgramCall): readonly string[] {
  const taking = valueOptions.get(program) ?? [];
  return words.filter((word, index) => !word.startsWith('-') && !taking.includes(words[index - 1] ?? ''));
}

/** Whether its first words beside options are these: `git -C web push` is a `git push`. */
export function startsWith(call: ProgramCall, ...expected: readonly string[]): boolean {
  const operands = operandsOf(call);
  return expected.every((word, index) => operands[index] === word);
}

/** Whether an option is given, as `--name`, `--name value` or `--name=value`. */
export function hasOption({ words }: ProgramCall, ...names: readonly string[]): boolean {
  return words.some((word) => names.some((name) => word === name || word.startsWith(`${name}=`)));
}

/** The value of an option, behind it or joined by `=`. */
export function optionValue({ words }: ProgramCall, ...names: readonly string[]): string | undefined {
  for (const [index, word] of words.entries()) {
    if (names.includes(word)) return words[index + 1];
    const joined = names.find((name) => word.startsWith(`${name}=`));
    if (joined !== undefined) return word.slice(joined.length + 1);
  }
  return undefined;
}
