// How much of the language's core the tests hold: `npm run test:mutation [-- --sample n] [-- --seed n]`.
// The whole takes hours and runs nightly; `--sample n` mutates n stretches of ten lines, chosen by chance from the seed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from '../test/fuzz/random.mjs';
import { root } from './stage-sources.mjs';

const { values } = parseArgs({ options: { sample: { type: 'string' }, seed: { type: 'string' } } });
const base = join(root, '.ci', 'stryker.json');
const scratch = mkdtempSync(join(tmpdir(), 'tollgate-mutation-'));

try {
  let config = base;
  if (values.sample !== undefined) {
    const seed = Number(values.seed ?? Date.now() % 1_000_000);
    const stretches = pickStretches(Number(values.sample), createRandom(seed));
    console.log(`mutation: ${stretches.length} stretches of ten lines, seed ${seed}`);
    config = join(scratch, 'stryker.json');
    writeFileSync(config, JSON.stringify({ ...JSON.parse(readFileSync(base, 'utf8')), mutate: stretches }));
  }
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js'), 'run', config], { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** Every line of the mutated files is as likely as any other. */
function pickStretches(count, random) {
  const lines = mutatedFiles().flatMap((file) => Array.from({ length: Math.ceil(readFileSync(file, 'utf8').split('\n').length / 10) }, (_, index) => `${relative(root, file)}:${index * 10 + 1}-${index * 10 + 10}`));
  const picked = new Set();
  while (picked.size < Math.min(count, lines.length)) picked.add(random.pick(lines));
  return [...picked].sort();
}

function mutatedFiles() {
  const leftOut = /\.test\.ts$|-codes\.ts$|-pages\.ts$|\/definition\/(?:rules|schema)\//u;
  return ['definition', 'expression', 'script'].flatMap((name) => {
    const folder = join(root, 'src', 'core', name);
    return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.ts')).map((entry) => join(entry.parentPath, entry.name)).filter((file) => !leftOut.test(file)).sort();
  });
}
