import fc from 'fast-check';
import { createPatience } from './patience.js';

const wait = fc.tuple(fc.nat(60), fc.nat(25)).map(([from, length]) => ({ from, to: from + length }));

/** The moments that some wait covers. */
function countCovered(waits: readonly { readonly from: number; readonly to: number }[]): number {
  return new Set(waits.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index))).size;
}

test('waits side by side are counted once', () => {
  fc.assert(
    fc.property(fc.array(wait), (waits) => {
      const patience = createPatience(100);
      for (const { from, to } of waits) patience.charge(from, to);
      expect(patience.spent()).toBe(countCovered(waits));
    }),
  );
});

test('a call that goes on to its last moment and fails leaves nothing, and a moment later would be too much', () => {
  fc.assert(
    fc.property(fc.array(wait, { maxLength: 4 }), fc.nat(80), fc.nat(60), (waits, from, most) => {
      const patience = createPatience(most);
      for (const { from: begin, to } of waits) patience.charge(begin, to);
      fc.pre(patience.spent() <= most);
      const last = patience.lastMomentOf(from);
      expect(countCovered([...waits, { from, to: last }])).toBe(most);
      expect(countCovered([...waits, { from, to: last + 1 }])).toBe(most + 1);
    }),
  );
});

test('when all is spent, a wait that others have paid for is free', () => {
  const patience = createPatience(10);
  patience.charge(0, 10);
  expect([patience.lastMomentOf(4), patience.lastMomentOf(10), patience.lastMomentOf(12)]).toEqual([10, 10, 12]);
});
