import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { RemoteArtifacts } from '../../src/adapters/github/transfer/transfers.js';

export interface FakeUpload {
  readonly id: number;
  readonly name: string;
  readonly createdAt: number;
  readonly retentionDays: number | undefined;
  /** Path → bytes; settable, as somebody with the job's token could. */
  readonly files: Map<string, Buffer>;
}

/** What GitHub has; shared by all who open it. */
export interface FakeRemote {
  readonly uploads: FakeUpload[];
  readonly calls: ('upload' | 'list' | 'download' | 'remove')[];
  /** Names whose upload was begun and never ended: nobody sees them, and nobody gets them. */
  readonly unfinished: Set<string>;
  /** Answers why a call cannot be made now. */
  isBroken: (call: FakeRemote['calls'][number]) => string | undefined;
  /** How many uploads are told that their name is taken. */
  taken: number;
  nextId: () => number;
}

export function createFakeRemote(): FakeRemote {
  let id = 1000;
  return { uploads: [], calls: [], unfinished: new Set(), isBroken: () => undefined, taken: 0, nextId: () => (id += 1) };
}

/** Takes what GitHub takes, and refuses loudly what it would refuse. */
export function createFakeRemoteArtifacts(remote: FakeRemote): RemoteArtifacts {
  const problem = (call: FakeRemote['calls'][number]) => {
    remote.calls.push(call);
    const reason = remote.isBroken(call);
    return reason === undefined ? undefined : ({ kind: 'unavailable', reason } as const);
  };
  return {
    upload: ({ name, folder, retentionDays }) => {
      const broken = problem('upload');
      if (broken !== undefined) return Promise.resolve(broken);
      if (name === '' || name.length > 256 || /["<>:|*?\\/\r\n]/u.test(name)) throw new Error(`GitHub refuses the name ${name}`);
      if (retentionDays !== undefined && (!Number.isInteger(retentionDays) || retentionDays < 1)) throw new Error(`GitHub refuses ${retentionDays} days`);
      if (remote.taken > 0 || remote.unfinished.has(name) || remote.uploads.some((each) => each.name === name)) {
        remote.taken -= 1;
        return Promise.resolve({ kind: 'exists' });
      }
      const files = readAll(folder, '');
      if (files.size === 0) throw new Error('GitHub refuses an artifact without files');
      const id = remote.nextId();
      remote.uploads.push({ id, name, createdAt: 1, retentionDays, files });
      return Promise.resolve({ kind: 'uploaded', id, size: 1 });
    },
    list: () => Promise.resolve(problem('list') ?? { kind: 'listed', artifacts: remote.uploads.map(({ id, name, createdAt }) => ({ id, name, createdAt, size: 1 })) }),
    download: (id) => {
      const broken = problem('download');
      if (broken !== undefined) return Promise.resolve(broken);
      const found = remote.uploads.find((each) => each.id === id);
      if (found === undefined) return Promise.resolve({ kind: 'absent' });
      const folder = mkdtempSync(join(tmpdir(), 'tollgate-download-'));
      for (const [path, bytes] of found.files) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), bytes);
      }
      return Promise.resolve({ kind: 'downloaded', folder, release: () => rmSync(folder, { recursive: true, force: true }) });
    },
    remove: (name) => {
      const broken = problem('remove');
      if (broken !== undefined) return Promise.resolve(broken);
      const at = remote.uploads.findIndex((each) => each.name === name);
      if (at !== -1) remote.uploads.splice(at, 1);
      return Promise.resolve({ kind: at === -1 ? 'absent' : 'removed' });
    },
  };
}

function readAll(root: string, folder: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const name of readdirSync(join(root, folder))) {
    const path = folder === '' ? name : `${folder}/${name}`;
    const stats = lstatSync(join(root, path));
    if (/["<>:|*?\r\n]/u.test(path)) throw new Error(`GitHub refuses the path ${path}`);
    if (stats.isDirectory()) for (const [below, bytes] of readAll(root, path)) files.set(below, bytes);
    else if (stats.isFile()) files.set(path, readFileSync(join(root, path)));
    else throw new Error(`${path} would be uploaded as what it leads to`);
  }
  return files;
}
