import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GoingCall } from './going-call.js';
import { startCall } from './going-call.js';
import type { Ended } from './tollgate.js';
import { scratchFolder, tollgate } from './tollgate.js';

/** A workspace of its own whose steps leave a line in a file outside of it each time they are executed. */
export interface Scenario {
  readonly folder: string;
  readonly run: (...args: readonly string[]) => Ended;
  /** A call that goes on by itself; `inside`: a command that starts it somewhere else. */
  readonly start: (args: readonly string[], inside?: readonly string[]) => GoingCall;
  /** As soon as the text was printed the process is killed, before it does anything more. */
  readonly killAfter: (text: string, ...args: readonly string[]) => Ended;
  /** Settles when a step has left its line once more than until now. */
  readonly executed: (line: string) => Promise<void>;
  /** How often each step was executed since the last time that this was asked, by the line that it leaves. */
  readonly executions: () => Readonly<Record<string, number>>;
  readonly [Symbol.dispose]: () => void;
}

const rig = fileURLToPath(new URL('.', import.meta.url));

/** A folder below `scenarios/`, or files by their names. */
export function openScenario(files: string | Readonly<Record<string, string>>): Scenario {
  const scratch = scratchFolder();
  const folder = join(scratch.path, 'work');
  if (typeof files === 'string') cpSync(join(rig, 'scenarios', files), folder, { recursive: true });
  else {
    mkdirSync(folder);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  }
  const ranLog = join(scratch.path, 'ran.log');
  const going: GoingCall[] = [];
  let counted = 0;
  const awaited: Record<string, number> = {};
  const linesLeft = (): readonly string[] => (existsSync(ranLog) ? readFileSync(ranLog, 'utf8').split('\n').slice(0, -1) : []);
  return {
    folder,
    run: (...args) => tollgate(args, { folder }),
    start: (args, inside = []) => {
      const call = startCall(args, { folder, inside });
      going.push(call);
      return call;
    },
    killAfter: (text, ...args) => tollgate(args, { folder, env: { KILL_AFTER: text }, node: ['--import', join(rig, 'kill-after.mjs')] }),
    executed: async (line) => {
      const times = (awaited[line] ?? 0) + 1;
      awaited[line] = times;
      while (linesLeft().filter((each) => each === line).length < times) await new Promise((resolve) => void setTimeout(resolve, 10));
    },
    executions: () => {
      const lines = linesLeft();
      const counts: Record<string, number> = {};
      for (const line of lines.slice(counted)) counts[line] = (counts[line] ?? 0) + 1;
      counted = lines.length;
      return counts;
    },
    [Symbol.dispose]: () => {
      for (const call of going) call.kill();
      scratch[Symbol.dispose]();
    },
  };
}
