import type { LintFinding, LintRule, LintSubject } from '../lint-rule.js';
import { findKeyPlaces, nameSteps } from '../find-key-places.js';
import type { ReadValue } from '../read-uses.js';
import { locateRead, nameRead, readUses } from '../read-uses.js';

/** Values that differ from run to run, in the key of a cached step: it would never be used again. */
export const volatileKey: LintRule = { name: 'volatile-key', codes: ['TG4003'], find: findVolatileKeys };

const volatile: ReadonlyMap<string, readonly string[]> = new Map([
  ['run', ['id', 'attempt', 'url', 'started_at']],
  ['github', ['run_id', 'run_number', 'run_attempt', 'token']],
  ['env', ['GITHUB_RUN_ID', 'GITHUB_RUN_NUMBER', 'GITHUB_RUN_ATTEMPT', 'TOLLGATE_RUN_ID']],
  ['budget', ['spent_usd', 'remaining_usd', 'spent_tokens', 'remaining_tokens', 'spent_minutes', 'remaining_minutes']],
]);

function findVolatileKeys(subject: LintSubject): readonly LintFinding[] {
  return findKeyPlaces(subject).flatMap(({ place, steps }) =>
    readUses(place).filter(isVolatile).map((read): LintFinding => {
      const [first] = steps;
      return {
        code: 'TG4003',
        severity: 'warning',
        message: `${nameRead(read)} is new with every run and goes into the key of ${nameSteps(steps)}: no earlier result would be used`,
        span: locateRead(subject.source, read),
        hint: 'leave it out, or do not cache what depends on it',
        ...(steps.length === 1 && first !== undefined ? { step: first } : {}),
      };
    }),
  );
}

function isVolatile({ context, path }: ReadValue): boolean {
  const name = context === 'env' ? path[0] : path[0]?.toLowerCase();
  return name !== undefined && (volatile.get(context)?.includes(name) ?? false);
}
