import { readFileSync } from 'node:fs';
import { openGitRepository } from '../adapters/local/git-repository.js';
import { importValue, objectOf } from '../core/expression/import-value.js';
import type { Value } from '../core/expression/expression.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Files that a runner reads commands from, and keys: no context of an expression. */
const withheld = /TOKEN|^GITHUB_(?:ENV|OUTPUT|PATH|STATE|STEP_SUMMARY|ACTIONS)$/u;

/** The context `github`: what the runner says where there is one, else what git says. */
export function readGithubContext(place: { readonly workspace: string; readonly env: Environment }): Value {
  const { env, workspace } = place;
  if (env['GITHUB_ACTIONS'] === 'true') return readRunner(env);
  const { sha, ref, repository } = openGitRepository(workspace).describe();
  return objectOf(withoutMissing({ sha, ref, repository }));
}

function readRunner(env: Environment): Value {
  const named = Object.entries(env).flatMap(([name, value]): [string, Value][] =>
    value === undefined || !name.startsWith('GITHUB_') || withheld.test(name) ? [] : [[name.slice('GITHUB_'.length).toLowerCase(), value]],
  );
  return objectOf({ ...Object.fromEntries(named), event: readEvent(env['GITHUB_EVENT_PATH']) });
}

function readEvent(path: string | undefined): Value {
  if (path === undefined || path === '') return null;
  try {
    return importValue(JSON.parse(readFileSync(path, 'utf8'))) ?? null;
  } catch {
    return null;
  }
}

function withoutMissing(facts: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
