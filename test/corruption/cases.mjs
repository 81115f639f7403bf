import { targets } from './targets/index.mjs';

/** Every class of damage of every target, in turn: so they are spread evenly. */
export function casesOf(only) {
  return targets.filter(({ name }) => only === undefined || name === only).flatMap((target) => target.classes.map((damage) => ({ target, damage })));
}
