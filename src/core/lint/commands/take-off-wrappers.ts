/** What stands before the command that a program runs for us: how many of the words behind its name. */
type Wrapper = (words: readonly string[]) => number | undefined;

const isAssignment = (word: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*=/u.test(word);

/** Options, of which some take the next word. */
function countOptions(words: readonly string[], taking: readonly string[] = []): number {
  let index = 0;
  for (let word = words[index]; word?.startsWith('-') === true; word = words[index]) {
    index += taking.includes(word) ? 2 : 1;
    if (word === '--') break;
  }
  return index;
}

const options = (...taking: readonly string[]): Wrapper => (words) => countOptions(words, taking);

/** `poetry run pytest`: the wrapper is a subcommand of a program that does other things too. */
const subcommand = (name: string, ...taking: readonly string[]): Wrapper => (words) => {
  const before = countOptions(words);
  return words[before] === name ? before + 1 + countOptions(words.slice(before + 1), taking) : undefined;
};

const wrappers: ReadonlyMap<string, Wrapper> = new Map<string, Wrapper>([
  ['sudo', options('-u', '--user', '-g', '--group', '-h', '-p', '-C', '-D', '-R', '-T')],
  ['doas', options('-u', '-C')],
  ['command', (words) => (words[0] === '-v' || words[0] === '-V' ? undefined : countOptions(words))],
  ['exec', options('-a')],
  ['nohup', options()],
  ['setsid', options()],
  ['nice', options('-n')],
  ['ionice', options('-c', '-n')],
  ['stdbuf', options('-i', '-o', '-e')],
  ['xargs', options('-I', '-n', '-P', '-L', '-d', '-E', '-s', '-a')],
  ['timeout', (words) => countOptions(words, ['-k', '-s', '--kill-after', '--signal']) + 1],
  ['env', (words) => {
    let index = countOptions(words, ['-u', '-C', '-S']);
    while (isAssignment(words[index] ?? '')) index++;
    return index;
  }],
  ['npx', options('-p', '--package', '-w', '--workspace')],
  ['bunx', options()],
  ['uvx', options('--from', '--with', '-p', '--python')],
  ['pnpm', (words) => subcommand('exec')(words) ?? subcommand('dlx')(words)],
  ['yarn', (words) => subcommand('exec')(words) ?? subcommand('dlx')(words)],
  ['npm', subcommand('exec')],
  ['uv', subcommand('run', '--with', '-p', '--python', '--extra', '--group')],
  ['poetry', subcommand('run')],
  ['pipenv', subcommand('run')],
  ['bundle', subcommand('exec')],
  ['python', (words) => (words[0] === '-m' ? 1 : undefined)],
  ['python3', (words) => (words[0] === '-m' ? 1 : undefined)],
]);

/** The words of a command from its program on: `sudo -E npx prisma@5 generate` is `prisma generate`. */
export function takeOffWrappers(words: readonly string[]): readonly string[] {
  let rest = words;
  for (;;) {
    const name = programName(rest[0] ?? '');
    const count = wrappers.get(name)?.(rest.slice(1));
    if (count === undefined || rest.length <= count + 1) return [name, ...rest.slice(1)];
    rest = rest.slice(count + 1);
  }
}

/** Without its folder and, as `npx` takes it, its version. */
function programName(word: string): string {
  if (word.startsWith('@')) return word;
  const name = word.slice(word.lastIndexOf('/') + 1);
  return name.replace(/(?<=.)@[\w.^~-]+$/u, '');
}
