import type { ShellText } from '../definition/shape/setting.js';
import type { Failure } from './failure.js';

const signals: Readonly<Record<number, string>> = { 129: 'SIGHUP', 130: 'SIGINT', 131: 'SIGQUIT', 132: 'SIGILL', 134: 'SIGABRT', 135: 'SIGBUS', 136: 'SIGFPE', 137: 'SIGKILL', 139: 'SIGSEGV', 141: 'SIGPIPE', 143: 'SIGTERM' };

/** An exit code that does not count as success, as a failure with its likely meaning. */
export function describeExit(code: number, command: ShellText, wanted: readonly number[]): Failure {
  const at = command.at;
  if (code === 127) return { kind: 'exit', code: 'TG3103', message: 'a command was not found (exit code 127)', at, hints: ['Look at the last lines for its name; install it, or check for it under preflight: - tool: <name>'] };
  if (code === 126) return { kind: 'exit', code: 'TG3114', message: 'a file of the command cannot be executed (exit code 126)', at, hints: ['Make it executable: chmod +x <file>'] };
  const signal = signals[code];
  if (signal !== undefined) return { ...describeSignal(signal, command), kind: 'exit', message: `the command ended with exit code ${code}: ${meaningOf(signal)}` };
  const expected = wanted.length === 1 && wanted[0] === 0 ? '' : `; ${wanted.join(' or ')} would do`;
  return { kind: 'exit', code: 'TG3101', message: `the command ended with exit code ${code}${expected}`, at, hints: [] };
}

/** A signal that we did not send. */
export function describeSignal(signal: string, command: ShellText): Failure {
  return { kind: 'signal', code: 'TG3105', message: `the command was ended by ${meaningOf(signal)}`, at: command.at, hints: signal === 'SIGKILL' ? ['Give it more memory, or run fewer steps side by side: --max-parallel 1'] : [] };
}

function meaningOf(signal: string): string {
  switch (signal) {
    case 'SIGKILL': return 'SIGKILL; the kernel may have killed it because memory ran out';
    case 'SIGSEGV': return 'SIGSEGV; a program crashed';
    case 'SIGPIPE': return 'SIGPIPE; whoever read its output had gone';
    default: return signal;
  }
}
