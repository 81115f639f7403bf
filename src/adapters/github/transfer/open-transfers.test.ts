import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator, type Emulator } from '../../../../test/emulator/emulator.mjs';
import { useTransferScript } from '../../../../test/rig/transfer-script.js';
import { createSystemClock } from '../../local/system-clock.js';
import { openTransfers } from './open-transfers.js';
import type { TransferLimits } from './transfer-limits.js';
import type { Transfers } from './transfers.js';

const script = useTransferScript();
let github: Emulator;
let scratch: string;
let opened: Transfers[];

beforeEach(async () => {
  github = await startEmulator();
  scratch = mkdtempSync(join(tmpdir(), 'tollgate-transfers-test-'));
  opened = [];
});

afterEach(async () => {
  for (const transfers of opened) await transfers.close();
  await github.close();
  rmSync(scratch, { recursive: true, force: true });
});

function open(given: { readonly env?: Readonly<Record<string, string>>; readonly limits?: Partial<TransferLimits> } = {}): Transfers {
  const env = { PATH: process.env.PATH, ...github.env({ runId: 7, attempt: 1, job: 'build' }), ...given.env };
  const transfers = openTransfers({ script: script(), env, folder: join(scratch, 'private'), clock: createSystemClock(), ...(given.limits === undefined ? {} : { limits: given.limits }) });
  opened.push(transfers);
  return transfers;
}

function write(name: string, text: string | Uint8Array): string {
  const path = join(scratch, name);
  writeFileSync(path, text);
  return path;
}

test('what is saved is found, and only where it was asked for', async () => {
  const { cache, takeWarnings } = open();
  expect(await cache.find({ key: 'tollgate-a' })).toEqual({ kind: 'absent' });
  expect(await cache.save('tollgate-a', write('some file', 'the pack'))).toEqual({ kind: 'saved' });
  const found = await cache.find({ key: 'tollgate-a' });
  if (found.kind !== 'found') throw new Error(JSON.stringify(found));
  expect(found.key).toBe('tollgate-a');
  expect(readFileSync(found.file, 'utf8')).toBe('the pack');
  found.release();
  expect(existsSync(found.file)).toBe(false);
  expect(takeWarnings()).toEqual([]);
  expect(github.violations()).toEqual([]);
});
