import { lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { damages, swap } from '../damage.mjs';
import { askFor, control } from '../observe.mjs';
import { oddFiles } from '../odd-files.mjs';
import { createWorld, digestOf, findWrong, setSituation, situations, takeSnapshot } from '../world.mjs';

/** What is known of the files in the workspace: when it is damaged all is looked at again, and nothing is missed. */
export const placedIndex = {
  name: 'placed index',
  classes: ['flip', 'truncate', 'delete', 'swap', 'poison'],
  run: async (bench) => {
    const { random, check, damage, folder } = bench;
    const world = await createWorld(bench);
    const path = world.placedIndexFile;
    setSituation(world, world.victim, random.pick(situations), random);
    const did = await { swap: () => swapWithAnother(bench, path), poison: () => poison(world, bench) }[damage]?.() ?? damages[damage]?.(path, random);
    // A file of somebody's own, in the folder that is an output as a whole.
    const mine = join(world.workspace, world.victim.step, 'mine');
    const isInWay = world.victim.isWhole && random.chance(0.3);
    if (isInWay) {
      mkdirSync(join(world.workspace, world.victim.step), { recursive: true });
      writeFileSync(mine, 'mine');
    }
    const before = takeSnapshot(folder);
    const { isRestored, reason } = isInWay ? await askInVain(world, { check, before }) : await askFor(world, world.victim, { isNamed: true, check });
    check('hits that are none', isRestored || isInWay, `${did}: ${reason}`);
    if (isInWay) {
      check('files of others that are gone', lstatSync(mine, { throwIfNoEntry: false })?.isFile() === true && readFileSync(mine, 'utf8') === 'mine', did);
      rmSync(mine);
    }
    const again = await askFor(world, world.victim, { isNamed: true, check });
    check('hits that are none', again.isRestored && findWrong(world, world.victim) === undefined, again.reason);
    await control(world, { check });
    return { did, ending: isInWay ? 'a miss, named' : 'right' };
  },
};

async function askInVain(world, { check, before }) {
  const store = world.open();
  const placed = await store.place(store.find(world.victim.key).result, { keep: new Set() });
  store.keep();
  check('misses without a reason', placed.kind === 'miss' && placed.reason.includes('/mine '), JSON.stringify(placed));
  check('changes by a miss', takeSnapshot(world.folder) === before, placed.reason);
  return { isRestored: false, reason: placed.reason };
}

async function swapWithAnother(bench, path) {
  const other = await createWorld({ ...bench, folder: `${bench.folder}/state/another` });
  return swap(path, other.placedIndexFile);
}

/** A right checksum over lies: of what lies elsewhere, of what was there at other times, of whose it is. */
function poison(world, { random, modules }) {
  if (random.chance(0.3)) {
    const odd = random.pick(Object.keys(oddFiles));
    oddFiles[odd](world.placedIndexFile, world.outside);
    return odd;
  }
  const entries = modules.readPlaced(readFileSync(world.placedIndexFile));
  const lie = random.pick(['other contents at other times', 'other owners', 'paths outside', 'times to come', 'a million entries of nothing', 'another format']);
  for (const [path, entry] of [...entries]) {
    if (lie === 'other contents at other times') entries.set(path, { ...entry, content: digestOf('lie'), stamp: { ...entry.stamp, ctimeMs: entry.stamp.ctimeMs - 1000 } });
    if (lie === 'other owners') entries.set(`${world.victim.step}/mine`, { ...entry, owner: `corruption\n${world.victim.step}`, content: digestOf('lie') });
    if (lie === 'paths outside') entries.set(`../outside/file`, entry).set('/etc/passwd', entry).set('', entry);
    if (lie === 'times to come') entries.set(path, { ...entry, content: digestOf('lie'), seenAt: 1e300, stamp: { ...entry.stamp, ino: -1 } });
  }
  const bytes = modules.writePlaced(entries);
  if (lie === 'a million entries of nothing') bytes.writeDoubleLE(1e6, 40);
  if (lie === 'another format') bytes.writeDoubleLE(9, 32);
  const body = bytes.subarray(32);
  writeFileSync(world.placedIndexFile, Buffer.concat([Buffer.from(digestOf(body), 'hex'), body]));
  return lie;
}
