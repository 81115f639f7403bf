import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExitCode } from '../../src/cli/command.js';
import { runCommandLine } from '../../src/cli/run-command-line.js';
import type { World } from '../../src/cli/world.js';

export interface Answer {
  readonly exitCode: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** A folder with these files and a call of the command line in it, without a process. */
export interface Place {
  readonly folder: string;
  readonly call: (argv: readonly string[], world?: Partial<World>) => Promise<Answer>;
  readonly write: (file: string, text: string) => void;
}

const created: string[] = [];

export function createPlace(files: Readonly<Record<string, string>> = {}): Place {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-cli-'));
  created.push(folder);
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  for (const [file, text] of Object.entries(files)) write(file, text);
  return { folder, write, call: (argv, world) => call(argv, { folder, ...world }) };
}

export function removePlaces(): void {
  for (const folder of created.splice(0)) rmSync(folder, { recursive: true, force: true });
}

async function call(argv: readonly string[], world: Partial<World>): Promise<Answer> {
  const said = { out: '', err: '' };
  const output = (name: 'out' | 'err') => ({ write: (text: string | Uint8Array): void => void (said[name] += typeof text === 'string' ? text : Buffer.from(text).toString()), isTerminal: false, columns: undefined });
  const exitCode = await runCommandLine(argv, { env: {}, folder: '/', script: '/usr/bin/tollgate', out: output('out'), err: output('err'), ...world });
  return { exitCode, ...said };
}
