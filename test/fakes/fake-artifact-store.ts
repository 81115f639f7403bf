import { findResultFault } from '../../src/adapters/local/store/path-faults.js';
import type { Artifact, RunOutcome } from '../../src/core/artifact/artifact.js';
import { digestFiles } from '../../src/core/cache/digest-files.js';
import { digestText } from '../../src/core/cache/make-key.js';
import type { StoredFile } from '../../src/core/cache/stored-result.js';
import type { ArtifactStore, Bringing, Destination, Keeping, KeptFrom, NewArtifact } from '../../src/ports/artifact-store.js';
import type { FakeFile } from './fake-result-store.js';

export interface FakeArtifacts {
  /** Path → what lies there; folders too. */
  readonly workspace: Map<string, FakeFile>;
  /** Folder → path → what lies there. */
  readonly places?: Map<string, Map<string, FakeFile>>;
  readonly kept?: Map<string, { readonly artifact: Artifact; readonly files: ReadonlyMap<string, FakeFile> }>;
  readonly outcomes?: Map<string, RunOutcome>;
  /** Nothing can be kept while it answers why. */
  readonly isBroken?: () => string | undefined;
}

/** Artifacts as the engine sees them, of a workspace that is a map. */
export function createFakeArtifactStore({ workspace, places = new Map(), kept = new Map(), outcomes = new Map(), isBroken = () => undefined }: FakeArtifacts): ArtifactStore {
  const nameOf = ({ run, name }: Pick<Artifact, 'run' | 'name'>): string => `${run}/${name.toLowerCase()}`;

  const keep = async (given: NewArtifact, { paths, holdsSecret }: KeptFrom): Promise<Keeping> => {
    const missing = paths.find((path) => !workspace.has(path));
    if (missing !== undefined) return { kind: 'refused', reason: `${missing} is not there` };
    const found = [...workspace].filter(([path, file]) => file.kind !== 'folder' && paths.some((asked) => path === asked || path.startsWith(`${asked}/`))).sort(([a], [b]) => (a < b ? -1 : 1));
    if (found.length === 0) return { kind: 'refused', reason: 'it would hold no file' };
    const files = found.map(([path, file]) => describe(path, file));
    const texts = [...found.map(([path, file]) => [path, file.kind === 'file' ? file.text : ''] as const), ['one of its names', [given.name, given.cell, ...given.tags, ...found.map(([path]) => path)].join('\n')] as const];
    for (const [path, text] of texts) if (holdsSecret !== null && (await holdsSecret(once(Buffer.from(text))))) return { kind: 'refused', reason: `${path} holds a secret` };
    const fault = findResultFault({ files, folders: [] }, []);
    if (fault !== undefined) return { kind: 'refused', reason: fault };
    const other = kept.get(nameOf(given))?.artifact;
    if (other !== undefined && (other.step !== given.step || other.cell !== given.cell)) return { kind: 'refused', reason: `step ${other.step}${other.cell === '' ? '' : `[${other.cell}]`} keeps an artifact of this name already` };
    const problem = isBroken();
    if (problem !== undefined) return { kind: 'unavailable', reason: problem };
    const artifact: Artifact = { ...given, files, version: digestFiles(files), size: files.reduce((sum, file) => sum + (file.kind === 'file' ? file.size : 0), 0) };
    kept.set(nameOf(given), { artifact, files: new Map(found) });
    return { kind: 'kept', artifact };
  };

  const bring = (artifact: Artifact, { folder, manner }: Destination): Bringing => {
    const source = kept.get(nameOf(artifact))?.files;
    if (source === undefined) return { kind: 'damaged', reason: `its ${artifact.files[0]?.path ?? ''} is gone` };
    const place = places.get(folder) ?? new Map<string, FakeFile>();
    const wanted = [...source].filter(([path, file]) => JSON.stringify(place.get(path)) !== JSON.stringify(file));
    const clash = wanted.find(([path]) => place.has(path));
    if (manner === 'beside' && clash !== undefined) return { kind: 'conflict', reason: `${clash[0]} is there with other content` };
    if (manner === 'mirror') place.clear();
    for (const [path, file] of manner === 'mirror' ? source : wanted) put(place, path, file);
    places.set(folder, place);
    return { kind: 'brought', written: wanted.length };
  };

  return {
    keep,
    list: ({ run } = {}) => Promise.resolve({ found: [...kept.values()].filter(({ artifact }) => run === undefined || artifact.run === run).map(({ artifact }) => ({ artifact, outcome: outcomes.get(artifact.run) ?? { status: 'unfinished', verdict: null } })), damaged: [] }),
    bring: (artifact, to) => Promise.resolve(bring(artifact, to)),
    remove: (artifact) => {
      kept.delete(nameOf(artifact));
      return Promise.resolve(undefined);
    },
  };
}

/** With the folders above it. */
export function put(place: Map<string, FakeFile>, path: string, file: FakeFile): void {
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) place.set(path.slice(0, end), { kind: 'folder' });
  place.set(path, file);
}

function describe(path: string, file: FakeFile): StoredFile {
  switch (file.kind) {
    case 'file': return { kind: 'file', path, executable: file.executable, digest: digestText(file.text), size: Buffer.byteLength(file.text) };
    case 'link': return { kind: 'link', path, target: file.target };
    case 'folder': return { kind: 'folder', path };
  }
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}
