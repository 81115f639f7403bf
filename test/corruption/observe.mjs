import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { findLeftovers, findWrong, saveResult, takeSnapshot, writeOutputs } from './world.mjs';

/**
 * Asks for a result as a run does, and judges all that can be seen: it is right, or it is a miss that changed nothing, says
 * why (`isNamed`) and is gone; nothing outside the workspace was touched; nothing is left lying about.
 */
export async function askFor(world, result, { isNamed, check }) {
  const before = takeSnapshot(world.folder);
  const store = world.open();
  const found = store.find(result.key);
  const placed = found.kind === 'hit' ? await store.place(found.result, { keep: new Set() }) : undefined;
  store.keep();
  const isRestored = placed?.kind === 'placed';
  const reason = isRestored ? '' : (placed?.reason ?? found.reason ?? '');
  const after = takeSnapshot(world.folder);
  if (isRestored) {
    const wrong = findWrong(world, result);
    check('wrong restores', wrong === undefined, wrong);
    check('files outside the workspace', withoutWorkspace(after) === withoutWorkspace(before), 'something outside has changed');
  } else {
    check('changes by a miss', after === before, `${reason} — and the workspace is another`);
    check('misses without a reason', !isNamed || /damaged|missing|another version|could not be|is a link/u.test(reason), JSON.stringify(found));
  }
  const leftovers = findLeftovers(world.folder);
  check('leftovers', leftovers.length === 0, leftovers.join(', '));
  return { isRestored, reason, isDamage: placed === undefined ? found.damaged === true : placed.damaged === true };
}

/** After a miss for damage the step runs, and what it makes is kept as if nothing had been. */
export async function heal(world, result, { check, isFound = false }) {
  const again = world.open().find(result.key);
  check('damaged entries that stay', isFound ? again.kind === 'hit' : again.kind === 'miss' && again.damaged !== true, JSON.stringify(again));
  rmSync(join(world.workspace, result.step), { recursive: true, force: true });
  writeOutputs(world, result);
  await saveResult(world, result);
  rmSync(join(world.workspace, result.step), { recursive: true, force: true });
  const { isRestored, reason } = await askFor(world, result, { isNamed: true, check });
  check('damage that does not heal', isRestored, reason);
}

/** The other result was not touched: it comes back. */
export async function control(world, { check }) {
  rmSync(join(world.workspace, world.bystander.step), { recursive: true, force: true });
  const { isRestored, reason } = await askFor(world, world.bystander, { isNamed: true, check });
  check('hits that are none', isRestored, reason);
}

function withoutWorkspace(snapshot) {
  return snapshot.split('\n/').filter((line) => !line.startsWith('workspace/')).join('\n');
}
