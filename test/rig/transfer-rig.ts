import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createSystemClock } from '../../src/adapters/local/system-clock.js';
import { openTransfers } from '../../src/adapters/github/transfer/open-transfers.js';
import type { TransferLimits } from '../../src/adapters/github/transfer/transfer-limits.js';
import type { Transfers } from '../../src/adapters/github/transfer/transfers.js';
import { startEmulator, type EmulatedJob, type Emulator, type EmulatorOptions } from '../emulator/emulator.mjs';
import { useTransferScript } from './transfer-script.js';

/** GitHub's services and a job that reaches them, both gone after the test. */
export interface TransferRig {
  readonly github: Emulator;
  readonly scratch: string;
  /** What a transfer process runs; the staged sources are two folders up. */
  readonly script: string;
  readonly open: (given?: { readonly job?: Partial<EmulatedJob>; readonly env?: Readonly<Record<string, string>>; readonly limits?: Partial<TransferLimits> }) => Transfers;
  readonly write: (name: string, content: string | Uint8Array) => string;
  /** Everything below the scratch folder. */
  readonly list: () => readonly string[];
}

/** One of its own for each test of a file. */
export function useTransferRig(options: EmulatorOptions = {}): () => TransferRig {
  const script = useTransferScript();
  const rigs: { readonly rig: TransferRig; readonly opened: Transfers[] }[] = [];
  beforeEach(async () => {
    const github = await startEmulator(options);
    const scratch = mkdtempSync(join(tmpdir(), 'tollgate-transfer-rig-'));
    const opened: Transfers[] = [];
    const open: TransferRig['open'] = ({ job, env, limits } = {}) => {
      const given = { PATH: process.env['PATH'], ...github.env({ runId: 7, attempt: 1, job: 'build', ...job }), ...env };
      const transfers = openTransfers({ script: script(), env: given, folder: join(scratch, 'private place'), clock: createSystemClock(), ...(limits === undefined ? {} : { limits }) });
      opened.push(transfers);
      return transfers;
    };
    const write: TransferRig['write'] = (name, content) => {
      const path = join(scratch, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      return path;
    };
    rigs.push({ opened, rig: { github, scratch, script: script(), open, write, list: () => readdirSync(scratch, { recursive: true, encoding: 'utf8' }).sort() } });
  });
  afterEach(async () => {
    for (const { rig, opened } of rigs.splice(0)) {
      await Promise.all(opened.map((transfers) => transfers.close()));
      await rig.github.close();
      rmSync(rig.scratch, { recursive: true, force: true });
    }
  });
  return () => {
    const last = rigs.at(-1);
    if (last === undefined) throw new Error('there is one in tests alone');
    return last.rig;
  };
}
