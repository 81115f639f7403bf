// One case after the other, on the sources that were staged: `process.send` tells each before and after.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRandom, seedOf } from '../fuzz/random.mjs';
import { casesOf } from './cases.mjs';

const { folder, scratch, seed, only } = JSON.parse(process.argv[2]);
const load = (path) => import(pathToFileURL(join(folder, path)).href);
const modules = Object.assign({}, ...(await Promise.all(['adapters/local/store/directory-result-store.js', 'adapters/local/store/store-layout.js', 'adapters/local/store/placed-bytes.js', 'adapters/local/plan-store.js', 'adapters/local/workspace-files/open-workspace-files.js', 'adapters/local/workspace-files/index-form.js', 'core/journal/journal-line.js', 'adapters/local/run-folder/journal/read-journal.js', 'adapters/local/run-folder/journal/set-aside.js', 'adapters/local/run-folder/journal/open-epoch.js'].map(load))));
const cases = casesOf(only);

process.on('message', async ({ from, to }) => {
  for (let index = from; index < to; index++) {
    process.send({ kind: 'begin', index });
    process.send({ kind: 'end', index, ...(await runCase(index)) });
  }
  process.send({ kind: 'idle' });
});

async function runCase(index) {
  const { target, damage } = cases[index % cases.length];
  const at = join(scratch, `case-${index}`);
  const faults = [];
  const check = (what, holds, detail) => {
    if (!holds) faults.push({ what, detail: String(detail) });
  };
  const began = performance.now();
  let outcome = { did: '?', ending: 'a fault' };
  try {
    outcome = await target.run({ damage, turn: Math.floor(index / cases.length), folder: at, random: createRandom(seedOf(seed, index)), modules, check });
  } catch (error) {
    check('faults that were thrown', false, error.stack);
  } finally {
    rmSync(at, { recursive: true, force: true });
  }
  return { target: target.name, damage, faults, ms: performance.now() - began, ...outcome };
}
