import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openGithubResultStore } from '../../src/adapters/github/results/github-result-store.js';
import { openFolderResultPacks } from '../../src/adapters/local/result-pack/folder-result-packs.js';
import { locateStore } from '../../src/adapters/local/store/store-layout.js';
import { createSystemClock } from '../../src/adapters/local/system-clock.js';
import { createMemoryRemoteCache } from '../fakes/memory-remote-cache.js';
import { createFakeResultStore, createFakeShelf, type FakeFile } from '../fakes/fake-result-store.js';
import { createStoreFolder } from '../rig/store-folder.js';
import { describeResultStore, type StoreSubject } from './result-store-contract.js';

const local = { write: 'local', read: ['local'] };

describe('a store in a folder', () => {
  describeResultStore((): StoreSubject => {
    const folder = createStoreFolder();
    return {
      ...folder,
      seesOtherDomains: true,
      open: (domains = local) => folder.open({ domains }),
      ignore: (path) => void folder.ignored.add(path),
      writeLog: (text) => {
        writeFileSync(join(folder.root, 'log'), text);
        return join(folder.root, 'log');
      },
    };
  });
});

describe('a store on GitHub, as jobs have it of which none finds what the one before had on its disk', () => {
  describeResultStore((): StoreSubject => {
    const folder = createStoreFolder();
    const cache = createMemoryRemoteCache();
    let jobs = 0;
    return {
      ...folder,
      seesOtherDomains: false,
      open: (domains = local) => {
        const place = locateStore(join(folder.root, `job-${(jobs += 1)}`));
        const store = openGithubResultStore({
          local: folder.open({ domains, ...place }),
          packs: openFolderResultPacks({ storeFolder: place.folder, tollgateVersion: '1.0.0' }),
          cache,
          domains,
          owner: { workflow: 'ci', parts: '', cell: 'build', run: '1', turn: `1-${jobs}` },
          folder: join(folder.root, 'transfer'),
          after: createSystemClock().after,
        });
        return {
          ...store,
          save: async (result, from) => {
            const saved = await store.save(result, from);
            await store.uploads.settle();
            return saved;
          },
          // The memory of a service answers at once: a withdrawal, too, is there when the next job begins.
          withdraw: (key) => {
            store.withdraw(key);
            void store.uploads.settle();
          },
        };
      },
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
      seesOtherDomains: true,
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
