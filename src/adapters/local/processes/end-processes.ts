import type { MarkedProcess, StopOrder } from '../../../ports/process-runner.js';
import { readErrorCode } from './error-code.js';
import type { ProcessTable } from './process-table.js';
import type { Claim, OwnedProcess } from './select-owned.js';
import { selectOwned } from './select-owned.js';

/** Between two full looks at the machine; in between only those already found are looked at. */
const lookAgainMs = 250;
/** What is about to start another program has no environment for a moment: nobody there means nobody twice. */
const secondLookMs = 10;
/** For what cannot end even when killed, such as a process that waits for a dead disk. */
const unkillableMs = 5000;
const shortestPollMs = 2;
const longestPollMs = 25;

/** Ends what is claimed, in passes until none is left; answers all there were. */
export async function endProcesses(table: ProcessTable, look: () => Claim, order: StopOrder): Promise<readonly MarkedProcess[]> {
  const killAt = performance.now() + order.killAfterMs;
  const all = new Map<string, MarkedProcess>();
  const asked = new Set<string>();
  let owned: readonly OwnedProcess[] = [];
  let emptyLooks = 0;
  // The whole group at one stroke: no child can be born in between.
  const groups = signalGroups(look(), order.signal);
  for (let pass = 0; emptyLooks < 2; pass++) {
    const isLate = performance.now() >= killAt;
    const claim = look();
    if (isLate) signalGroups(claim, 'SIGKILL');
    owned = selectOwned(table.read(), claim, owned, process.pid);
    const refused = new Set<number>();
    const askedBefore = new Set(asked);
    for (const each of owned) {
      if (!all.has(nameOf(each))) all.set(nameOf(each), { pid: each.pid, mark: each.mark, command: table.commandOf(each.pid) });
      const isAsked = asked.has(nameOf(each)) || (pass === 0 && groups.has(each.group));
      const signal = isLate ? 'SIGKILL' : isAsked || isHelper(each, owned, askedBefore) ? undefined : order.signal;
      if (signal !== undefined && !sendSignal(table, each, signal)) refused.add(each.pid);
      if (signal !== undefined || isAsked) asked.add(nameOf(each));
      if (each.isStopped && asked.has(nameOf(each))) sendSignal(table, each, 'SIGCONT');
    }
    // What belongs to another user (`sudo`) is waited for as long as the rest, but no longer.
    const awaited = isLate ? owned.filter((each) => !refused.has(each.pid)) : owned;
    emptyLooks = awaited.length === 0 ? emptyLooks + 1 : 0;
    if (performance.now() >= killAt + unkillableMs) break;
    if (awaited.length === 0) await pause(secondLookMs);
    else await untilGone(table, awaited, isLate ? lookAgainMs : Math.min(lookAgainMs, killAt - performance.now()));
  }
  return [...all.values()];
}

/** What one that was asked to end starts while it tidies up is left in peace, until it is late. */
function isHelper(each: OwnedProcess, owned: readonly OwnedProcess[], asked: ReadonlySet<string>): boolean {
  const parent = owned.find((other) => other.pid === each.parent);
  return parent !== undefined && asked.has(nameOf(parent));
}

/** Only while the first process of the group is there or not yet asked for: after that the number may be another's. */
function signalGroups(claim: Claim, signal: NodeJS.Signals): ReadonlySet<number> {
  const groups = new Set<number>();
  for (const [pid, session] of claim.sessions) {
    if (!session.isLive || !claim.covers(session.mark)) continue;
    groups.add(pid);
    trySignal(-pid, signal);
  }
  return groups;
}

/** False when it may not be signalled. One that has gone meanwhile, or whose number is another's by now, is not touched. */
function sendSignal(table: ProcessTable, to: OwnedProcess, signal: NodeJS.Signals): boolean {
  return table.startOf(to.pid) !== to.started || trySignal(to.pid, signal);
}

function trySignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    return readErrorCode(error) !== 'EPERM';
  }
}

async function untilGone(table: ProcessTable, owned: readonly OwnedProcess[], atMostMs: number): Promise<void> {
  const until = performance.now() + atMostMs;
  let poll = shortestPollMs;
  while (performance.now() < until && owned.some((each) => table.startOf(each.pid) === each.started)) {
    await pause(Math.min(poll, Math.max(1, until - performance.now())));
    poll = Math.min(longestPollMs, poll * 2);
  }
}

function nameOf(each: OwnedProcess): string {
  return `${each.pid}:${each.started}`;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
