// How much of the language's core the tests hold: `npm run test:mutation [-- --area name] [-- --sample n] [-- --seed n]`.
// The whole takes hours and runs nightly; `--sample n` mutates n stretches of ten lines, chosen by chance from the seed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from '../test/fuzz/random.mjs';
import { root } from './stage-sources.mjs';

const { values } = parseArgs({ options: { area: { type: 'string' }, sample: { type: 'string' }, seed: { type: 'string' } } });
const base = JSON.parse(readFileSync(join(root, '.ci', 'stryker.json'), 'utf8'));
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const random = createRandom(seed);
const scratch = mkdtempSync(join(tmpdir(), 'tollgate-mutation-'));
/** What is mutated, with the suites that are meant to hold it; only these are loaded for each mutant. */
const areas = ['definition', 'expression', 'script'].filter((area) => values.area === undefined || values.area === area);
const found = new Map();

try {
  if (values.sample !== undefined) console.log(`mutation: ${values.sample} stretches of ten lines, seed ${seed}`);
  const stretches = values.sample === undefined ? undefined : pickStretches(Number(values.sample));
  for (const area of areas) runArea(area, stretches?.filter((stretch) => stretch.startsWith(`src/core/${area}/`)));
  report();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function runArea(area, stretches) {
  if (stretches?.length === 0) return;
  const reportFile = join(scratch, `${area}.json`);
  const config = join(scratch, 'stryker.json');
  const mutate = stretches ?? base.mutate.map((pattern) => pattern.replace('{definition,expression,script}', area));
  writeFileSync(config, JSON.stringify({ ...base, mutate, jsonReporter: { fileName: reportFile }, thresholds: { ...base.thresholds, break: null } }));
  const stryker = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
  const { status } = spawnSync(process.execPath, [stryker, 'run', config], { cwd: root, stdio: 'inherit', env: { ...process.env, TOLLGATE_MUTATION_AREA: area } });
  if (status !== 0) throw new Error(`the mutation run of ${area} ended with ${status}`);
  const { files } = JSON.parse(readFileSync(reportFile, 'utf8'));
  found.set(area, Object.values(files).flatMap((file) => file.mutants.map((mutant) => mutant.status)));
}

function report() {
  console.log('\n| folder | mutants | killed | timed out | survived | not covered | score |\n|---|---:|---:|---:|---:|---:|---:|');
  const score = (statuses) => {
    const of = (name) => statuses.filter((status) => status === name).length;
    const [killed, timedOut, survived, uncovered] = ['Killed', 'Timeout', 'Survived', 'NoCoverage'].map(of);
    const share = (100 * (killed + timedOut)) / Math.max(1, killed + timedOut + survived + uncovered);
    return { share, line: `${killed + timedOut + survived + uncovered} | ${killed} | ${timedOut} | ${survived} | ${uncovered} | ${share.toFixed(1)} %` };
  };
  for (const [area, statuses] of found) console.log(`| ${area} | ${score(statuses).line} |`);
  const all = score([...found.values()].flat());
  console.log(`| together | ${all.line} |`);
  if (all.share < base.thresholds.low) process.exitCode = 1;
}

/** Every line of the mutated files is as likely as any other. */
function pickStretches(count) {
  const lines = mutatedFiles().flatMap((file) => Array.from({ length: Math.ceil(readFileSync(file, 'utf8').split('\n').length / 10) }, (_, index) => `${relative(root, file)}:${index * 10 + 1}-${index * 10 + 10}`));
  const picked = new Set();
  while (picked.size < Math.min(count, lines.length)) picked.add(random.pick(lines));
  return [...picked].sort();
}

function mutatedFiles() {
  const leftOut = /\.test\.ts$|-codes\.ts$|-pages\.ts$|\/definition\/(?:rules|schema)\//u;
  return areas.flatMap((name) => {
    const folder = join(root, 'src', 'core', name);
    return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.ts')).map((entry) => join(entry.parentPath, entry.name)).filter((file) => !leftOut.test(file)).sort();
  });
}
