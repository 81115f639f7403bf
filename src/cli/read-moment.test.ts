import fc from 'fast-check';
import { readMoment } from './read-moment.js';

const now = new Date(2026, 10, 21, 15, 30).getTime();

test.each([
  ['30s', 30_000], ['30m', 1_800_000], ['30 min ago', 1_800_000], ['12h', 43_200_000], ['7d', 604_800_000], ['2w', 1_209_600_000], ['0d', 0],
])('%s is so long ago', (text, ago) => {
  expect(readMoment(text, now)).toBe(now - ago);
});

test('days are days of this machine, unless they name their zone', () => {
  expect(readMoment('today', now)).toBe(new Date(2026, 10, 21).getTime());
  expect(readMoment('yesterday', now)).toBe(new Date(2026, 10, 20).getTime());
  expect(readMoment('2026-11-01', now)).toBe(new Date(2026, 10, 1).getTime());
  expect(readMoment('2026-11-01 08:30', now)).toBe(new Date(2026, 10, 1, 8, 30).getTime());
  expect(readMoment('2026-11-01T08:30:00Z', now)).toBe(Date.UTC(2026, 10, 1, 8, 30));
});

test('a moment that was written down is read back', () => {
  fc.assert(fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true }), (date) => {
    expect(readMoment(date.toISOString(), now)).toBe(date.getTime());
  }));
});

test.each(['', '7', 'd', '-7d', '7 years', '2026-13-01', '2026-11-21T25:00', 'now', '1.5h'])("'%s' is no moment", (text) => {
  expect(readMoment(text, now)).toBeUndefined();
});
