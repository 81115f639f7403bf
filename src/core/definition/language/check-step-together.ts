import type { Reading } from '../shape/shape.js';
import { refuse } from '../shape/shape.js';
import { cachesResult } from './caches-result.js';
import type { SingleStep } from './step.js';

/** What the fields of one step say against each other. */
export function checkStepTogether(step: SingleStep, reading: Reading): void {
  const caches = cachesResult(step);
  const { effects, retry, background } = step;
  if (effects?.value === 'once' && caches) {
    refuse(reading, {
      code: 'TG1207',
      message: `step '${step.id.value}' happens once per run and cannot be cached`,
      span: effects.at,
      hint: 'remove the cache, or write effects: idempotent if it may be skipped',
    });
  }
  const attempts = retry?.attempts?.kind === 'written' ? retry.attempts.value : 1;
  if (effects?.value === 'once' && attempts > 1) {
    refuse(reading, {
      code: 'TG1207',
      message: `step '${step.id.value}' happens once per run and cannot be retried`,
      span: effects.at,
      hint: 'remove the retry, or write effects: idempotent if it may be repeated',
    });
  }
  const runsOn = background !== undefined && !('kind' in background && background.kind === 'written' && !background.value);
  if (runsOn && caches) {
    refuse(reading, {
      code: 'TG1208',
      message: `step '${step.id.value}' runs in the background and cannot be cached`,
      span: step.id.at,
      hint: 'a server has no result to keep: remove the cache',
    });
  }
  if (runsOn && step.artifacts !== undefined && !('kind' in step.artifacts && step.artifacts.kind === 'written' && !step.artifacts.value)) {
    refuse(reading, {
      code: 'TG1208',
      message: `step '${step.id.value}' runs in the background and keeps no artifacts`,
      span: step.artifacts.at,
      hint: 'it goes on writing its files: keep them in a step that comes after it',
    });
  }
  if (step.use_cache !== undefined && step.cache !== undefined) {
    refuse(reading, { code: 'TG1108', message: "'use_cache' is short for 'cache': give one of them", span: step.use_cache.at, hint: 'remove use_cache' });
  }
}
