// Builds the bundle twice and compares byte for byte; where HEAD changed dist/, that has to be the same too.
// `--keep <folder>` leaves the build there for the end-to-end suite.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({ options: { keep: { type: 'string' } } });
const scratch = mkdtempSync(join(tmpdir(), 'tollgate-dist-'));

try {
  const first = build(values.keep ?? join(scratch, 'a'));
  const second = build(join(scratch, 'a longer path', 'b'));
  compare('a second build', first, second);
  if (headChangedDist()) {
    compare('the committed dist/ (npm run build brings it up to date)', first, read(join(root, 'dist')));
    console.log('dist/ is what its sources build');
  } else {
    console.log('HEAD left dist/ alone: the bundle was built and compared with itself');
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function build(out) {
  execFileSync(process.execPath, [join(root, '.ci', 'build.mjs'), '--out', out], { stdio: ['ignore', 'ignore', 'inherit'] });
  return read(join(out, 'dist'));
}

function read(folder) {
  return new Map(readdirSync(folder).sort().map((name) => [name, readFileSync(join(folder, name))]));
}

function compare(what, expected, actual) {
  const names = new Set([...expected.keys(), ...actual.keys()]);
  const different = [...names].filter((name) => !expected.get(name)?.equals(actual.get(name) ?? Buffer.alloc(0)));
  if (different.length === 0) return;
  console.error(`${what} differs from the build in: ${different.join(', ')}`);
  process.exit(1);
}

function headChangedDist() {
  try {
    return git('diff', '--name-only', 'HEAD~1', 'HEAD', '--', 'dist') !== '';
  } catch {
    return git('ls-files', 'dist') !== '';
  }
}

function git(...args) {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}
