import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFakeResultStore, createFakeShelf, type FakeFile } from '../fakes/fake-result-store.js';
import { createStoreFolder } from '../rig/store-folder.js';
import { describeResultStore, type StoreSubject } from './result-store-contract.js';

const local = { write: 'local', read: ['local'] };

describe('a store in a folder', () => {
  describeResultStore((): StoreSubject => {
    const folder = createStoreFolder();
    return {
      ...folder,
      open: (domains = local) => folder.open({ domains }),
      ignore: (path) => void folder.ignored.add(path),
      writeLog: (text) => {
        writeFileSync(join(folder.root, 'log'), text);
        return join(folder.root, 'log');
      },
    };
  });
});

describe('the fake', () => {
  describeResultStore((): StoreSubject => {
    const workspace = new Map<string, FakeFile>();
    const shelf = createFakeShelf();
    const ignored = new Set<string>();
    const logs = new Map<string, string>();
    const put = (path: string, file: FakeFile): void => {
      for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) workspace.set(path.slice(0, end), { kind: 'folder' });
      workspace.set(path, file);
    };
    return {
      open: (domains = local) => createFakeResultStore({ workspace, domains, shelf, logs, isIgnored: (path) => ignored.has(path) }),
      write: (path, text, executable = false) => put(path, { kind: 'file', text, executable }),
      link: (path, target) => put(path, { kind: 'link', target }),
      makeFolder: (path) => put(path, { kind: 'folder' }),
      remove: (path) => {
        for (const each of [...workspace.keys()]) if (each === path || each.startsWith(`${path}/`)) workspace.delete(each);
      },
      list: () => Object.fromEntries([...workspace].map(([path, file]) => [path, file.kind === 'folder' ? 'folder' : file.kind === 'link' ? `link ${file.target}` : `${file.executable ? 'program' : 'file'} ${file.text}`])),
      ignore: (path) => void ignored.add(path),
      writeLog: (text) => {
        logs.set('log', text);
        return 'log';
      },
      dispose: () => undefined,
    };
  });
});
