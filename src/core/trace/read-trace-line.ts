/** One line of `strace -f`: whose it is, and what it says. A call may be told in two: its beginning and, after lines of others, the rest. */
export type TraceLine =
  | { readonly kind: 'call' | 'begun' | 'rest'; readonly pid: number; readonly text: string }
  | { readonly kind: 'ended'; readonly pid: number }
  /** A thread started another program: from now on it goes by the number of the process. */
  | { readonly kind: 'superseded'; readonly pid: number; readonly by: number };

const unfinished = ' <unfinished ...>';

/** Nothing for signals, for lines that were cut off and for whatever else is no line of a trace. */
export function readTraceLine(line: string): TraceLine | undefined {
  const [, number = '', said = ''] = /^ *(\d{1,10}) +(\S.*)$/su.exec(line) ?? [];
  const pid = Number(number);
  if (pid === 0) return undefined;
  if (said.startsWith('+++ ')) return readEnd(pid, said);
  if (said.startsWith('<... ')) {
    const end = said.indexOf(' resumed>');
    return end < 0 ? undefined : { kind: 'rest', pid, text: said.slice(end + ' resumed>'.length) };
  }
  if (!/^[a-z]\w*\(/u.test(said)) return undefined;
  return said.endsWith(unfinished) ? { kind: 'begun', pid, text: said.slice(0, -unfinished.length) } : { kind: 'call', pid, text: said };
}

function readEnd(pid: number, said: string): TraceLine | undefined {
  const by = /^\+\+\+ superseded by execve in pid (\d{1,10}) \+\+\+$/u.exec(said)?.[1];
  if (by !== undefined) return { kind: 'superseded', pid, by: Number(by) };
  return /^\+\+\+ (?:exited with|killed by) /u.test(said) ? { kind: 'ended', pid } : undefined;
}
