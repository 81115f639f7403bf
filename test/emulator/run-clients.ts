import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ClientOrder {
  /** `become` makes the rest of the orders those of another job. */
  readonly do: 'become' | 'save' | 'restore' | 'upload' | 'list' | 'get' | 'download' | 'delete' | 'listOf' | 'downloadOf';
  readonly [parameter: string]: unknown;
}

export interface ClientResult {
  readonly value?: unknown;
  readonly error?: string;
  readonly status?: number;
}

/** A folder in which the real clients work, in a process of their own for each job. */
export interface ClientFolder {
  readonly folder: string;
  readonly workspace: string;
  readonly run: (env: Readonly<Record<string, string>>, given: readonly ClientOrder[], way?: { readonly together: boolean }) => Promise<readonly ClientResult[]>;
  /** What the clients of the last run said. */
  readonly said: () => string;
  readonly remove: () => void;
}

// Of the machine the clients may know where programs are, and nothing of proxies and certificates.
const inherited = Object.fromEntries(['PATH', 'HOME'].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));

/** A fresh one below the folder of temporary files. */
export function createClientFolder(): ClientFolder {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-emulator-'));
  const workspace = join(folder, 'workspace');
  const temp = join(folder, 'temp');
  mkdirSync(workspace);
  mkdirSync(temp);
  let output = '';
  const run: ClientFolder['run'] = async (env, given, { together } = { together: false }) => {
    const child = spawn(process.execPath, [join(process.cwd(), 'test', 'emulator', 'clients', 'client.mjs')], {
      cwd: workspace, env: { ...inherited, ...env, GITHUB_WORKSPACE: workspace, RUNNER_TEMP: temp }, stdio: ['pipe', 'pipe', 'pipe'],
    });
    output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (piece: string) => { output += piece; });
    child.stdin.end(JSON.stringify({ given, together }));
    await new Promise((resolve) => child.once('close', resolve));
    const [, results] = /^results (.*)$/mu.exec(output) ?? [];
    if (results === undefined) throw new Error(`the clients ended without results:\n${output}`);
    return JSON.parse(results) as readonly ClientResult[];
  };
  return { folder, workspace, run, said: () => output, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
