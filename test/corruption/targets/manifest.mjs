import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { damages, swap } from '../damage.mjs';
import { askFor, control, heal } from '../observe.mjs';
import { oddFiles } from '../odd-files.mjs';
import { poisons, sign } from '../poisons.mjs';
import { createWorld, saveResult, setSituation, situations } from '../world.mjs';

/** The manifest of a result. */
export const manifest = {
  name: 'manifest',
  classes: ['flip', 'truncate', 'delete', 'swap', 'poison'],
  run: async (bench) => {
    const world = await createWorld(bench);
    // There are more kinds of poison than of anything else: several in one world.
    const parts = bench.damage === 'poison' ? [0, 1, 2].map((part) => bench.turn * 3 + part) : [bench.turn];
    const outcomes = [];
    for (const turn of parts) outcomes.push(await damageOnce(world, { ...bench, turn }));
    await control(world, bench);
    return { did: outcomes.map(({ did }) => did).join(', '), ending: outcomes[0].ending };
  },
};

async function damageOnce(world, bench) {
  const { random, check, damage } = bench;
  const path = world.layout.resultOf({ domain: 'local', key: world.victim.key });
  const did = await { swap: () => swapWithAnother(world, path, bench), poison: () => poison(world, path, bench) }[damage]?.() ?? damages[damage]?.(path, random);
  setSituation(world, world.victim, random.pick(situations), random);
  const { isRestored, reason, isDamage } = await askFor(world, world.victim, { isNamed: damage !== 'delete', check });
  const isForeign = did === 'another version';
  const isHarmless = did === 'a setuid program of the same content';
  // There the workspace is at fault, and the result stays.
  const isBlocked = did === throughALink;
  check('damage that was not seen', damage === 'delete' ? reason === '' : isHarmless || (!isRestored && (isDamage || isForeign || isBlocked)), `${did}: ${reason}`);
  if (isBlocked) rmSync(join(world.workspace, 'way'));
  if (!isRestored) await heal(world, world.victim, { check, isFound: isBlocked });
  return { did, ending: isRestored ? 'right' : damage === 'delete' ? 'a miss' : 'a miss, named' };
}

/** With the result of another key, or the same key's in another domain. */
async function swapWithAnother(world, path, { random }) {
  const other = { ...world.victim, key: world.victim.key.split('').reverse().join('') };
  if (random.chance(0.5)) {
    await saveResult(world, other);
    return `${swap(path, world.layout.resultOf({ domain: 'local', key: other.key }))} with another key`;
  }
  const elsewhere = world.layout.resultOf({ domain: 'fork:1', key: world.victim.key });
  mkdirSync(dirname(elsewhere), { recursive: true });
  const text = readFileSync(path, 'utf8').slice(65).replace('"domain":"local"', '"domain":"fork:1"');
  writeFileSync(elsewhere, sign(text));
  return `${swap(path, elsewhere)} with another domain`;
}

const throughALink = 'a file below a folder that is a link';
const kinds = [...Object.keys(poisons), throughALink, ...Object.keys(oddFiles)];

function poison(world, path, { turn }) {
  const name = kinds[turn % kinds.length];
  if (name in oddFiles) {
    oddFiles[name](path, world.outside);
    return name;
  }
  const fields = JSON.parse(readFileSync(path, 'utf8').slice(65));
  if (name !== throughALink) writeFileSync(path, sign(poisons[name](fields)));
  else {
    writeFileSync(path, sign({ ...fields, files: [...fields.files, { ...fields.files.find(({ kind }) => kind === 'file'), path: 'way/out/file' }], folders: [] }));
    symlinkSync(dirname(world.outside), join(world.workspace, 'way'));
  }
  return name;
}
