import type { ProcessEntry } from './process-table.js';
import type { SessionView } from './session-book.js';

/** What makes a process ours. */
export interface Claim {
  readonly covers: (mark: string) => boolean;
  /** The sessions that were started here, by the pid of their first process. */
  readonly sessions: ReadonlyMap<number, SessionView>;
}

export interface OwnedProcess extends ProcessEntry {
  readonly mark: string;
}

/**
 * Those that carry a mark, that are of a session started here, that were ours at the last look, and all that come from
 * one of these. Never this process nor one that it comes from: who ends a run from inside of it stays.
 */
export function selectOwned(entries: readonly ProcessEntry[], claim: Claim, known: readonly OwnedProcess[], self: number): readonly OwnedProcess[] {
  const byPid = new Map(entries.map((entry) => [entry.pid, entry]));
  const ancestors = listAncestors(byPid, self);
  const before = new Map(known.map((each) => [each.pid, each]));
  const decided = new Map<number, string | undefined>([...ancestors].map((pid) => [pid, undefined]));
  const markOf = (entry: ProcessEntry): string | undefined => {
    if (decided.has(entry.pid)) return decided.get(entry.pid);
    decided.set(entry.pid, undefined);
    const last = before.get(entry.pid);
    const parent = byPid.get(entry.parent);
    const mark = entry.marks.find(claim.covers) ?? markOfSession(entry, claim) ?? (last?.started === entry.started ? last.mark : undefined) ?? (parent === undefined ? undefined : markOf(parent));
    decided.set(entry.pid, mark);
    return mark;
  };
  return entries.flatMap((entry) => {
    const mark = markOf(entry);
    return mark === undefined ? [] : [{ ...entry, mark }];
  });
}

function markOfSession(entry: ProcessEntry, claim: Claim): string | undefined {
  const session = claim.sessions.get(entry.session);
  return session !== undefined && claim.covers(session.mark) && entry.started <= session.until ? session.mark : undefined;
}

function listAncestors(byPid: ReadonlyMap<number, ProcessEntry>, self: number): ReadonlySet<number> {
  const found = new Set<number>();
  for (let pid: number | undefined = self; pid !== undefined && !found.has(pid); pid = byPid.get(pid)?.parent) found.add(pid);
  return found;
}
