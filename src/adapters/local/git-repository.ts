import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { GitFacts, GitRepository } from '../../ports/git-repository.js';
import { findUpwards } from './find-workspace.js';

/** Reads git's own files: starting git for three words would cost more than all the rest of a plan. */
export function openGitRepository(folder: string): GitRepository {
  return { describe: () => describe(folder) };
}

const nothing: GitFacts = { sha: undefined, ref: undefined, repository: undefined };

function describe(folder: string): GitFacts {
  const root = findUpwards(folder, '.git');
  const own = root === undefined ? undefined : findGitFolder(root);
  if (own === undefined) return nothing;
  const shared = findSharedFolder(own);
  const head = readTrimmed(join(own, 'HEAD'));
  const ref = head === undefined ? undefined : symbolicRef(head);
  return {
    sha: head === undefined ? undefined : ref === undefined ? asSha(head) : readRef(ref, [own, shared]),
    ref,
    repository: readRepository(join(shared, 'config')),
  };
}

/** `.git` is a folder, or, in a work tree or a submodule, a file that names it. */
export function findGitFolder(root: string): string | undefined {
  const path = join(root, '.git');
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return path;
  const named = /^gitdir: (.+)$/u.exec(readTrimmed(path) ?? '')?.[1];
  return named === undefined ? undefined : resolve(root, named);
}

/** Work trees have a HEAD of their own; branches and settings they share. */
export function findSharedFolder(own: string): string {
  const named = readTrimmed(join(own, 'commondir'));
  return named === undefined ? own : resolve(own, named);
}

/** A ref may name another; more than a few in a row is a circle. */
const longestChain = 5;

function readRef(first: string, folders: readonly string[]): string | undefined {
  let ref = first;
  for (let step = 0; step < longestChain; step++) {
    const written = readFirst(folders.map((folder) => join(folder, ref)));
    if (written === undefined) return readPackedRef(ref, folders);
    const next = symbolicRef(written);
    if (next === undefined) return asSha(written);
    ref = next;
  }
  return undefined;
}

function readPackedRef(ref: string, folders: readonly string[]): string | undefined {
  const lines = readFirst(folders.map((folder) => join(folder, 'packed-refs')))?.split('\n') ?? [];
  const line = lines.find((each) => each.trimEnd().endsWith(` ${ref}`));
  return line === undefined ? undefined : asSha(line.slice(0, line.indexOf(' ')));
}

function symbolicRef(text: string): string | undefined {
  return /^ref: (refs\/.+)$/u.exec(text)?.[1];
}

/** SHA-1 or SHA-256. */
function asSha(text: string): string | undefined {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u.test(text) ? text : undefined;
}

function readRepository(config: string): string | undefined {
  const remotes = new Map<string, string>();
  let remote: string | undefined;
  for (const line of readTrimmed(config)?.split('\n') ?? []) {
    const section = /^\s*\[\s*(\S+?)(?:\s+"(.*)")?\s*\]/u.exec(line);
    if (section !== null) remote = section[1]?.toLowerCase() === 'remote' ? section[2] : undefined;
    const url = /^\s*url\s*=\s*"?([^"\s]+)"?\s*$/iu.exec(line)?.[1];
    if (remote !== undefined && url !== undefined && !remotes.has(remote)) remotes.set(remote, url);
  }
  const url = remotes.get('origin') ?? (remotes.size === 1 ? [...remotes.values()][0] : undefined);
  return url === undefined ? undefined : repositoryOf(url);
}

/** `owner/name` of `https://host/owner/name.git`, `ssh://git@host:22/owner/name`, `git@host:owner/name.git`. */
export function repositoryOf(url: string): string | undefined {
  const path = /^[a-z+]+:\/\/[^/]+\/(.+)$/iu.exec(url)?.[1] ?? /^(?:[^/@:]+@)?[^/:]{2,}:(?!\/)(.+)$/u.exec(url)?.[1];
  const name = path?.replace(/\/+$/u, '').replace(/\.git$/u, '');
  return name !== undefined && /^[^/]+(?:\/[^/]+)+$/u.test(name) && !url.startsWith('file:') ? name : undefined;
}

function readFirst(paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const text = readTrimmed(path);
    if (text !== undefined) return text;
  }
  return undefined;
}

function readTrimmed(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}
