import { fork } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createRandom, seedOf } from '../fuzz/random.mjs';
import { findLeftovers } from './world.mjs';

const fileCount = 150;

/** Processes that are killed while they save, or while they restore: what is there afterwards is whole, or not there. */
export async function killWhileWorking({ folder, scratch, seed, kills }) {
  const load = (path) => import(pathToFileURL(join(folder, path)).href);
  const modules = { ...(await load('adapters/local/store/directory-result-store.js')), ...(await load('adapters/local/store/store-layout.js')) };
  const faults = [];
  const endings = { save: new Map(), restore: new Map() };
  // How long the work takes here, as it was seen last: kills fall before, into and behind it.
  const lengths = { save: 100, restore: 100 };
  for (let index = 0; index < kills; index++) {
    const work = index % 2 === 0 ? 'save' : 'restore';
    const check = (what, holds, detail) => {
      if (!holds) faults.push({ index: `kill ${index}`, what, detail: `${work}: ${detail}` });
    };
    const ending = await killOnce({ at: join(scratch, `kill-${index}`), work, random: createRandom(seedOf(seed, 1_000_000 + index)), folder, modules, lengths, check });
    endings[work].set(ending, (endings[work].get(ending) ?? 0) + 1);
  }
  return { faults, lines: Object.entries(endings).map(([work, counts]) => `${`killed in a ${work}`.padEnd(25)} ${String([...counts.values()].reduce((sum, each) => sum + each, 0)).padStart(7)}  ${[...counts].sort().map(([ending, times]) => `${ending} ${times}`).join(', ')}`) };
}

async function killOnce({ at, work, random, folder, modules, lengths, check }) {
  const workspace = join(at, 'workspace');
  mkdirSync(join(workspace, 'dist'), { recursive: true });
  const texts = new Map(Array.from({ length: fileCount }, (_, index) => [`dist/${index}`, `${index} ${random.next()}`.repeat(1 + random.below(200))]));
  for (const [path, text] of texts) writeFileSync(join(workspace, path), text);
  const open = () => modules.openDirectoryResultStore({ ...modules.locateStore(join(at, 'state')), workspace, domains: { write: 'local', read: ['local'] }, isIgnored: () => false, now: Date.now });
  if (work === 'restore') {
    lengths.save = (await runChild({ folder, at, work: 'save' })).ms;
    // Half of it is gone, half of it another.
    for (const [path, text] of texts) if (random.chance(0.5)) rmSync(join(workspace, path)); else if (random.chance(0.5)) writeFileSync(join(workspace, path), `old ${text.length}`);
  }
  const before = new Map([...texts.keys()].map((path) => [path, read(join(workspace, path))]));
  const { isKilled, ms } = await runChild({ folder, at, work, killAfterMs: random.next() * 1.2 * lengths[work] });
  if (!isKilled) lengths[work] = ms;
  const store = open();
  check('leftovers', findLeftovers(at).length === 0, findLeftovers(at).slice(0, 3).join(', '));
  const torn = work === 'restore' ? [...texts].filter(([path, text]) => ![text, before.get(path)].includes(read(join(workspace, path)))) : [];
  check('wrong restores', torn.length === 0, `${torn.length} files are neither the old nor the new`);
  const found = store.find('a'.repeat(64));
  check('misses without a reason', found.kind === 'hit' || (work === 'save' && found.reason === undefined), JSON.stringify(found).slice(0, 200));
  if (found.kind === 'hit') {
    rmSync(join(workspace, 'dist', '0'), { force: true });
    const placed = await store.place(found.result, { keep: new Set() });
    const wrong = [...texts].filter(([path, text]) => read(join(workspace, path)) !== text);
    check('wrong restores', placed.kind === 'placed' && wrong.length === 0, `${JSON.stringify(placed)}, ${wrong.length} files`);
  }
  store.keep();
  check('leftovers', findLeftovers(at).length === 0, findLeftovers(at).slice(0, 3).join(', '));
  rmSync(at, { recursive: true, force: true });
  return `${isKilled ? 'in the middle' : 'too late'}, then ${found.kind === 'hit' ? 'whole' : 'none'}`;
}

/** Answers whether it was killed before it was done, and how long that took from when it began. */
function runChild({ folder, at, work, killAfterMs }) {
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(new URL('./working-process.mjs', import.meta.url)), [JSON.stringify({ folder, at, work })], { execArgv: [] });
    let began = performance.now();
    child.on('message', (message) => {
      began = performance.now();
      if (message === 'begin' && killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    });
    child.on('exit', (_, signal) => resolve({ isKilled: signal === 'SIGKILL', ms: performance.now() - began }));
  });
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
