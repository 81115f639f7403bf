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

/** A script, and the variables that it finds. */
export interface PlacedScript {
  readonly script: string;
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * Runs many scripts with bash, each in an empty folder of its own, from one process: starting them one by one costs more
 * than they do. They reach the programs of `programs` alone, nest functions 20 deep and have two seconds.
 */
export function runTogether(scripts: readonly PlacedScript[], programs: readonly string[]): readonly { readonly stdout: string; readonly left: readonly string[] }[] {
  const outside = mkdtempSync(join(tmpdir(), 'hand-over-'));
  try {
    mkdirSync(join(outside, 'bin'));
    for (const [index, { script, variables }] of scripts.entries()) {
      mkdirSync(join(outside, `in-${index}`));
      writeFileSync(join(outside, `script-${index}`), `${script}\n`);
      writeFileSync(join(outside, `variables-${index}`), Object.entries(variables).map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`).join(''));
    }
    const link = `for p in ${programs.join(' ')}; do ln -s "$(command -v $p)" "$1/bin/$p"; done; timeout=$(command -v timeout); bash=$(command -v bash); seq=$(seq 0 "$2")`;
    const each = 'cd "$1" && PATH="$1/bin"; for i in $seq; do (. ./variables-$i && cd in-$i && exec "$timeout" -k 1 2 "$bash" --noprofile --norc ../script-$i >../out-$i 2>/dev/null </dev/null); done';
    spawnSync('bash', ['--noprofile', '--norc', '-c', `${link}\n${each}`, '-', outside, String(scripts.length - 1)], { env: { PATH: process.env.PATH ?? '', LC_ALL: 'C.UTF-8', FUNCNEST: '20' } });
    return scripts.map((_, index) => ({ stdout: readFileSync(join(outside, `out-${index}`), 'utf8'), left: readdirSync(join(outside, `in-${index}`)) }));
  } finally {
    rmSync(outside, { recursive: true, force: true });
  }
}

export const PROGRAMS: readonly string[] = ['bash', 'sh', 'dash', 'cat', 'touch', 'env', 'nohup', 'timeout', 'nice', 'setsid', 'xargs', 'find', 'seq', 'true', 'false'];
