import type { ScriptCall } from './script-calls.js';

/** Which programs could be there later although they are not there now. */
export interface Doubts {
  readonly add: (call: ScriptCall) => void;
  readonly addName: (name: string) => void;
  readonly addEverything: () => void;
  /** Whether a program is there now or never. */
  readonly leave: (name: string) => boolean;
}

export function createDoubts(): Doubts {
  const names = new Set<string>();
  let everything = false;
  return {
    add: (call) => {
      everything ||= bringsPrograms(call);
      for (const operand of call.operands) for (const name of namesIn(operand)) names.add(name);
    },
    addName: (name) => void names.add(name),
    addEverything: () => { everything = true; },
    leave: (name) => !everything && !names.has(name),
  };
}

/** `https://…/terraform_1.9_linux.zip` may be terraform, and `jq@1.7` is jq: every part of a word, with and without what follows its name. */
function namesIn(operand: string): readonly string[] {
  return operand.slice(0, longestOperand).split(/[^A-Za-z0-9._+-]+/u).flatMap((part) => {
    const ends = [...part.matchAll(/[._+-]/gu)].slice(0, mostEnds).map(({ index }) => part.slice(0, index));
    return [part, ...ends];
  });
}

const longestOperand = 2_000;
const mostEnds = 8;

/** Nobody knows what `apt-get install -y $TOOLS` or `./bootstrap.sh` brings. */
function bringsPrograms({ name, operands }: ScriptCall): boolean {
  if (name === undefined) return false;
  const program = name.slice(name.lastIndexOf('/') + 1);
  if (managers.has(program) || settingUp.test(program)) return true;
  if (scripted.has(program) && operands.some((operand) => namesSetup(program, operand))) return true;
  if (placing.has(program) && operands.some((operand) => /(?:^|\/)s?bin(?:\/|$)/u.test(operand))) return true;
  if (shells.test(program) && !operands.some((operand) => /^[^-]/u.test(operand))) return true;
  return installing.some(([installer, words]) => installer.test(program) && operands.some((operand) => words.test(operand)));
}

/** `make install`, `node scripts/setup.mjs`; not `npm install`, which stays within its folder. */
function namesSetup(program: string, operand: string): boolean {
  return settingUp.test(operand.slice(operand.lastIndexOf('/') + 1)) && !(operand === 'install' && /^(?:p?npm|yarn|bun)$/u.test(program));
}

const managers = new Set(['apk', 'apt', 'apt-get', 'asdf', 'brew', 'choco', 'conda', 'corepack', 'dnf', 'dpkg', 'emerge', 'gem', 'mamba', 'micromamba', 'mise', 'nix', 'nix-env', 'nvm', 'pacman', 'pip', 'pip3', 'pipx', 'port', 'pyenv', 'rbenv', 'rustup', 'scoop', 'sdk', 'snap', 'volta', 'winget', 'yum', 'zypper', 'sudo', 'doas', 'direnv', 'devbox', 'aqua', 'dotenv']);
const settingUp = /(?:^|[-_.:])(?:install|setup|set-up|bootstrap|provision|prepare|toolchain|tools?|deps|dependencies|requirements|init)(?:$|[-_.:])/iu;
/** They run what a name stands for. */
const scripted = new Set(['make', 'gmake', 'just', 'task', 'npm', 'pnpm', 'yarn', 'bun', 'node', 'python', 'python3', 'ruby', 'perl', 'bash', 'sh', 'dash', 'zsh', 'rake', 'mage', 'invoke', 'nox', 'tox']);
const placing = new Set(['cp', 'curl', 'install', 'ln', 'mv', 'rsync', 'tar', 'tee', 'unzip', 'wget']);
/** `curl … | sh`. */
const shells = /^(?:ba|da|z|k)?sh$/u;
const installing: readonly (readonly [program: RegExp, words: RegExp])[] = [
  [/^(?:npm|pnpm|bun)$/u, /^(?:-[a-z]*g|--global|--location=global|link)$/u],
  [/^yarn$/u, /^global$/u],
  [/^(?:go|cargo)$/u, /^(?:install|binstall)$/u],
  [/^uv$/u, /^(?:tool|pip|python|sync)$/u],
  [/^python[0-9.]*$/u, /^(?:pip|ensurepip|venv)$/u],
  [/^dotnet$/u, /^tool$/u],
  [/^gh$/u, /^extension$/u],
  [/^(?:poetry|pipenv|bundle|composer)$/u, /^(?:install|sync|global)$/u],
];
