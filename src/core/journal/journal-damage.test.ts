import fc from 'fast-check';
import { eventOf, writeEpoch } from '../../../test/rig/write-epoch.js';
import { decodeEpoch } from './decode-epoch.js';
import type { JournalReading } from './join-epochs.js';
import { joinEpochs } from './join-epochs.js';
import { encodeLine, firstCheck } from './journal-line.js';

const texts = ['', 'plain', 'ünïcödé \u{1f6a6}', '"quoted" \\ \n\u2028'];
const events = texts.map((text, index) => eventOf(index + 1, text));
const written = writeEpoch(events);
const lineCount = events.length + 1;
const startOf = (line: number): number => written.starts[line] ?? Infinity;
const lineAt = (offset: number): number => written.starts.findLastIndex((start) => start <= offset);
const lines = Array.from({ length: lineCount }, (_, index) => written.bytes.subarray(startOf(index), startOf(index + 1)));

function read(bytes: Uint8Array): JournalReading {
  return joinEpochs([{ file: 'f', epoch: 1, decoded: decodeEpoch(bytes, { run: 'run', epoch: 1 }) }]);
}

/** Good up to a line, and said to be damaged where that begins. */
function expectDamageAt(reading: JournalReading, line: number): void {
  expect(reading.events).toEqual(events.slice(0, Math.max(0, line - 1)));
  expect(reading.damage).toEqual([{ file: 'f', offset: startOf(line), problem: expect.any(String) as string, keptAs: null }]);
  expect(reading).toMatchObject({ torn: false, newer: null });
}

test('what was written is read', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (given) => {
      const all = given.map((text, index) => eventOf(index, text));
      const { bytes, end } = writeEpoch(all);
      expect(read(bytes)).toEqual({ events: all, epochs: [{ epoch: 1, taken: all.length, at: 0, tollgate: '1.2.3' }], lastSeq: all.length, end, lastEpoch: 1, damage: [], torn: false, newer: null });
    }),
  );
});

test('cut off at any byte, it has every record that was written whole', () => {
  for (let length = 0; length < written.bytes.length; length++) {
    const reading = read(written.bytes.subarray(0, length));
    // All but the end of line is enough.
    const whole = lineAt(length + 1);
    if (whole === 0) expectDamageAt(reading, 0);
    else {
      expect(reading.events).toEqual(events.slice(0, whole - 1));
      expect(reading).toMatchObject({ damage: [], torn: length > startOf(whole) });
    }
  }
});

test('a byte changed anywhere is found where its line begins', () => {
  for (let offset = 0; offset < written.bytes.length; offset++) {
    for (const change of [0x01, 0x20, 0x80, 0xff, (written.bytes[offset] ?? 0) ^ 0x0a]) {
      if (change === 0) continue;
      const bytes = Buffer.from(written.bytes);
      bytes[offset] = (bytes[offset] ?? 0) ^ change;
      const reading = read(bytes);
      // Without its end of line the last record may as well have been cut off.
      if (reading.torn) expect([offset, reading.events]).toEqual([bytes.length - 1, events.slice(0, -1)]);
      else expectDamageAt(reading, lineAt(offset));
    }
  }
});

test('lines dropped, swapped, repeated or brought from elsewhere are found at the first of them', () => {
  const foreign = writeEpoch(texts.map((text, index) => eventOf(index + 100, text)), { at: 1 });
  const foreignLine = (line: number): Buffer => foreign.bytes.subarray(foreign.starts[line], foreign.starts[line + 1]);
  for (let line = 0; line < lineCount; line++) {
    const without = lines.toSpliced(line, 1);
    if (line < lineCount - 1) {
      expectDamageAt(read(Buffer.concat(without)), line);
      expectDamageAt(read(Buffer.concat(lines.toSpliced(line, 2, lines[line + 1]!, lines[line]!))), line);
    }
    expectDamageAt(read(Buffer.concat(lines.toSpliced(line + 1, 0, lines[line]!))), line + 1);
    if (line > 0) expectDamageAt(read(Buffer.concat(lines.with(line, foreignLine(line)))), line);
    expectDamageAt(read(Buffer.concat(lines.toSpliced(line, 0, foreignLine(Math.max(line, 1))))), line);
  }
});

test('several damages at once never make up a record', () => {
  const damages = fc.array(fc.record({ kind: fc.constantFrom('flip', 'cut', 'insert', 'zero', 'copy'), at: fc.nat(), size: fc.nat(80), byte: fc.nat(255) }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(damages, (given) => {
      let bytes = written.bytes;
      for (const { kind, at, size, byte } of given) {
        const from = at % (bytes.length + 1);
        const [before, middle, after] = [bytes.subarray(0, from), bytes.subarray(from, from + size), bytes.subarray(from + size)];
        if (kind === 'flip') bytes = Buffer.concat([before, middle.map((each) => each ^ byte), after]);
        if (kind === 'cut') bytes = Buffer.concat([before, after]);
        if (kind === 'insert') bytes = Buffer.concat([before, Buffer.alloc(size, byte), middle, after]);
        if (kind === 'zero') bytes = Buffer.concat([before, Buffer.alloc(middle.length), after]);
        if (kind === 'copy') bytes = Buffer.concat([before, middle, middle, after]);
      }
      const reading = read(bytes);
      expect(reading.events).toEqual(events.slice(0, reading.events.length));
      if (!bytes.equals(written.bytes.subarray(0, bytes.length))) expect(reading.torn || reading.damage.length === 1).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('anything at all is answered', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.json().map((text) => Buffer.from(text)), fc.json().map((json) => Buffer.from(encodeLine(firstCheck, 0, json).text))), (bytes) => {
      const reading = read(bytes);
      expect(reading).toMatchObject({ events: [], newer: null });
      expect(reading.damage).toHaveLength(1);
    }),
  );
  for (const text of ['', '{}', '\n', '[]\n', 'hello', '{"format":1}\n', '\u0000\u0000\n']) expectDamageAt(read(Buffer.from(text)), 0);
});

test('records whose numbers do not follow were not written by us, whatever their checks say', () => {
  const { bytes, end } = writeEpoch([]);
  const offset = bytes.length;
  const skipping = encodeLine(end.check, 2, JSON.stringify(eventOf(1)));
  const noEvent = encodeLine(end.check, 1, '[]');
  for (const { text } of [skipping, noEvent]) expect(read(Buffer.concat([bytes, Buffer.from(text)]))).toMatchObject({ events: [], damage: [{ offset, problem: 'what stands here was never a record' }] });
});

test('zeros after a loss of power are told from a record in part', () => {
  const reading = read(Buffer.concat([written.bytes, Buffer.alloc(7)]));
  expect(reading).toMatchObject({ events, torn: false, damage: [{ offset: written.bytes.length, problem: 'zeros stand here, as after a loss of power' }] });
});

test('another run, another epoch and a newer format are refused', () => {
  const [run, epoch] = [writeEpoch(events, { run: 'other' }), writeEpoch(events, { epoch: 7 })].map(({ bytes }) => read(bytes).damage[0]?.problem);
  expect([run, epoch]).toEqual(['it is of run other', 'it is of epoch 7']);
  expect(read(writeEpoch([{ unheard: 'of' }], { format: 2, tollgate: '9.0.0' }).bytes)).toMatchObject({ newer: { format: 2, tollgate: '9.0.0' }, events: [], damage: [] });
});
