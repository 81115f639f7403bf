import { expect, test } from '@jest/globals';
import type { CheckResult } from './preflight-report.js';
import { summarizePreflight } from './preflight-report.js';

function result(label: string, level: CheckResult['level'], status: CheckResult['status']): CheckResult {
  return { id: null, label, kind: 'tool', level, status, message: '', hint: null, fix: null, fixed: false, at: null, durationMs: 0 };
}

const all = (['blocking', 'warning', 'info'] as const).flatMap((level) => (['holds', 'fails', 'not-checked'] as const).map((status) => result(`${level} ${status}`, level, status)));

test('what does not hold is told by its level', () => {
  const { ok, blocking, warnings } = summarizePreflight(all, { strict: false });
  expect({ ok, blocking: blocking.map(({ label }) => label), warnings: warnings.map(({ label }) => label) }).toEqual({
    ok: false,
    blocking: ['blocking fails', 'blocking not-checked'],
    warnings: ['warning fails', 'warning not-checked'],
  });
});

test.each([
  ['', false, true], ['', true, true],
  ['blocking holds, warning holds', true, true],
  ['blocking fails', false, false], ['blocking not-checked', false, false],
  ['warning fails', false, true], ['warning fails', true, false], ['warning not-checked', true, false],
  ['info fails', true, true],
])('%s, strict %s: %s', (labels, strict, ok) => {
  const results = all.filter(({ label }) => labels.split(', ').includes(label));
  expect(summarizePreflight(results, { strict }).ok).toBe(ok);
});
