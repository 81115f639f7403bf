import type { Reading, Word } from './reading.js';
import { literalOf, literalStart } from './read-word.js';

/** Programs whose operands are a command of their own. */
const WRAPPERS = new Set([
  'builtin', 'busybox', 'chronic', 'chroot', 'chrt', 'command', 'doas', 'env', 'exec', 'ionice', 'jobs', 'nice', 'nohup', 'runuser', 'setsid',
  'stdbuf', 'sudo', 'taskset', 'time', 'timeout', 'unbuffer', 'xargs',
]);
/** Options of theirs whose next word is no command. */
const TAKING: Readonly<Record<string, RegExp | undefined>> = {
  env: /^-[A-Za-z0]*[uC]$|^--(?:unset|chdir)$/, sudo: /^-[A-Za-z]*[CDgpRTtuUhr]$/, doas: /^-[A-Za-z]*[uC]$/, runuser: /^-[A-Za-z]*[ugG]$/, nice: /^-n$/, ionice: /^-[cnp]$/,
  timeout: /^-[sk]$|^--(?:signal|kill-after)$/, stdbuf: /^-[ioe]$/, xargs: /^-[A-Za-z0]*[InPLdaEs]$/, exec: /^-[cl]*a$/, time: /^-[fo]$/,
};
const SHELL = /^(?:r?bash|d?ash|sh|zsh|[mp]?d?ksh(?:93)?|yash|t?csh|fish)[-.0-9]*$/;

export interface Program {
  /** The word that names it; none when there are only options. */
  readonly word: Word | undefined;
  readonly operands: readonly Word[];
  /** What stands around it, the innermost. */
  readonly wrapper: string | undefined;
}

/** The program of a command, behind `command`, `env`, `sudo` and their like; `alsoWrapping` names more of them. */
export function findProgram(words: readonly Word[], alsoWrapping: ReadonlySet<string>): Program {
  let wrapper: string | undefined;
  for (let index = 0; index < words.length; index++) {
    const literal = literalOf(words[index]);
    if (literal !== undefined && (WRAPPERS.has(baseName(literal)) || alsoWrapping.has(literal))) wrapper = baseName(literal);
    else if (wrapper !== undefined && TAKING[wrapper]?.test(literalOf(words[index - 1]) ?? '') === true) continue;
    else if (wrapper === 'timeout' && literal === undefined && /^-|timeout$/.test(literalOf(words[index - 1]) ?? '')) continue;
    else if (wrapper === undefined || !(/^[0-9]/.test(literal ?? '') || isOptionOrVariable(words[index]))) {
      return { word: words[index], operands: words.slice(index + 1), wrapper };
    }
  }
  return { word: undefined, operands: [], wrapper };
}

function isOptionOrVariable(word: Word | undefined): boolean {
  return word !== undefined && /^(?:[-+]|[A-Za-z_][A-Za-z0-9_]*=)/.test(literalStart(word));
}

export function isWrapper(name: string): boolean {
  return WRAPPERS.has(baseName(name));
}

/** What it runs can be a command of the shell's own, such as `eval`. */
export function runsBuiltins(wrapper: string): boolean {
  return wrapper === 'command' || wrapper === 'builtin' || !WRAPPERS.has(wrapper);
}

export function isShell(name: string): boolean {
  return SHELL.test(baseName(name));
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Functions of the script that run their arguments as a command: `"$@"`, `$1`. */
export function findRunners(reading: Reading): ReadonlySet<string> {
  const runners = new Set<string>();
  const runs = reading.commands.filter((command) => command.words[0]?.pieces.some((piece) => piece.kind === 'variable' && /^[@*1-9]/.test(piece.name)));
  for (const command of runs) {
    let inFunction = false;
    for (const [name, bodies] of reading.functions) {
      if (!bodies.some((body) => body.start <= command.start && command.start < body.end)) continue;
      runners.add(name);
      inFunction = true;
    }
    if (!inFunction) runners.add('set');
  }
  return runners;
}
