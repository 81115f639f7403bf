import { expect, test } from '@jest/globals';
import { handOver } from '../../src/core/script/hand-over.js';
import type { Shell } from '../../src/core/script/hand-over.js';
import { renderVariables } from '../../src/core/script/render-variables.js';
import { generateScript } from './generate-script.js';
import { runShell } from './run-shell.js';
import { createChance } from './seeded-chance.js';

const long = process.env.TOLLGATE_LONG === '1';
const seed = Number(process.env.TOLLGATE_SEED ?? (long ? Date.now() % 1_000_000_000 : 20260915));
const STATEMENTS = 40;
/** Scripts per shell; with their nesting, a statement holds some seven values. */
const SCRIPTS = long ? 250 : 6;

for (const shell of ['bash', 'sh'] as const) {
  test(`random scripts × hostile values arrive byte for byte in ${shell} (TOLLGATE_SEED=${seed})`, () => {
    const counts = { values: 0, statements: 0 };
    for (let index = 0; index < SCRIPTS; index++) runOne(shell, seed + index, counts);
    process.stdout.write(`hand-over: ${shell}: ${counts.values} values in ${counts.statements} statements of ${SCRIPTS} scripts, seed ${seed}\n`);
    expect(counts.values).toBeGreaterThan(SCRIPTS * STATEMENTS * 3);
  }, long ? 3_600_000 : 60_000);
}

function runOne(shell: Shell, oneSeed: number, counts: { values: number; statements: number }): void {
  const made = generateScript(createChance(oneSeed), shell, STATEMENTS);
  const result = handOver(made.parts, shell);
  if (result.kind === 'refused') throw new Error(`seed ${oneSeed}: ${JSON.stringify(result.refusals)}`);
  const rendered = renderVariables(result.ok, made.values);
  if (rendered.kind === 'refused') throw new Error(`seed ${oneSeed}: ${JSON.stringify(rendered.problems)}`);
  const run = runShell(shell, result.ok.script, rendered.environment);
  expect({ seed: oneSeed, left: run.left }).toEqual({ seed: oneSeed, left: [] });
  const wrong = made.arrives.findIndex((text, index) => text !== run.arrived[index]);
  if (wrong !== -1 || run.arrived.length !== made.arrives.length) {
    throw new Error(`seed ${oneSeed}, text ${wrong} of ${made.arrives.length}: expected ${JSON.stringify(made.arrives[wrong])}, got ${JSON.stringify(run.arrived[wrong])}\n${run.stderr.slice(0, 2000)}`);
  }
  counts.values += result.ok.variables.length;
  counts.statements += STATEMENTS;
}
