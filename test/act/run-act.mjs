// Runs workflows in act as GitHub would: `npm run test:act`. No Docker: act starts the action with the node of PATH. What a job sees
// of the action is read from act's log. `.ci/run` installs act.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyRepository, findVersion } from './act.mjs';
import { playOwnGate } from './own-gate.mjs';
import { playServices } from './services.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'tollgate-act-'));

try {
  const version = findVersion();
  const repository = join(scratch, 'repository');
  copyRepository(repository);
  for (const play of [playOwnGate, playServices]) {
    for await (const { what, log, missed } of play({ repository, scratch })) {
      if (missed.length === 0) console.log(`act ${version}: ${what}`);
      else {
        console.error(`${log}\n\nNot so in act's log (${what}):\n${missed.map((each) => `- ${each}\n`).join('')}`);
        process.exitCode = 1;
      }
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
