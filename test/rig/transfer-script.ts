import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stageSources, stagingFolder } from '../../.ci/stage-sources.mjs';

/** The door of a transfer process as the bundle has it, on the sources as they are: for all tests of a file. */
export function useTransferScript(): () => string {
  const staged = stagingFolder('transfer');
  const script = join(staged, 'dist', 'transfer.js');
  beforeAll(async () => {
    await stageSources(staged, 'module');
    mkdirSync(join(staged, 'dist'));
    writeFileSync(script, "import '../main.js';\n");
  });
  afterAll(() => rmSync(staged, { recursive: true, force: true }));
  return () => script;
}
