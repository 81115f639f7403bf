// Saves the outputs of a step, or restores them, and may be killed at any moment.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { folder, at, work } = JSON.parse(process.argv[2]);
const load = (path) => import(pathToFileURL(join(folder, path)).href);
const { openDirectoryResultStore } = await load('adapters/local/store/directory-result-store.js');
const { locateStore } = await load('adapters/local/store/store-layout.js');
const store = openDirectoryResultStore({ ...locateStore(join(at, 'state')), workspace: join(at, 'workspace'), domains: { write: 'local', read: ['local'] }, isIgnored: () => false, now: Date.now });
const key = 'a'.repeat(64);
await new Promise((resolve) => process.send('begin', resolve));
if (work === 'save') await store.save({ key, workflow: 'w', step: 's', definition: key, tollgateVersion: '0', createdAt: 0, durationMs: 0, exitCode: 0, stdout: '', outputs: {}, costUsd: 0, tokens: 0, folders: ['dist'], log: null }, { paths: ['dist'], log: null, holdsSecret: null });
else await store.place(store.find(key).result, { keep: new Set() });
store.keep();
process.disconnect();
