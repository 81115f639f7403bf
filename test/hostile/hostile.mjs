// Hostile files, each read by a process of its own: refused in under 100 ms and 150 MB, and with a place.
// `node test/hostile/hostile.mjs [--bin bin/tollgate.js]`; the best of five, NODE_EXTRA_CA_CERTS and NODE_OPTIONS unset.
// On a machine where Node alone takes over 25 ms it is four times what Node alone takes, in turns with it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildBundle } from '../rig/build-bundle.mjs';

const { values } = parseArgs({ options: { bin: { type: 'string' } } });
const scratch = mkdtempSync(join(tmpdir(), 'tollgate-hostile-'));
const env = { ...process.env, NODE_EXTRA_CA_CERTS: undefined, NODE_OPTIONS: undefined, NO_COLOR: '1' };
const steps = 'name: x\nsteps: [{ id: a, command: "true" }]\n';
const repeat = (count, make) => Array.from({ length: count }, (_, index) => make(index)).join('');

const files = {
  'nested flow, 850 levels': `x: ${'['.repeat(850)}${']'.repeat(850)}`,
  'nested block, 850 levels': `${'- '.repeat(850)}x`,
  'nested keys, 850 levels': `${'? '.repeat(850)}x`,
  'nested by indentation, 850 levels': repeat(850, (level) => `${' '.repeat(level)}k:\n`),
  'nested flow, 50,000 levels': '['.repeat(50_000),
  '200,000 keys': repeat(200_000, (index) => `k${index}: 1\n`),
  '200,000 keys in a flow map': `x: {${repeat(200_000, (index) => `k${index}: 1, `)}}`,
  '5 MB': `x: ${'y'.repeat(5_000_000)}`,
  '5 MB of lines': 'a line of text\n'.repeat(350_000),
  'alias bomb': `a: &a [x, x, x, x, x, x, x, x, x]\n${repeat(9, (index) => `b${index}: &b${index} [${Array(9).fill(index === 0 ? '*a' : `*b${index - 1}`).join(', ')}]\n`)}`,
  'billion laughs in maps': `a: &a { k: v }\n${repeat(20, (index) => `b${index}: &b${index} { x: *${index === 0 ? 'a' : `b${index - 1}`}, y: *${index === 0 ? 'a' : `b${index - 1}`} }\n`)}`,
  '480 KB of merges': `a: &a {}\nb: {${'<<: *a, '.repeat(60_000)}}`,
  'merge key': `a: &a { b: 1 }\nc: { <<: *a }\n${steps}`,
  'NUL': `name: a\u0000b\n${steps}`,
  'UTF-16, little end first': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(steps, 'utf16le')]),
  'UTF-16, big end first': Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(steps, 'utf16le').swap16()]),
  'UTF-16 without a mark': Buffer.from(steps, 'utf16le'),
  'a Latin-1 byte': Buffer.concat([Buffer.from('name: caf'), Buffer.from([0xe9]), Buffer.from('\n')]),
  '__proto__ as an id': 'name: x\nsteps:\n  - id: __proto__\n    command: "true"\n',
  'constructor as an input': `inputs: { constructor: { type: string } }\n${steps}`,
  'two documents': `${steps}---\n${steps}`,
  'an anchor that points nowhere': `x: *nowhere\n${steps}`,
  'an alias inside its own anchor': `x: &a [*a]\n${steps}`,
  'a chain of 100 aliases of aliases': `${steps}x: &a0 [1]\n${repeat(100, (index) => `x${index}: &a${index + 1} [*a${index}]\n`)}`,
  '10,000 parentheses': `name: x\nsteps:\n  - { id: a, command: "true", when: "${'('.repeat(10_000)}true${')'.repeat(10_000)}" }\n`,
};

let failed = 0;
try {
  const bin = buildBundle(scratch, values.bin);
  console.log(`${'file'.padEnd(38)} ${'ms'.padStart(6)} ${'MB'.padStart(6)}  answer`);
  for (const [name, content] of Object.entries(files)) show(name, content, bin);
  console.log(failed === 0 ? `\n${Object.keys(files).length} passed, 0 failed` : `\n${Object.keys(files).length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function show(name, content, bin) {
  const file = join(scratch, 'hostile.yml');
  writeFileSync(file, content);
  const turns = Array.from({ length: 5 }, () => ({ run: readOnce([bin, 'validate', '--json', file]), bare: readOnce(['-e', '0']) }));
  const runs = turns.map(({ run }) => run);
  const ms = Math.min(...runs.map((run) => run.ms));
  const bound = Math.max(100, 4 * Math.min(...turns.map(({ bare }) => bare.ms)));
  const megabytes = Math.min(...runs.map((run) => run.megabytes));
  const [{ code, diagnostics }] = runs;
  const placed = diagnostics.length > 0 && diagnostics.every(({ line, column }) => line >= 1 && column >= 1);
  const holds = code === 2 && placed && ms < bound && megabytes < 150;
  if (!holds) failed += 1;
  const [first] = diagnostics;
  console.log(`${name.padEnd(38)} ${ms.toFixed(0).padStart(6)} ${megabytes.toFixed(0).padStart(6)}  ${holds ? '' : `FAIL (exit ${code}) `}${first === undefined ? 'nothing was said' : `${first.code} ${first.line}:${first.column} ${first.message.slice(0, 60)}`}`);
}

/** The process reports its own peak when it ends. */
function readOnce(args) {
  const peak = join(scratch, 'peak');
  const preload = join(scratch, 'preload.cjs');
  writeFileSync(preload, `process.on('exit',()=>require('node:fs').writeFileSync(${JSON.stringify(peak)},String(process.resourceUsage().maxRSS)))`);
  const began = process.hrtime.bigint();
  const { status, signal, stdout } = spawnSync(process.execPath, ['--require', preload, ...args], { cwd: scratch, env, encoding: 'utf8', maxBuffer: 1 << 28 });
  const ms = Number(process.hrtime.bigint() - began) / 1e6;
  return { ms, megabytes: Number(readFileSync(peak, 'utf8')) / 1024, code: status ?? signal, diagnostics: findDiagnostics(stdout) };
}

function findDiagnostics(text) {
  try {
    const answer = JSON.parse(text);
    return answer.diagnostics ?? answer.files?.flatMap((each) => each.diagnostics) ?? [];
  } catch {
    return [];
  }
}
