import fc from 'fast-check';
import type { WrittenEpoch } from '../../../test/rig/write-epoch.js';
import { eventOf, writeEpoch } from '../../../test/rig/write-epoch.js';
import type { RunEvent } from '../run/run-event.js';
import { decodeEpoch } from './decode-epoch.js';
import type { EpochFile, JournalReading } from './join-epochs.js';
import { joinEpochs } from './join-epochs.js';
import type { JournalPoint } from './journal-header.js';

type Files = ReadonlyMap<number, Buffer>;

function read(files: Files): JournalReading {
  return joinEpochs([...files].map(([epoch, bytes]): EpochFile => ({ file: `${epoch}`, epoch, decoded: decodeEpoch(bytes, { run: 'run', epoch }) })));
}

/** Owners one after the other. Each takes over what the one before had written by then; that one may write on without knowing. */
interface Owner {
  readonly skips: number;
  readonly writes: number;
  readonly writesLate: number;
}

const owners = fc.array(fc.record({ skips: fc.nat(2), writes: fc.nat(4), writesLate: fc.nat(2) }), { minLength: 1, maxLength: 5 });

interface Written {
  readonly files: Map<number, Buffer>;
  readonly events: readonly RunEvent[];
  /** Of each owner: the state that it wrote on from, and all that it wrote. */
  readonly views: readonly (readonly RunEvent[])[];
}

function writeOwners(given: readonly Owner[]): Written {
  const files = new Map<number, Buffer>();
  const events: RunEvent[] = [];
  const views: RunEvent[][] = [];
  let follows: JournalPoint | null = null;
  let epoch = 0;
  let made = 0;
  for (const { skips, writes, writesLate } of given) {
    epoch += 1 + skips;
    const own = Array.from({ length: writes + writesLate }, () => eventOf((made += 1)));
    const counted = own.slice(0, writes);
    views.push([...events, ...own]);
    files.set(epoch, writeEpoch(own, { epoch, follows }).bytes);
    follows = writeEpoch(counted, { epoch, follows }).end;
    events.push(...counted);
  }
  // Nobody follows the last one: all that it wrote counts.
  return { files, events: views.at(-1) ?? [], views };
}

test('what a fenced owner wrote late is neither state nor damage', () => {
  fc.assert(
    fc.property(owners, (given) => {
      const { files, events } = writeOwners(given);
      expect(read(files)).toMatchObject({ events, lastSeq: events.length, lastEpoch: Math.max(...files.keys()), damage: [], torn: false, newer: null });
      expect(read(files).epochs.map(({ taken }) => taken)).toEqual(given.map(({ writes, writesLate }, index) => (index === given.length - 1 ? writes + writesLate : writes)));
    }),
  );
});

test('whatever happens to the files, what is read is what some owner had written up to a point', () => {
  const damages = fc.array(fc.record({ epoch: fc.nat(), at: fc.nat(), kind: fc.constantFrom('flip', 'cut', 'remove', 'junk') }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(owners, damages, (given, all) => {
      const { files, views } = writeOwners(given);
      const whole = new Map(files);
      for (const { epoch, at, kind } of all) {
        const chosen = [...whole.keys()][epoch % whole.size]!;
        const bytes = Buffer.from(files.get(chosen) ?? Buffer.alloc(0));
        const place = at % Math.max(1, bytes.length);
        if (kind === 'flip' && bytes.length > 0) bytes[place]! ^= 0x01;
        if (kind === 'remove') files.delete(chosen);
        else files.set(chosen, kind === 'cut' ? bytes.subarray(0, place) : kind === 'junk' ? Buffer.from('junk') : bytes);
      }
      const reading = read(files);
      const { events, damage } = reading;
      expect(views.some((view) => isBeginningOf(events, view))).toBe(true);
      for (const { file, offset } of damage) expect([file, offset]).toEqual([file, startOfDamage(whole.get(Number(file))!, files.get(Number(file))!, reading)]);
    }),
    { numRuns: 1000 },
  );
});

function isBeginningOf(events: readonly RunEvent[], view: readonly RunEvent[]): boolean {
  return JSON.stringify(view.slice(0, events.length)) === JSON.stringify(events);
}

/** Where the first line begins that is not as it was; 0 for a file that nothing of was used. */
function startOfDamage(whole: Buffer, now: Buffer, { end, epochs }: JournalReading): number {
  const taken = epochs.at(-1)?.epoch === end?.epoch ? end : null;
  if (taken === null) return 0;
  const header = /"epoch":(\d+)/u.exec(now.toString())?.[1];
  if (header !== String(taken.epoch)) return 0;
  let same = 0;
  while (same < now.length && now[same] === whole[same]) same++;
  return now.subarray(0, same).lastIndexOf(0x0a) + 1;
}

test('who follows records that are gone is passed over, and both are named', () => {
  const first = writeEpoch([eventOf(1), eventOf(2), eventOf(3)]);
  const second = writeEpoch([eventOf(4)], { epoch: 2, follows: first.end });
  const flipped = Buffer.from(first.bytes);
  flipped[first.starts[2]! + 20]! ^= 0x01;
  expect(read(new Map([[1, flipped], [2, second.bytes]]))).toMatchObject({
    events: [eventOf(1)],
    lastEpoch: 2,
    end: { epoch: 1, seq: 1 },
    damage: [
      { file: '2', offset: 0, problem: 'it goes on from record 3 of epoch 1, which cannot be read any more' },
      { file: '1', offset: first.starts[2] },
    ],
  });
});

test('a file that was exchanged for another good one is not gone on from', () => {
  const [first, other] = [0, 1].map((at) => writeEpoch([eventOf(1), eventOf(2)], { at })) as [WrittenEpoch, WrittenEpoch];
  const second = writeEpoch([eventOf(3)], { epoch: 2, follows: first.end });
  expect(read(new Map([[1, other.bytes], [2, second.bytes]]))).toMatchObject({ events: [eventOf(1), eventOf(2)], end: other.end, damage: [{ file: '2', offset: 0 }] });
});

test('who has gone on past damage is believed, whatever lies behind', () => {
  const first = writeEpoch([eventOf(1), eventOf(2)]);
  const good = writeEpoch([eventOf(1)]);
  const flipped = Buffer.from(first.bytes);
  flipped[first.starts[2]! + 20]! ^= 0x01;
  const files = new Map([[1, flipped], [2, Buffer.from('junk')], [3, writeEpoch([eventOf(9)], { epoch: 3, follows: good.end }).bytes]]);
  expect(read(files)).toMatchObject({ events: [eventOf(1), eventOf(9)], damage: [] });
});

test('a newer format anywhere on the way stops the reading', () => {
  const first = writeEpoch([eventOf(1)]);
  const files = new Map([[1, first.bytes], [2, writeEpoch([], { epoch: 2, format: 2, tollgate: '9.9.9' }).bytes]]);
  expect(read(files)).toMatchObject({ events: [], end: null, lastEpoch: 2, newer: { format: 2, tollgate: '9.9.9' } });
});
