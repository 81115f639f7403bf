// Start-up, planning and runs as ratios in one run: `npm run bench [-- --check] [-- --rounds n] [-- --write]`.
// Whole processes, taken in turns, NODE_EXTRA_CA_CERTS and NODE_OPTIONS unset; the median of each counts.
// `--check` fails when a ratio is over its bound (fewer rounds for the big file); `--write` puts the table into docs/performance.md.
// `--peers` compares with others instead (docs/performance.md, "Against others"); where they are installed, a plain run
// compares at the two smallest sizes.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildBundle } from '../test/rig/build-bundle.mjs';
import { measureAction } from './action.mjs';
import { median } from './median.mjs';
import { peakMegabytes } from './peak.mjs';
import { comparePeers } from './peers/compare-peers.mjs';
import { arePeersInstalled } from './peers/install.mjs';
import { measureRuns } from './runs.mjs';
import { writeBigWorkflow, writeSmallWorkflow } from './workflows.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const flag = { type: 'boolean' };
const text = { type: 'string' };
const { values } = parseArgs({ options: { check: flag, rounds: text, write: flag, bin: text, peers: flag, sizes: text, tools: text, cases: text, json: text } });
const rounds = Number(values.rounds ?? 20);
const bigRounds = values.check ? Math.min(5, rounds) : rounds;
const scratch = mkdtempSync(join(tmpdir(), 'tollgate-bench-'));
const env = { ...process.env, NODE_EXTRA_CA_CERTS: undefined, NODE_OPTIONS: undefined, NO_COLOR: '1' };

try {
  const bin = buildBundle(scratch, values.bin);
  if (!values.peers) await measureAlone(bin);
  if (values.peers || arePeersInstalled()) compareWithPeers(bin, values.sizes ?? (values.peers ? undefined : '1,10'));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** Tollgate against Node, its own parser and a bare loop. */
async function measureAlone(bin) {
  const small = writeSmallWorkflow(join(scratch, 'one.yml'));
  const big = writeBigWorkflow(join(scratch, 'big.yml'), { steps: 10_000, isInputGiven: true });
  const unfilled = writeBigWorkflow(join(scratch, 'unfilled.yml'), { steps: 10_000, isInputGiven: false });
  const yaml = join(root, 'node_modules', 'yaml');
  const parseAlone = `require(${JSON.stringify(yaml)}).parse(require('node:fs').readFileSync(${JSON.stringify(big)},'utf8'))`;

  const start = measureInTurns(rounds, {
    node: ['-e', '0'],
    version: [bin, '--version'],
    plan: [bin, 'plan', small],
  });
  const large = measureInTurns(bigRounds, {
    yaml: ['-e', parseAlone],
    plan: [bin, 'plan', unfilled],
    json: [bin, 'plan', '--json', unfilled],
    forecast: [bin, 'plan', big],
  });

  const peak = Math.max(...Array.from({ length: 3 }, () => peakMegabytes([bin, 'plan', big], { folder: scratch, env })));

  const rows = [
    row('`--version`, to `node -e 0`', start.version, start.node, 1.5),
    row('`plan` of one step, to `node -e 0`', start.plan, start.node, 3),
    row('`plan` of 10,000 steps, to `yaml.parse` of the same file', large.plan, large.yaml, 2.2),
    row('`plan --json` of 10,000 steps, to the same', large.json, large.yaml, 2.2),
    row('`plan` with what a run of them would find, to the same', large.forecast, large.yaml, 2.8),
    ...(await measureAction({ bin, scratch, env, rounds: Math.min(8, rounds) })),
    ...measureRuns({ bin, scratch, env, rounds: values.check ? Math.min(5, rounds) : rounds }),
    { what: '`plan` of 10,000 steps, peak memory', figure: `${peak} MB`, bound: '350 MB', times: 'the highest of 3 runs', holds: peak <= 350 },
  ];
  const table = [
    `Node ${process.version}, medians of ${rounds} (10,000 steps: of ${bigRounds}), in turns.`,
    '',
    '| what | figure | bound | times |',
    '|---|---:|---:|---|',
    ...rows.map(({ what, figure, bound, times }) => `| ${what} | ${figure} | ${bound} | ${times ?? ''} |`),
  ].join('\n');
  console.log(table);
  if (values.write) writeIntoDocs('bench', table);
  const missed = rows.filter(({ holds }) => !holds);
  if (values.check && missed.length > 0) {
    console.error(`\nover the bound: ${missed.map(({ what }) => what).join('; ')}`);
    process.exitCode = 1;
  }
}

function compareWithPeers(bin, sizes) {
  const rounds = Number(values.rounds ?? 5);
  const { table, holds, isRight } = comparePeers({ bin, scratch, rounds, wish: { ...values, sizes }, json: values.json });
  console.log(`\n${table}`);
  if (values.write && values.peers) writeIntoDocs('peers', table);
  if (!isRight || (values.check && !holds)) process.exitCode = 1;
}

/** One of each, again and again, so that a slow moment of the machine meets all of them. */
function measureInTurns(times, commands) {
  const found = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let round = -1; round < times; round++) {
    for (const [name, args] of Object.entries(commands)) {
      const once = runOnce(args);
      if (round >= 0) found[name].push(once);
    }
  }
  return Object.fromEntries(
    Object.entries(found).map(([name, runs]) => [name, { ms: median(runs) }]),
  );
}

function runOnce(args) {
  const began = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: scratch, env, stdio: ['ignore', 'ignore', 'pipe'] });
  const ms = Number(process.hrtime.bigint() - began) / 1e6;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return ms;
}

function row(what, mine, other, bound) {
  const ratio = mine.ms / other.ms;
  return { what, figure: `${ratio.toFixed(2)}×`, bound: `${bound}×`, times: `${mine.ms.toFixed(0)} ms : ${other.ms.toFixed(0)} ms`, holds: ratio <= bound };
}

function writeIntoDocs(mark, table) {
  const file = join(root, 'docs', 'performance.md');
  const [before, rest] = readFileSync(file, 'utf8').split(`<!-- ${mark} -->`);
  const after = rest.split(`<!-- /${mark} -->`)[1];
  writeFileSync(file, `${before}<!-- ${mark} -->\n${table}\n<!-- /${mark} -->${after}`);
}
