import fc from 'fast-check';
import { isStampedLater, makePullMarker, writePullStamp } from './pull-marker.js';

const marker = makePullMarker({ githubWorkflow: 'w', job: 'j', part: '', file: 'f' });

test('a run or an attempt that is later is told from one that is not, whatever the numbers', () => {
  const stamp = fc.record({ runId: fc.integer({ min: 1, max: 3 }), attempt: fc.integer({ min: 1, max: 3 }) });
  fc.assert(
    fc.property(stamp, stamp, (theirs, ours) => {
      const body = `${marker}\n${writePullStamp(theirs)}\n## GO`;
      expect(isStampedLater(body, ours)).toBe(theirs.runId * 10 + theirs.attempt > ours.runId * 10 + ours.attempt);
      expect(isStampedLater(body.replaceAll('\n', '\r\n'), ours)).toBe(isStampedLater(body, ours));
    }),
  );
});

test('what stands further down, or is no stamp, keeps nobody out', () => {
  const later = writePullStamp({ runId: 9, attempt: 9 });
  for (const body of [`${marker}\nx\n${later}`, `${marker} ${later}`, marker, `${marker}\n<!-- tollgate run 9 -->`]) expect(isStampedLater(body, { runId: 1, attempt: 1 })).toBe(false);
});
