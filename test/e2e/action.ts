import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RunningStep } from '../rig/fake-runner.mjs';
import { startAsRunner } from '../rig/fake-runner.mjs';
import type { RunnerCommand } from '../rig/runner-commands.js';
import { readRunnerCommands } from '../rig/runner-commands.js';
import { bin } from './tollgate.js';

const dist = join(dirname(bin), '..', 'dist');

export interface ActionCall {
  readonly workspace: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface ActionEnd {
  readonly exitCode: number | null;
  readonly output: string;
  readonly commands: readonly RunnerCommand[];
  readonly ms: number | undefined;
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly summary: string;
}

export interface RunningAction extends Omit<RunningStep<RunnerCommand>, 'ended'> {
  readonly ended: Promise<ActionEnd>;
}

/** One process of an action's step, started as a runner does; each has command files of its own. */
export function startAction(stage: 'main' | 'post' | 'plan' | 'verdict', { workspace, inputs = {}, env = {} }: ActionCall, state: Readonly<Record<string, string>> = {}): RunningAction {
  const script = join(dist, `action-${stage}.js`);
  if (!existsSync(script)) throw new Error(`there is no ${script}: npm run test:e2e builds one`);
  const temp = mkdtempSync(join(workspace, '..', 'runner-'));
  const file = (name: string): string => {
    const path = join(temp, name);
    writeFileSync(path, '');
    return path;
  };
  const files = { GITHUB_OUTPUT: file('output'), GITHUB_STATE: file('state'), GITHUB_STEP_SUMMARY: file('summary'), GITHUB_ENV: file('env'), GITHUB_PATH: file('path') };
  const given = Object.entries({ workflow: '', 'matrix-values': 'null', ...inputs }).map(([name, value]): [string, string] => [`INPUT_${name.toUpperCase()}`, value]);
  const kept = Object.entries(state).map(([name, value]): [string, string] => [`STATE_${name}`, value]);
  const { PATH = '', HOME = '' } = process.env;
  const around = { PATH, HOME, CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: workspace, RUNNER_TEMP: temp, GITHUB_ACTOR: 'somebody', GITHUB_EVENT_NAME: 'push', ...files };
  const going = startAsRunner({ file: process.execPath, args: [script], folder: workspace, env: { ...around, ...Object.fromEntries([...given, ...kept]), ...env }, readCommands: (output) => readRunnerCommands(output) });
  return {
    ...going,
    ended: going.ended.then((end) => ({
      exitCode: end.exitCode,
      output: end.output,
      commands: end.commands,
      ms: end.msFromCancelToExit,
      outputs: readKeyValues(files.GITHUB_OUTPUT),
      state: readKeyValues(files.GITHUB_STATE),
      summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
    })),
  };
}

export async function runAction(call: ActionCall): Promise<ActionEnd> {
  return await startAction('main', call).ended;
}

/** The command lines of living processes that hold a word. */
export function findLiving(word: string): readonly string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/u.test(name) && Number(name) !== process.pid).flatMap((pid) => {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return line.includes(word) ? [`${pid} ${line}`] : [];
    } catch {
      return [];
    }
  });
}

function readKeyValues(file: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [, name = '', , value = ''] of readFileSync(file, 'utf8').matchAll(/^([^\n=]+?)<<(.+)\n([\s\S]*?)\n\2$/gmu)) found[name] = value;
  return found;
}
