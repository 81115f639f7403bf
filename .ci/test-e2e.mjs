// The end-to-end suite on a bundle in a folder without node_modules: built just now, or the one TOLLGATE_BIN names.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBundle } from '../test/rig/build-bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = mkdtempSync(join(tmpdir(), 'tollgate-e2e-'));
try {
  const bin = buildBundle(out);
  run(process.execPath, [join(root, 'node_modules', 'jest', 'bin', 'jest.js'), '--config', join(root, 'test', 'e2e', 'jest.config.mjs'), ...process.argv.slice(2)], {
    TOLLGATE_BIN: bin,
    NODE_OPTIONS: '--experimental-vm-modules',
    NODE_NO_WARNINGS: '1',
  });
} finally {
  rmSync(out, { recursive: true, force: true });
}

function run(command, args, env = {}) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  if (status === 0) return;
  process.exitCode = status ?? 1;
  throw new Error(`${args[0]} ended with ${status}`);
}
