import { createHash } from 'node:crypto';
import type { InputFile, KeySheet } from '../../src/core/cache/key-sheet.js';
import type { ReusePorts } from '../../src/engine/run-job.js';
import type { WorkspaceReader } from '../../src/core/expression/workspace-reader.js';
import type { WorkspaceFiles } from '../../src/ports/workspace-files.js';
import { createMemoryWorkspaceReader } from './memory-workspace-reader.js';
import type { FakeFile, FakeShelf } from './fake-result-store.js';
import { createFakeResultStore, createFakeShelf } from './fake-result-store.js';

/** A workspace in memory with what is known of results in it; two runs of a test share it. */
export interface FakeReuse {
  readonly ports: ReusePorts;
  readonly workspace: Map<string, FakeFile>;
  readonly shelf: FakeShelf;
  /** A person or a step writes a file. */
  readonly write: (path: string, text: string, at?: number) => void;
  readonly remove: (path: string) => void;
  /** What expressions see of it. */
  readonly reader: WorkspaceReader;
  /** Why nothing can be saved or brought back; settable. */
  broken: string | undefined;
}

export function createFakeReuse(files: Readonly<Record<string, string>> = {}): FakeReuse {
  const workspace = new Map<string, FakeFile>();
  const touched = new Map<string, number>();
  const shelf = createFakeShelf();
  const sheets = new Map<string, { readonly key: string; readonly sheet: KeySheet }[]>();
  const answers = new Map<string, string>();
  const write = (path: string, text: string, at = 0): void => {
    workspace.set(path, { kind: 'file', text, executable: false });
    touched.set(path, at);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  const now = (): WorkspaceReader => createMemoryWorkspaceReader(Object.fromEntries([...workspace].flatMap(([path, file]) => (file.kind === 'file' ? [[path, file.text]] : []))));
  const reuse: FakeReuse = {
    workspace, shelf, write,
    remove: (path) => void workspace.delete(path),
    broken: undefined,
    reader: {
      readText: (path) => now().readText(path), kindOf: (path) => now().kindOf(path), sizeOf: (path) => now().sizeOf(path), digestOf: (path) => now().digestOf(path), glob: (patterns) => now().glob(patterns),
    },
    ports: {
      results: createFakeResultStore({ workspace, shelf, domains: { write: 'local', read: ['local'] }, isBroken: () => reuse.broken }),
      files: createFakeFiles(workspace, touched),
      sheets: {
        read: ({ step }, key) => sheets.get(step)?.find((each) => each.key === key)?.sheet,
        list: ({ step }) => [...(sheets.get(step) ?? [])].reverse(),
        keep: ({ step }, key, sheet) => void sheets.set(step, [...(sheets.get(step) ?? []).filter((each) => each.key !== key), { key, sheet }]),
      },
      tools: { recall: (command) => answers.get(command), keep: (command, _path, answer) => void answers.set(command, answer) },
    },
  };
  return reuse;
}

/** Literal paths, folders, and `*` within a name: as much as the tests of the engine ask for. */
function createFakeFiles(workspace: ReadonlyMap<string, FakeFile>, touched: ReadonlyMap<string, number>): WorkspaceFiles {
  const look = (path: string): InputFile | undefined => {
    const file = workspace.get(path);
    return file?.kind === 'file' ? { path, digest: createHash('sha256').update(file.text).digest('hex'), executable: file.executable } : undefined;
  };
  const fits = (pattern: string, path: string): boolean => path === pattern || path.startsWith(`${pattern}/`) || new RegExp(`^${pattern.replaceAll(/[.+^${}()|[\]\\]/gu, '\\$&').replaceAll('**', '\0').replaceAll('*', '[^/]*').replaceAll('\0', '.*')}$`, 'u').test(path);
  const chosen = (keep: (path: string) => boolean): readonly InputFile[] => [...workspace.keys()].sort().filter(keep).flatMap((path) => look(path) ?? []);
  return {
    select: (patterns) => {
      const takes = (path: string): boolean => patterns.reduce((taken, pattern) => (pattern.startsWith('!') ? taken && !fits(pattern.slice(1), path) : taken || fits(pattern, path)), false);
      const missing = patterns.filter((pattern) => !/[!*]/u.test(pattern) && ![...workspace.keys()].some((path) => fits(pattern, path)));
      return { files: chosen(takes), missing };
    },
    all: (without) => chosen((path) => !without.some((pattern) => fits(pattern, path))),
    look: (paths) => paths.map(look),
    touchedAt: (path) => touched.get(path) ?? 0,
    forget: () => undefined,
    keep: () => undefined,
  };
}
