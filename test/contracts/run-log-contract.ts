import fc from 'fast-check';
import type { RunEvent } from '../../src/core/run/run-event.js';
import type { RunStore } from '../../src/ports/run-store.js';
import { sampleFacts } from '../rig/run-rig.js';
import { eventOf } from '../rig/write-epoch.js';

/** The log of one run, and hands to damage it with. */
export interface RunLogSubject {
  /** A process that goes on with what it finds; nobody else is to write from then on. `room`: for so many records of its own, and no more. */
  readonly takeOver: (room?: number) => RunLogOwner | Promise<RunLogOwner>;
  /** As a process has it that knows nothing but where it lies. */
  readonly read: () => ReadRunLog | Promise<ReadRunLog>;
  /** Whoever is succeeded learns of it with its next record; else that record counts for nothing all the same. */
  readonly tellsTheSucceeded: boolean;
  /** The last record is there in part, as a process leaves it that is killed, or is another than was written. */
  readonly damage: (how: 'cut' | 'changed') => void | Promise<void>;
  /** Tollgate 9.9.9, whose records this one does not know, has gone on with the run. */
  readonly succeedByNewer: () => void | Promise<void>;
  readonly dispose: () => void;
}

export type RunLogOwner = Pick<RunStore, 'append'>;

export interface ReadRunLog {
  readonly events: readonly RunEvent[];
  readonly state: 'whole' | 'torn' | 'damaged' | { readonly newer: string };
}

export const runId = '20260101-000000-000-abcd';

/** The record that every run begins with. */
const started: RunEvent = { kind: 'run-started', ...sampleFacts, runId, workflow: 'ci', file: 'ci.yml', at: 1 };

/** What owners have written, each in one go or several. */
const words = fc.array(fc.array(fc.array(fc.string({ unit: 'binary', maxLength: 30 }), { minLength: 1, maxLength: 4 }), { maxLength: 3 }), { minLength: 1, maxLength: 4 });

/** What every log of a run promises. `cases`: how many are tried, where each takes its time. */
export function describeRunLog(create: () => RunLogSubject, cases = 30): void {
  let subject: RunLogSubject;
  beforeEach(() => {
    subject = create();
  });
  afterEach(() => subject.dispose());

  const begin = async (given: RunLogSubject = subject, room?: number): Promise<RunLogOwner> => {
    const owner = await given.takeOver(room);
    expect(owner.append(started)).toEqual({ kind: 'written' });
    return owner;
  };

  test('of a run that nobody began nothing is read', async () => {
    expect(await subject.read()).toEqual({ events: [], state: 'whole' });
  });

  test('what was written can be read at once, whatever becomes of its writer', async () => {
    const owner = await begin();
    expect(await subject.read()).toEqual({ events: [started], state: 'whole' });
    expect(owner.append(eventOf(1), { durable: true })).toEqual({ kind: 'written' });
    expect(await subject.read()).toEqual({ events: [started, eventOf(1)], state: 'whole' });
    expect(owner.append([eventOf(2), eventOf(3)])).toEqual({ kind: 'written' });
    expect(await subject.read()).toEqual({ events: [started, eventOf(1), eventOf(2), eventOf(3)], state: 'whole' });
  });

  test('the records of all owners are read in the order in which they were written, whatever is in them', async () => {
    await fc.assert(fc.asyncProperty(words, async (owners) => {
      const each = create();
      try {
        await begin(each);
        const written: RunEvent[] = [started];
        for (const batches of owners) {
          const owner = await each.takeOver();
          for (const texts of batches) {
            const events = texts.map((text, index) => eventOf(written.length + index, text));
            expect(owner.append(events.length === 1 && events[0] !== undefined ? events[0] : events)).toEqual({ kind: 'written' });
            written.push(...events);
          }
        }
        expect(await each.read()).toEqual({ events: written, state: 'whole' });
      } finally {
        each.dispose();
      }
    }), { numRuns: cases });
  });

  test('who was succeeded writes nothing that counts', async () => {
    const first = await begin();
    first.append(eventOf(1));
    const second = await subject.takeOver();
    expect(second.append(eventOf(2))).toEqual({ kind: 'written' });
    expect((await subject.read()).events).toEqual([started, eventOf(1), eventOf(2)]);
    const late = first.append(eventOf(3));
    if (subject.tellsTheSucceeded) expect(late).toEqual({ kind: 'fenced', by: null });
    expect(await subject.read()).toEqual({ events: [started, eventOf(1), eventOf(2)], state: 'whole' });
    const third = await subject.takeOver();
    expect(third.append(eventOf(4))).toEqual({ kind: 'written' });
    expect((await subject.read()).events).toEqual([started, eventOf(1), eventOf(2), eventOf(4)]);
  });

  test('several records are written all, or none; where one could not be written, none comes after it', async () => {
    const owner = await begin(subject, 2);
    expect(owner.append([eventOf(1), eventOf(2)])).toMatchObject({ kind: 'failed' });
    expect(owner.append(eventOf(3))).toMatchObject({ kind: 'failed' });
    expect((await subject.read()).events).toEqual([started]);
    const next = await subject.takeOver();
    expect(next.append(eventOf(4))).toEqual({ kind: 'written' });
    expect(await subject.read()).toEqual({ events: [started, eventOf(4)], state: 'whole' });
  });

  test.each([['cut', 'torn'], ['changed', 'damaged']] as const)('with its last record %s, all before it is read, and who goes on writes behind that', async (how, state) => {
    const owner = await begin();
    owner.append([eventOf(1), eventOf(2)]);
    await subject.damage(how);
    expect(await subject.read()).toEqual({ events: [started, eventOf(1)], state });
    const next = await subject.takeOver();
    expect(next.append(eventOf(3))).toEqual({ kind: 'written' });
    expect(await subject.read()).toEqual({ events: [started, eventOf(1), eventOf(3)], state: 'whole' });
  });

  test('where a later Tollgate has gone on with it, nothing is read, and it says which', async () => {
    await begin();
    await subject.succeedByNewer();
    expect(await subject.read()).toEqual({ events: [], state: { newer: '9.9.9' } });
  });
}
