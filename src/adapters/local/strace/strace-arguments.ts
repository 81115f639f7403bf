import { tracedCalls } from '../../../core/trace/follow-files.js';
import type { ProcessCommand } from '../../../ports/process-runner.js';
import { addMark, markVariable } from '../processes/marks.js';

/** The programs that a command is watched with. */
export interface StraceProgram {
  readonly strace: string;
  readonly env: string;
  /** It can leave calls alone that nobody asks for, which makes it many times faster. */
  readonly isSelective: boolean;
}

/**
 * A command under strace. The command itself is what is started (`-D`), so that its end is seen as it is and what it leaves
 * running is not waited for. The watcher is in a session of its own (`-DDD`) and without the mark: it is not the step's, and
 * ends by itself when nobody is left to watch. Names are written byte by byte (`-xx`), what else a command is given not at all.
 */
export function commandUnderStrace({ strace, env, isSelective }: StraceProgram, command: ProcessCommand, traceFile: string): ProcessCommand {
  const options = ['-DDD', '-f', '-q', '-y', '-xx', '-s', '0', ...(isSelective ? ['--seccomp-bpf'] : []), '-e', 'verbose=?openat2,?clone3', '-e', `trace=${tracedCalls.map((name) => `?${name}`).join(',')}`];
  const mark = addMark(command.env, command.mark)[markVariable] ?? '';
  return { ...command, file: env, args: ['-u', markVariable, strace, ...options, '-o', traceFile, '-E', `${markVariable}=${mark}`, '--', command.file, ...command.args] };
}
