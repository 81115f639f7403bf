import { damages, swap } from '../damage.mjs';
import { askFor, control, heal } from '../observe.mjs';
import { oddFiles } from '../odd-files.mjs';
import { createWorld, digestOf, setSituation, situations } from '../world.mjs';

/** The content of one output file in the store. */
export const blob = {
  name: 'blob',
  classes: ['flip', 'truncate', 'delete', 'swap', 'poison'],
  run: async (bench) => {
    const { random, check, damage, turn } = bench;
    const world = await createWorld(bench);
    const files = [...world.victim.outputs].filter(([, { kind }]) => kind === 'file');
    const [path, { bytes }] = random.pick(files);
    const blobOf = (each) => world.layout.blobOf(digestOf(each));
    const odd = Object.keys(oddFiles)[turn % Object.keys(oddFiles).length];
    const others = files.filter(([each]) => each !== path);
    const did = {
      swap: () => (others.length === 0 ? damages.flip(blobOf(bytes), random) : swap(blobOf(bytes), blobOf(random.pick(others)[1].bytes))),
      poison: () => (oddFiles[odd](blobOf(bytes), world.outside), odd),
    }[damage]?.() ?? damages[damage]?.(blobOf(bytes), random);
    const situation = random.pick(situations);
    setSituation(world, world.victim, situation, random);
    const { isRestored, reason, isDamage } = await askFor(world, world.victim, { isNamed: true, check });
    const isHarmless = odd === 'a setuid program of the same content' && damage === 'poison';
    check('damage that was not seen', isRestored ? situation !== 'absent' || isHarmless : isDamage, `${did}, ${situation}: ${reason}`);
    if (!isRestored) await heal(world, world.victim, { check });
    await control(world, { check });
    return { did, ending: isRestored ? 'right without it' : 'a miss, named' };
  },
};
