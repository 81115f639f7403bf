import { execFileSync } from 'node:child_process';

const mostBytes = 256 * 1024 * 1024;

/** The files at and below paths of a folder that git has under its care; nothing where git does not answer, or knows of none. */
export function listTracked(folder: string, paths: readonly string[], env: Readonly<Record<string, string | undefined>>): ReadonlySet<string> {
  const tracked = new Set<string>();
  for (let at = 0; at < paths.length; at += 200) {
    try {
      // No setting of the repository may have git start anything.
      const args = ['--literal-pathspecs', '-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', 'ls-files', '-z', '--cached', '--', ...paths.slice(at, at + 200)];
      const listed = execFileSync('git', args, { cwd: folder, env: { PATH: env['PATH'] ?? '', HOME: env['HOME'] ?? '' }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: mostBytes });
      for (const file of listed.split('\0')) if (file !== '') tracked.add(file);
    } catch {
      // No git, or no repository: then nothing is under its care.
    }
  }
  return tracked;
}
