import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Shell } from '../../src/core/script/hand-over.js';

export const COMMANDS: Readonly<Record<Shell, readonly string[]>> = { bash: ['bash', '--noprofile', '--norc', '-o', 'pipefail'], sh: ['sh'] };

export interface ShellRun {
  /** What the script wrote to descriptor 9, taken apart at the NULs. */
  readonly arrived: readonly string[];
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
  /** Names that the script has left in its folder. */
  readonly left: readonly string[];
}

/** Runs a script in an empty folder with the real shell, as a file, and looks at what arrives and what is left. */
export function runShell(shell: Shell, script: string, environment: Readonly<Record<string, string>>): ShellRun {
  const outside = mkdtempSync(join(tmpdir(), 'hand-over-'));
  const inside = mkdtempSync(join(outside, 'in-'));
  try {
    const file = join(outside, 'script');
    const results = join(outside, 'results');
    writeFileSync(file, script);
    writeFileSync(results, '');
    const [program = '', ...options] = COMMANDS[shell];
    const locale = script.length % 2 === 0 ? 'C' : 'C.UTF-8';
    const run = spawnSync('sh', ['-c', 'exec 9>>"$0"; exec "$@"', results, program, ...options, file], {
      cwd: inside, encoding: 'utf8', env: { PATH: process.env.PATH ?? '', LC_ALL: locale, ...environment }, input: '', maxBuffer: 64 * 1024 * 1024, timeout: 60_000,
    });
    const arrived = readFileSync(results, 'utf8').split('\0').slice(0, -1);
    return { arrived, stdout: run.stdout, stderr: run.stderr, status: run.status, left: readdirSync(inside) };
  } finally {
    rmSync(outside, { recursive: true, force: true });
  }
}

/** A script for bash and the value that it finds in `$V`. */
export interface NaiveScript {
  readonly naive: string;
  readonly value: string;
}

/** Runs many scripts, each in an empty folder of its own, from one process: starting them one by one costs more than they do. */
export function runNaively(scripts: readonly NaiveScript[]): readonly { readonly stdout: string; readonly left: readonly string[] }[] {
  const outside = mkdtempSync(join(tmpdir(), 'hand-over-'));
  try {
    for (const [index, { naive, value }] of scripts.entries()) {
      mkdirSync(join(outside, `in-${index}`));
      writeFileSync(join(outside, `script-${index}`), `${naive}\n`);
      writeFileSync(join(outside, `value-${index}`), value);
    }
    const each = 'cd "$1" && for i in $(seq 0 "$2"); do V="$(cat value-$i; printf x)"; export V="${V%x}"; (cd in-$i && exec timeout 20 bash --noprofile --norc ../script-$i >../out-$i 2>/dev/null </dev/null); done';
    spawnSync('bash', ['--noprofile', '--norc', '-c', each, '-', outside, String(scripts.length - 1)], { env: { PATH: process.env.PATH ?? '', LC_ALL: 'C.UTF-8' } });
    return scripts.map((_, index) => ({ stdout: readFileSync(join(outside, `out-${index}`), 'utf8'), left: readdirSync(join(outside, `in-${index}`)) }));
  } finally {
    rmSync(outside, { recursive: true, force: true });
  }
}
