import type { RunEvent } from '../../src/core/run/run-event.js';
import type { RunStore } from '../../src/ports/run-store.js';
import type { MemoryRunLog } from './memory-run-log.js';
import { createMemoryRunLog } from './memory-run-log.js';

export interface MemoryRunStore extends RunStore {
  readonly events: readonly RunEvent[];
  /** What the log of a step holds. */
  readonly log: (name: string) => string;
  readonly isClosed: (name: string) => boolean;
  /** What a step writes to one of its files. */
  readonly put: (path: string, text: string) => void;
  readonly notes: ReadonlyMap<string, string>;
}

/** `room`: for so many events, and no more. `journal`: of a run that others have written before. */
export function createMemoryRunStore(room = Infinity, journal: MemoryRunLog = createMemoryRunLog()): MemoryRunStore {
  const { events } = journal;
  const owner = journal.begin();
  let isFull = false;
  const logs = new Map<string, string>();
  const open = new Map<string, number>();
  const files = new Map<string, string>();
  const notes = new Map<string, string>();
  return {
    events,
    notes,
    log: (name) => logs.get(name) ?? '',
    isClosed: (name) => (open.get(name) ?? 0) === 0,
    put: (path, text) => void files.set(path, (files.get(path) ?? '') + text),
    append: (what) => {
      const more = Array.isArray(what) ? (what as readonly RunEvent[]) : [what as RunEvent];
      isFull ||= events.length + more.length > room;
      if (isFull) return { kind: 'failed', reason: 'no space is left' };
      if (!journal.isHeldBy(owner)) return { kind: 'fenced', by: null };
      events.push(...more);
      return { kind: 'written' };
    },
    openLog: (name) => {
      open.set(name, (open.get(name) ?? 0) + 1);
      return {
        path: `logs/${name}`,
        write: (bytes) => void logs.set(name, (logs.get(name) ?? '') + Buffer.from(bytes).toString()),
        close: () => void open.set(name, (open.get(name) ?? 0) - 1),
      };
    },
    filesFor: (name) => ({ output: `/steps/${name}.outputs`, summary: `/steps/${name}.md` }),
    read: (path) => files.get(path),
    keepNote: (name, markdown) => void notes.set(name, markdown),
  };
}
