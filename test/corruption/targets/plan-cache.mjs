import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { isDeepStrictEqual } from 'node:util';
import { damages, swap } from '../damage.mjs';
import { oddFiles } from '../odd-files.mjs';
import { digestOf } from '../world.mjs';

/** Checked workflows: one that is damaged is none, and the workflow is checked again. */
export const planCache = {
  name: 'plan cache',
  classes: ['flip', 'truncate', 'delete', 'swap', 'poison'],
  run: async ({ folder, random, check, damage, modules }) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'outside'), 'nobody may touch this');
    const store = modules.openPlanStore(join(folder, 'state'));
    const plans = new Map([0, 1].map((index) => [digestOf(`${index} ${random.next()}`), { steps: Array.from({ length: 1 + random.below(2000) }, (_, at) => ({ id: `step-${at}`, at: random.next() })), table: new Map([[index, 'x']]) }]));
    for (const [key, plan] of plans) store.write(key, plan);
    const [victim, bystander] = [...plans.keys()];
    const path = (key) => join(folder, 'state', 'plans', key);
    const did = { swap: () => swap(path(victim), path(bystander)), poison: () => poison(path(victim), { random, outside: join(folder, 'outside') }) }[damage]?.() ?? damages[damage]?.(path(victim), random);
    const read = store.read(victim);
    const isHarmless = /of the same content$/u.test(did) && isDeepStrictEqual(read, plans.get(victim));
    check('wrong restores', read === undefined || isHarmless, `${did}: ${JSON.stringify(read)?.slice(0, 100)}`);
    if (damage !== 'swap') check('hits that are none', isDeepStrictEqual(store.read(bystander), plans.get(bystander)), 'the other plan is gone');
    // The first write may find what cannot be replaced; it is out of the way then.
    for (let time = 0; time < 2; time++) store.write(victim, plans.get(victim));
    check('damage that does not heal', isDeepStrictEqual(store.read(victim), plans.get(victim)), did);
    check('files outside the workspace', readFileSync(join(folder, 'outside'), 'utf8') === 'nobody may touch this', did);
    const names = readdirSync(join(folder, 'state', 'plans')).filter((name) => !plans.has(name) && name !== `${victim}0`);
    check('leftovers', names.length === 0, names.join(', '));
    return { did, ending: read === undefined ? 'checked again' : 'right' };
  },
};

function poison(path, { random, outside }) {
  if (random.chance(0.4)) {
    const odd = random.pick(Object.keys(oddFiles));
    oddFiles[odd](path, outside);
    return odd;
  }
  const content = random.pick([Buffer.from('no plan'), Buffer.alloc(0), serialize({ steps: 'of somebody else' }), Buffer.alloc(1000, 0xff)]);
  writeFileSync(path, Buffer.concat([Buffer.from(digestOf(content), 'hex'), content]));
  return 'the checksum of the content alone';
}
