import type { Draft, DraftStep } from './first-workflow.js';
import type { FolderView } from './folder-view.js';

interface PackageManager {
  readonly name: string;
  readonly install: string;
  readonly run: (script: string) => string;
}

/** Scripts that look at files and change none, under the names that people give them. */
const checks: readonly (readonly [id: string, scripts: readonly string[]])[] = [
  ['lint', ['lint']],
  ['format', ['format:check', 'check:format', 'prettier:check']],
  ['types', ['typecheck', 'type-check', 'check:types', 'tsc']],
];

export function draftNode(folder: FolderView): Draft | undefined {
  const text = folder.read('package.json');
  if (text === undefined) return undefined;
  const { scripts, packageManager } = readPackage(text);
  const manager = findManager(folder, packageManager);
  const check = checks.flatMap(([id, names]): DraftStep[] => {
    const script = names.find((name) => scripts.has(name));
    return script === undefined ? [] : [{ id, command: manager.run(script), checks: true }];
  });
  const build: readonly DraftStep[] = scripts.has('build') ? [{ id: 'build', command: manager.run('build'), checks: false }] : [];
  return {
    title: `Node (${manager.name})`,
    prefix: 'node',
    tool: manager.name === 'bun' ? 'bun' : 'node',
    prepare: [{ id: 'install', command: manager.install, checks: false }],
    check: [...check, ...build],
    proof: scripts.has('test') ? { id: 'tests-pass', run: manager.run('test') } : undefined,
  };
}

function findManager(folder: FolderView, declared: string): PackageManager {
  const run = (name: string) => (script: string) => `${name} run ${script}`;
  if (folder.has('pnpm-lock.yaml') || declared.startsWith('pnpm@')) return { name: 'pnpm', install: withLock(folder, 'pnpm-lock.yaml', 'pnpm install', '--frozen-lockfile'), run: run('pnpm') };
  if (folder.has('yarn.lock') || declared.startsWith('yarn@')) {
    const isClassic = !folder.has('.yarnrc.yml') && !/^yarn@(?:[2-9]|\d\d)/u.test(declared);
    return { name: 'yarn', install: withLock(folder, 'yarn.lock', 'yarn install', isClassic ? '--frozen-lockfile' : '--immutable'), run: run('yarn') };
  }
  const bunLock = ['bun.lock', 'bun.lockb'].find(folder.has);
  if (bunLock !== undefined || declared.startsWith('bun@')) return { name: 'bun', install: withLock(folder, bunLock ?? '', 'bun install', '--frozen-lockfile'), run: run('bun') };
  const npmLock = folder.has('package-lock.json') || folder.has('npm-shrinkwrap.json');
  return { name: 'npm', install: npmLock ? 'npm ci' : 'npm install', run: (script) => (script === 'test' ? 'npm test' : `npm run ${script}`) };
}

function withLock(folder: FolderView, lock: string, command: string, flag: string): string {
  return lock !== '' && folder.has(lock) ? `${command} ${flag}` : command;
}

/** What `npm init` puts in for a test is none. */
const noTest = /no test specified/u;

function readPackage(text: string): { readonly scripts: ReadonlySet<string>; readonly packageManager: string } {
  const read = parseRecord(text);
  const scripts = isRecord(read['scripts']) ? Object.entries(read['scripts']) : [];
  const names = scripts.flatMap(([name, script]) => (typeof script === 'string' && !noTest.test(script) ? [name] : []));
  return { scripts: new Set(names), packageManager: typeof read['packageManager'] === 'string' ? read['packageManager'] : '' };
}

/** A package.json that cannot be read has no scripts: init writes a workflow all the same. */
function parseRecord(text: string): Readonly<Record<string, unknown>> {
  try {
    const read = JSON.parse(text) as unknown;
    return isRecord(read) ? read : {};
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
