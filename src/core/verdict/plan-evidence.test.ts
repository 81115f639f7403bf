import fc from 'fast-check';
import { digestText } from '../cache/make-key.js';
import type { PlanEvidence } from './plan-evidence.js';
import { decodePlanEvidence, encodePlanEvidence } from './plan-evidence.js';

/** What plan leaves for the verdict, written and read again. */

const name = fc.string({ minLength: 1, unit: 'binary' });
const values = fc.option(fc.dictionary(fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)), { maxKeys: 3 }));
const key = fc.oneof(
  fc.record({ step: name, matrix: values, key: name, because: fc.constant(null) }),
  fc.record({ step: name, matrix: values, key: fc.constant(null), because: name }),
);
const evidence: fc.Arbitrary<PlanEvidence> = fc.record({
  workflow: name, commit: name, runId: name, attempt: fc.integer({ min: 1, max: 1000 }),
  phases: fc.array(fc.record({ id: name, keys: fc.array(key, { maxLength: 3 }) }), { maxLength: 3 }),
});

test('what was written is read again as it was', () => {
  fc.assert(fc.property(evidence, (plan) => expect(JSON.stringify(decodePlanEvidence(encodePlanEvidence(plan)))).toBe(JSON.stringify({ kind: 'decoded', plan: { workflow: plan.workflow, commit: plan.commit, runId: plan.runId, attempt: plan.attempt, phases: plan.phases.map(({ id, keys }) => ({ id, keys: keys.map(({ step, matrix, key: one, because }) => ({ step, matrix, key: one, because })) })) } }))));
});

test('cut off or changed anywhere it is never read as something else', () => {
  fc.assert(
    fc.property(evidence, fc.nat(), fc.constantFrom('cut', 'changed'), fc.constantFrom('0', '1', 'a', '"', ' '), (plan, place, how, sign) => {
      const text = encodePlanEvidence(plan);
      const at = place % (text.length - 1);
      const harmed = how === 'cut' ? text.slice(0, at) : `${text.slice(0, at)}${sign}${text.slice(at + 1)}`;
      const decoded = decodePlanEvidence(harmed);
      if (decoded.kind === 'decoded') expect(encodePlanEvidence(decoded.plan)).toBe(text);
    }),
  );
});

const whole: PlanEvidence = { workflow: 'w', commit: 'c', runId: 'r', attempt: 1, phases: [{ id: 'a', keys: [{ step: 'a1', matrix: null, key: 'k', because: null }] }] };

function wrap(body: unknown, change: Readonly<Record<string, unknown>> = {}): string {
  const text = JSON.stringify(body);
  return JSON.stringify({ form: 'tollgate-plan', version: 1, digest: digestText(text), body: text, ...change });
}

test.each<[string, string, string]>([
  ['nothing', '', 'unreadable'],
  ['another form', JSON.stringify({ ...JSON.parse(wrap(whole)) as object, form: 'else' }), 'unreadable'],
  ['a newer form', wrap(whole, { version: 2 }), 'newer'],
  ['no version', wrap(whole, { version: 0 }), 'unreadable'],
  ['another digest', wrap(whole, { digest: digestText('') }), 'damaged'],
  ['no workflow', wrap({ ...whole, workflow: '' }), 'unreadable'],
  ['no attempt', wrap({ ...whole, attempt: 0 }), 'unreadable'],
  ['phases that are none', wrap({ ...whole, phases: {} }), 'unreadable'],
  ['a step without key and reason', wrap({ ...whole, phases: [{ id: 'a', keys: [{ step: 'a1', matrix: null, key: null, because: null }] }] }), 'unreadable'],
  ['a step with both', wrap({ ...whole, phases: [{ id: 'a', keys: [{ step: 'a1', matrix: null, key: 'k', because: 'x' }] }] }), 'unreadable'],
  ['a matrix that is none', wrap({ ...whole, phases: [{ id: 'a', keys: [{ step: 'a1', matrix: [], key: 'k', because: null }] }] }), 'unreadable'],
])('%s is refused', (_name, text, reason) => {
  expect(decodePlanEvidence(wrap(whole)).kind).toBe('decoded');
  expect(decodePlanEvidence(text)).toEqual({ kind: 'refused', reason, because: expect.any(String) as string });
});
