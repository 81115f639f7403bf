import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { InputFile } from '../../src/core/cache/key-sheet.js';
import type { SelectedFiles } from '../../src/ports/workspace-files.js';

/** What a list of inputs names, told as plainly as it can be: everything is read, every file is held against every pattern. */
export function selectNaively(root: string, patterns: readonly string[], ignoredByGit: (paths: readonly string[]) => readonly string[]): SelectedFiles {
  const reached = walk(root, { path: '', real: '' });
  const ignored = new Set(ignoredByGit([...new Set(reached.flatMap(({ within }) => within))]));
  const isIgnored = ({ passed }: Reached): boolean => passed.some((path) => ignored.has(path));
  const rules = patterns.map((written) => readRule(root, written));
  const counts = (file: Reached, from: number, list: readonly Rule[]): boolean => list.slice(from + 1).every((later) => !later.takesAway || !later.names(file.path));
  const admits = (rule: Rule, file: Reached): boolean => {
    if (rule.takesAway || !rule.names(file.path)) return false;
    if (!isIgnored(file)) return true;
    return rule.literals.some((literal) => {
      const named = reached.find(({ path }) => path === literal);
      return literal === file.path || (file.path.startsWith(`${literal}/`) && named?.within.some((path) => ignored.has(path)) === true);
    });
  };
  const files = reached.filter(({ isFolder }) => !isFolder);
  const chosen = files.filter((file) => rules.some((rule, at) => admits(rule, file) && counts(file, at, rules)));
  const missing = patterns.filter((_, at) => rules[at] !== undefined && !rules[at].takesAway && rules[at].isLiteral && !files.some((file) => rules[at] !== undefined && admits(rules[at], file)));
  return { files: chosen.map((file) => fingerprint(root, file)).sort((a, b) => (a.path < b.path ? -1 : 1)), missing: [...new Set(missing)].sort() };
}

interface Reached {
  readonly path: string;
  readonly real: string;
  readonly isFolder: boolean;
  /** Every real path on the way to it, links and where they lead. */
  readonly passed: readonly string[];
  /** The same for what lies in it, where it is a folder or leads to one. */
  readonly within: readonly string[];
}

const reserved = ['.git', '.tollgate'];

function walk(root: string, folder: { readonly path: string; readonly real: string; readonly passed?: readonly string[] }): readonly Reached[] {
  return readdirSync(join(root, folder.real)).filter((name) => !reserved.includes(name.toLowerCase())).flatMap((name): readonly Reached[] => {
    const [path, real] = [join(folder.path, name), join(folder.real, name)];
    const passed = [...(folder.passed ?? []), real];
    const stats = lstatSync(join(root, real));
    if (stats.isDirectory()) return [{ path, real, isFolder: true, passed, within: passed }, ...walk(root, { path, real, passed })];
    if (!stats.isSymbolicLink()) return stats.isFile() ? [{ path, real, isFolder: false, passed, within: passed }] : [];
    const target = insideTarget(root, real);
    const isOpen = target !== undefined && statSync(join(root, target)).isDirectory() && target !== '' && !`${real}/`.startsWith(`${target}/`);
    const within = [...passed, ...(isOpen ? withParents(target) : [])];
    return [{ path, real, isFolder: false, passed, within }, ...(isOpen ? walk(root, { path, real: target, passed: within }) : [])];
  });
}

function withParents(path: string): readonly string[] {
  return path.split('/').map((_, at, names) => names.slice(0, at + 1).join('/'));
}

function insideTarget(root: string, real: string): string | undefined {
  try {
    const target = relative(root, realpathSync(join(root, real)));
    return target.startsWith('..') || target.split('/').some((name) => reserved.includes(name.toLowerCase())) ? undefined : target;
  } catch {
    return undefined;
  }
}

function fingerprint(root: string, { path, real }: Reached): InputFile {
  const whole = join(root, real);
  if (!lstatSync(whole).isSymbolicLink()) return { path, digest: sha256(readFileSync(whole)), executable: (statSync(whole).mode & 0o111) !== 0 };
  const target = insideTarget(root, real);
  const text = `link:${sha256(readlinkSync(whole))}`;
  if (target === undefined || !statSync(join(root, target)).isFile()) return { path, digest: text, executable: false };
  return { path, digest: `${text}:${sha256(readFileSync(join(root, target)))}`, executable: (statSync(join(root, target)).mode & 0o111) !== 0 };
}

function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

interface Rule {
  readonly takesAway: boolean;
  readonly isLiteral: boolean;
  readonly literals: readonly string[];
  readonly names: (path: string) => boolean;
}

/** As far as the drawn patterns go: names, `*`, `**`, `?`, sets of plain characters, braces without braces in them. */
function readRule(root: string, written: string): Rule {
  const takesAway = written.startsWith('!');
  const text = takesAway ? written.slice(1) : written;
  const alternatives = expand(text);
  const isWild = (each: string): boolean => /[*?[]/u.test(each);
  const itself = isWild(text) && isThere(join(root, text.replace(/\/+$/u, ''))) ? [text] : [];
  const literals = [...alternatives.filter((each) => !isWild(each)), ...itself].map((each) => each.split('/').filter((name) => name !== '' && name !== '.').join('/'));
  const globs = alternatives.filter(isWild).map(toRegExp);
  const names = (path: string): boolean => globs.some((glob) => glob.test(path)) || literals.some((each) => each === '' || path === each || path.startsWith(`${each}/`));
  return { takesAway, literals, names, isLiteral: globs.length === 0 };
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path).mode > 0;
  } catch {
    return false;
  }
}

function expand(text: string): readonly string[] {
  const group = /^([^{]*)\{([^{}]*,[^{}]*)\}(.*)$/u.exec(text);
  return group === null ? [text] : (group[2] ?? '').split(',').flatMap((each) => expand(`${group[1] ?? ''}${each}${group[3] ?? ''}`));
}

function toRegExp(glob: string): RegExp {
  const names = glob.split('/').filter((name) => name !== '' && name !== '.');
  const standsForFolder = glob.endsWith('/') || !/[*?[]/u.test(names.at(-1) ?? '');
  const parts = names.map((name, at) => {
    if (name === '**') return at === names.length - 1 ? '.+' : '(?:.*/)?';
    const body = name.replace(/\[!([^\]]+)\]|\[([^\]]+)\]|\*+|\?|[\\^$.|+(){}]/gu, (each, not?: string, only?: string) => {
      if (not !== undefined) return `[^/${not}]`;
      if (only !== undefined) return `[${only}]`;
      return each.startsWith('*') ? '[^/]*' : each === '?' ? '[^/]' : `\\${each}`;
    });
    return at === names.length - 1 ? body : `${body}/`;
  });
  return new RegExp(`^${parts.join('')}${standsForFolder ? '(?:/.*)?' : ''}$`, 'u');
}

