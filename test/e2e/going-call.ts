import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import type { Ended } from './tollgate.js';
import { bin } from './tollgate.js';

/** A call of Tollgate that is under way. */
export interface GoingCall {
  /** Of Tollgate itself, as it is seen from here. */
  readonly pid: () => number;
  /** Settles as soon as the text was printed, on either stream; throws when the call ends without. */
  readonly says: (text: string) => Promise<void>;
  readonly ended: Promise<Ended>;
  readonly signal: (name: NodeJS.Signals) => void;
  /** It, and what it stands in. */
  readonly kill: () => void;
}

export function startCall(args: readonly string[], { folder, inside = [], env = {} }: { readonly folder: string; readonly inside?: readonly string[]; readonly env?: Readonly<Record<string, string>> }): GoingCall {
  const { PATH = '', HOME = '' } = process.env;
  const [command = '', ...words] = [...inside, process.execPath, bin, ...args];
  const child = spawn(command, words, { cwd: folder, env: { PATH, HOME, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  const listeners = new Set<() => void>();
  for (const name of ['out', 'err'] as const) {
    (name === 'out' ? child.stdout : child.stderr).setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
      listeners.forEach((listen) => listen());
    });
  }
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, ...said })));
  const pid = (): number => (inside.length === 0 ? (child.pid ?? 0) : childOf(child.pid ?? 0));
  return {
    pid,
    ended,
    says: (text) =>
      new Promise((resolve, reject) => {
        const listen = (): void => {
          if (!said.out.includes(text) && !said.err.includes(text)) return;
          listeners.delete(listen);
          resolve();
        };
        listeners.add(listen);
        void ended.then(() => reject(new Error(`it ended without saying '${text}':\n${said.out}${said.err}`)));
        listen();
      }),
    signal: (name) => void process.kill(pid(), name),
    kill: () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      attempt(() => process.kill(pid(), 'SIGKILL'));
      child.kill('SIGKILL');
    },
  };
}

/** The only child of a process that starts another one and waits for it. */
function childOf(parent: number): number {
  const found = readdirSync('/proc').find((name) => /^\d+$/u.test(name) && parentOf(name) === parent);
  if (found === undefined) throw new Error(`process ${parent} has no child`);
  return Number(found);
}

function parentOf(pid: string): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

function attempt(act: () => void): void {
  try {
    act();
  } catch {
    // It has ended by itself.
  }
}
