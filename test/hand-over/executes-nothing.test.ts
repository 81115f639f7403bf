import { expect, test } from '@jest/globals';
import { handOver } from '../../src/core/script/hand-over.js';
import { cases } from './cases.js';
import { partsOf } from './parts-of.js';
import { PROGRAMS, runTogether } from './run-shell.js';
import type { PlacedScript } from './run-shell.js';
import { createChance } from './seeded-chance.js';
import type { Chance } from './seeded-chance.js';

const long = process.env.TOLLGATE_LONG === '1';
const seed = Number(process.env.TOLLGATE_SEED ?? (long ? Date.now() % 1_000_000_000 : 1234));
const SCRIPTS = long ? 20_000 : 100;

/** What could reach beyond the empty folder in which a script runs. */
const REACHING = /kill|\$OUT|\/dev\/|\brm\b|\/w\b|ulimit|umask|\/proc/;
/** Fixed program text that runs its arguments as a command is its author's own doing. */
const OWN = /-c\s*'[^']*\$[@*0-9]/;
const corpus = cases.map(([command]) => command).filter((command) => !REACHING.test(command));

/** Each leaves a file `canary` where it is run, evaluated or taken for what it is not. */
const VALUES = [
  'a[$(touch canary)]', '$(touch canary)', 'touch canary', '`touch canary`', '-va[$(touch canary)]', '"; touch canary; "', "'; touch canary; '", ') touch canary; (', '\ntouch canary\n', '($(touch canary))', 'eval', '-v', '-c', 'E\ntouch canary', 'N', 'x',
  '-v a[$(touch${IFS}canary)]', 'eval touch canary', '} ; touch canary #', ';; esac; touch canary #', '-Stouch canary',
];

test(`commands that are taken apart and put together anew run no value (TOLLGATE_SEED=${seed})`, () => {
  const chance = createChance(seed);
  const accepted: (PlacedScript & { readonly command: string })[] = [];
  let tried = 0;
  while (accepted.length < SCRIPTS) {
    tried++;
    const command = mutate(chance);
    const result = handOver(partsOf(command), 'bash');
    if (result.kind === 'refused' || result.ok.variables.length === 0 || REACHING.test(command) || OWN.test(command)) continue;
    const variables = Object.fromEntries(result.ok.variables.map(({ name, type, as }) => [name, type === 'other' ? chance.pick(VALUES) : as === 'text' && type === 'boolean' ? 'true' : '1']));
    accepted.push({ command, script: result.ok.script, variables });
  }
  const fired: unknown[] = [];
  for (let from = 0; from < accepted.length; from += 1_000) {
    const some = accepted.slice(from, from + 1_000);
    for (const [index, run] of runTogether(some, PROGRAMS).entries()) if (run.left.includes('canary')) fired.push(some[index]);
  }
  process.stdout.write(`hand-over: ${accepted.length} of ${tried} recombined commands accepted and run, seed ${seed}\n`);
  expect(fired).toEqual([]);
}, long ? 3_600_000 : 60_000);

/** Takes one to three commands apart at blanks, quotes and brackets, and swaps, drops and repeats pieces. */
function mutate(chance: Chance): string {
  const pieces = Array.from({ length: 1 + chance.below(3) }, () => chance.pick(corpus)).join(chance.pick(['\n', '; ', ' ', ' && ', ' | '])).split(/(?<=[\s"'(){};|$=[\]])|(?=[\s"'(){};|$=[\]])/);
  for (let times = chance.below(4); times > 0; times--) {
    const at = chance.below(pieces.length);
    const other = chance.below(pieces.length);
    const what = chance.below(4);
    if (what === 0) pieces.splice(at, 1);
    else if (what === 1) pieces.splice(at, 0, pieces[other] ?? '');
    else if (what === 2) pieces[at] = pieces[other] ?? '';
    else pieces.splice(at, 0, '‹›');
  }
  return pieces.join('');
}
