import { expect, test } from '@jest/globals';
import { findForeignPrograms } from '../../src/core/script/find-foreign-programs.js';
import { handOver } from '../../src/core/script/hand-over.js';
import { commandForPerson } from '../../src/core/script/command-for-person.js';
import { partsOf } from './parts-of.js';
import { createChance } from './seeded-chance.js';

const long = process.env.TOLLGATE_LONG === '1';
const seed = Number(process.env.TOLLGATE_SEED ?? (long ? Date.now() % 1_000_000_000 : 4711));
const TEXTS = long ? 200_000 : 1_500;

const TOKENS = [
  '‹›', '‹›', '‹›', '‹n›', '‹b›', ' ', ' ', ' ', '\n', '\n', '\t', '"', '"', "'", '`', '\\', '\\\n', '$', '$(', '$((', '))', ')', '(', '((', '${', '}', '{ ', ' }', '$\'', '$"', '<<E', "<<'E'", '<<-E', '\nE\n', '<<<', '<(', '>', '>&', '2>', '&>', '|', '||', '&&', '&', ';', ';;', '#', ' # ',
  'if ', ' then ', ' fi', ' do ', ' done', 'for x in ', 'case x in ', ' esac', 'while ', 'function f ', 'f() ', '[[ ', ' ]]', ' -eq ', ' =~ ', '[ ', ' ]', ' -v ', 'x=', 'a[', ']=', 'a=(', '@(', '!', 'eval ', 'trap ', 'bash -c ', 'declare -i ', 'local ', 'read ', 'printf ', 'unset ', 'echo ', 'x', 'N', '1', ':', '-', ',', '{a,', '..', '*', '?', '~', '=', '+', '@', '%', '/', 'é', '🜁', '\u0001', '\r',
];

test(`garbage around values never throws, and what is accepted has every value in quotes (TOLLGATE_SEED=${seed})`, () => {
  const chance = createChance(seed);
  const counts = { accepted: 0, refused: 0 };
  for (let index = 0; index < TEXTS; index++) {
    const command = Array.from({ length: 1 + chance.below(25) }, () => chance.pick(TOKENS)).join('');
    const parts = partsOf(command);
    const shell = chance.pick(['bash', 'sh'] as const);
    const result = handOver(parts, shell);
    findForeignPrograms(parts);
    commandForPerson(parts, parts.map(() => 'v'));
    if (result.kind === 'refused') {
      counts.refused++;
      for (const problem of result.refusals) expect(parts.some((part) => part.kind === 'value' && part.at === problem.at)).toBe(true);
    } else {
      counts.accepted++;
      expect(result.ok.script).not.toContain('\0');
      for (const { name } of result.ok.variables) expect(result.ok.script.split(name).length).toBe(2);
    }
  }
  process.stdout.write(`hand-over: garbage: ${counts.accepted} accepted, ${counts.refused} refused of ${TEXTS}, seed ${seed}\n`);
  expect(counts.accepted).toBeGreaterThan(TEXTS / 100);
}, long ? 600_000 : 20_000);

test('time grows with the length of a command, whatever it is made of', () => {
  const units = ['echo ‹›\n', '$(', '((', '${x:-', '‹›', '"‹›', '\\‹›', '`', 'cat <<E\n‹›\nE\n', '<<A ', 'sh|', 'echo ‹›|sh;', 'a=$b$c‹› ', 'f(){ :;};f ‹›;$1;', 'read x <<< ‹›;', '[ ‹› ‹› ];', '{a,‹›} ', '"${c[@]}";c+=(‹›);', 'a=‹›;"$a" ‹›;', 'while x; do shift; done;', 'cat <<E\nE\\\n', 'x=`a b $c`;'];
  for (const unit of long ? units : units.filter((_, index) => index % 4 === 0)) {
    const measure = (size: number): number => {
      const parts = partsOf(`${unit.repeat(Math.ceil(size / unit.length))} echo ‹›`);
      const before = process.cpuUsage().user;
      handOver(parts, 'bash');
      return (process.cpuUsage().user - before) / 1000;
    };
    // Quadratic time would need eight seconds and more for some of these.
    expect({ unit, slow: measure(100_000) > 3_000 }).toEqual({ unit, slow: false });
  }
}, 60_000);
