import type { Reading, Word } from './reading.js';
import { literalOf } from './read-word.js';

/** Programs whose operands are a command of their own. */
const WRAPPERS = new Set([
  'builtin', 'busybox', 'chronic', 'chroot', 'chrt', 'command', 'doas', 'env', 'exec', 'ionice', 'jobs', 'nice', 'nohup', 'runuser', 'setsid',
  'stdbuf', 'sudo', 'taskset', 'time', 'timeout', 'unbuffer', 'xargs',
]);
const SHELL = /^(?:r?bash|d?ash|sh|zsh|[mp]?d?ksh(?:93)?|yash|t?csh|fish)[-.0-9]*$/;

export interface Program {
  /** The word that names it; none when there are only options. */
  readonly word: Word | undefined;
  readonly operands: readonly Word[];
}

/** The program of a command, behind `command`, `env`, `sudo` and their like; `alsoWrapping` names more of them. */
export function findProgram(words: readonly Word[], alsoWrapping: ReadonlySet<string>): Program {
  let wrapped = false;
  for (const [index, word] of words.entries()) {
    const literal = literalOf(word);
    const passes = literal !== undefined && (
      (wrapped && /^(?:[-+]|[0-9]|[A-Za-z_][A-Za-z0-9_]*=)/.test(literal))
      || WRAPPERS.has(baseName(literal)) || alsoWrapping.has(literal)
    );
    if (!passes) return { word, operands: words.slice(index + 1) };
    wrapped = true;
  }
  return { word: undefined, operands: [] };
}

export function isWrapper(name: string): boolean {
  return WRAPPERS.has(baseName(name));
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
    for (const [name, body] of reading.functions) {
      if (command.start < body.start || command.start >= body.end) continue;
      runners.add(name);
      inFunction = true;
    }
    if (!inFunction) runners.add('set');
  }
  return runners;
}
