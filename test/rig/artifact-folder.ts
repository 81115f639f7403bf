import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { layOutArtifacts, type ArtifactLayout } from '../../src/adapters/local/run-artifacts/artifact-layout.js';
import { openRunArtifacts, type RunArtifacts } from '../../src/adapters/local/run-artifacts/open-run-artifacts.js';
import type { ArtifactSubject } from '../contracts/artifact-store-contract.js';
import { listFolder } from './store-folder.js';

/** A workspace with runs in it, gone after `dispose`. */
export interface ArtifactFolder extends ArtifactSubject {
  readonly root: string;
  readonly workspace: string;
  readonly state: string;
  readonly open: () => RunArtifacts;
  readonly layoutOf: (run: string) => ArtifactLayout;
}

export function createArtifactFolder(): ArtifactFolder {
  const root = mkdtempSync(join(tmpdir(), 'tollgate-artifacts-'));
  const workspace = join(root, 'workspace');
  const state = join(root, 'state');
  const destination = join(root, 'there', 'deep');
  mkdirSync(workspace);
  const make = (folder: string, path: string): string => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    return join(folder, path);
  };
  return {
    root, workspace, state, destination,
    open: () => openRunArtifacts(state, workspace),
    layoutOf: (run) => layOutArtifacts(state, run),
    write: (path, text, executable = false) => {
      writeFileSync(make(workspace, path), text);
      chmodSync(join(workspace, path), executable ? 0o755 : 0o644);
    },
    link: (path, target) => symlinkSync(target, make(workspace, path)),
    makeFolder: (path) => void mkdirSync(make(workspace, path), { recursive: true }),
    endRun: (run, outcome) => writeFileSync(make(state, `runs/${run}/run.json`), JSON.stringify(outcome)),
    writeThere: (path, text) => writeFileSync(make(destination, path), text),
    list: (where) => listFolder(where === 'workspace' ? workspace : destination),
    dispose: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** One of its own for each test of a file. */
export function useArtifactFolder(): () => ArtifactFolder {
  let folder: ArtifactFolder | undefined;
  beforeEach(() => {
    folder = createArtifactFolder();
  });
  afterEach(() => folder?.dispose());
  return () => {
    if (folder === undefined) throw new Error('there is one in tests alone');
    return folder;
  };
}
