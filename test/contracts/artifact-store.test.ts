import type { RunOutcome } from '../../src/core/artifact/artifact.js';
import { createFakeArtifactStore, put, type FakeArtifacts } from '../fakes/fake-artifact-store.js';
import type { FakeFile } from '../fakes/fake-result-store.js';
import { createArtifactFolder } from '../rig/artifact-folder.js';
import { createGithubArtifacts } from '../rig/github-artifacts.js';
import { describeArtifactStore, type ArtifactSubject } from './artifact-store-contract.js';

describe('artifacts in the folders of their runs', () => describeArtifactStore(createArtifactFolder));

describe('artifacts on GitHub, each time from another machine', () => describeArtifactStore(() => createGithubArtifacts()));

describe('artifacts on GitHub, encrypted', () => describeArtifactStore(() => createGithubArtifacts({ isSealed: true })));

describe('artifacts on GitHub, from one machine', () => {
  describeArtifactStore(() => {
    const rig = createGithubArtifacts();
    return { ...rig, open: () => rig.openWith({ isSameMachine: true }) };
  });
});

describe('the fake', () => {
  describeArtifactStore((): ArtifactSubject => {
    const destination = 'there';
    const places = new Map([[destination, new Map<string, FakeFile>()]]);
    const outcomes = new Map<string, RunOutcome>();
    const shared: FakeArtifacts = { workspace: new Map(), places, kept: new Map(), outcomes };
    const there = (): Map<string, FakeFile> => places.get(destination) ?? new Map<string, FakeFile>();
    return {
      destination,
      open: () => createFakeArtifactStore(shared),
      write: (path, text, executable = false) => put(shared.workspace, path, { kind: 'file', text, executable }),
      link: (path, target) => put(shared.workspace, path, { kind: 'link', target }),
      makeFolder: (path) => put(shared.workspace, path, { kind: 'folder' }),
      endRun: (run, outcome) => void outcomes.set(run, outcome),
      writeThere: (path, text) => put(there(), path, { kind: 'file', text, executable: false }),
      list: (where) => Object.fromEntries([...(where === 'workspace' ? shared.workspace : there())].map(([path, file]) => [path, file.kind === 'folder' ? 'folder' : file.kind === 'link' ? `link ${file.target}` : `${file.executable ? 'program' : 'file'} ${file.text}`])),
      dispose: () => undefined,
    };
  });
});
