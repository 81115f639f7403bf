import { UNKNOWN } from '../commands/program-call.js';
import type { LintedStep } from '../linted-step.js';
import type { LintSubject } from '../lint-rule.js';

const most = 6;

/** Words of a step's command that look like files it reads: paths that exist, or, without a workspace, look like some. */
export function proposeInputs({ command, placed }: LintedStep, { fileExists }: LintSubject): readonly string[] {
  const made = (placed.step.outputs ?? []).flatMap(({ value }) => (value.form === 'path' && value.path.kind === 'written' ? [value.path.value] : []));
  const words = (command?.calls ?? []).flatMap(({ program, words: behind }) => (['echo', 'printf', 'mkdir', 'rm'].includes(program) ? [] : behind));
  const paths = words.map((word) => word.replace(/^\.\//u, '').replace(/\/$/u, '')).filter((word) => looksLikePath(word) && !made.includes(word) && (fileExists?.(word) ?? true));
  return [...new Set(paths)].slice(0, most).map((path) => (isFolder(path) ? `${path}/**` : path));
}

function looksLikePath(word: string): boolean {
  if (word.includes(UNKNOWN) || /[*?[\]{}\s:=@~^|<>,;!$"'\\()]/u.test(word) || word.startsWith('-') || word.startsWith('/')) return false;
  if (word.split('/').includes('..') || /^\d/u.test(word)) return false;
  return word.includes('/') || /^[\w.-]*\.[a-z][a-z0-9]{0,9}$/iu.test(word) || /^(?:src|test|tests|lib|app|docs|cmd|internal|Makefile|Dockerfile|Cargo\.lock)$/u.test(word);
}

function isFolder(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return !name.includes('.') && !/^(?:Makefile|Dockerfile|LICENSE)$/u.test(name);
}
