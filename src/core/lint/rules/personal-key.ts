import type { Outline, PlacedStep } from '../../definition/check/outline.js';
import { findKeyPlaces, nameSteps } from '../find-key-places.js';
import type { LintFinding, LintRule, LintSubject } from '../lint-rule.js';
import type { ReadValue } from '../read-uses.js';
import { locateRead, nameRead, readUses } from '../read-uses.js';

/** What keys leave out on purpose, put into them by an expression: a secret's value, one machine's folders and settings. */
export const personalKey: LintRule = { name: 'personal-key', codes: ['TG4005'], find: findPersonalKeys };

const ofOneMachine = /^(?:PATH|HOME|USER|LOGNAME|UID|PWD|TMPDIR|TZ|LANG|LC_\w+|HOSTNAME|RUNNER_TEMP|RUNNER_NAME|GITHUB_WORKSPACE)$/u;

function findPersonalKeys(subject: LintSubject): readonly LintFinding[] {
  return findKeyPlaces(subject).flatMap(({ place, steps }) =>
    readUses(place).flatMap((read): LintFinding[] => {
      const kind = judge(read, steps, subject.outline);
      const [first] = steps;
      if (kind === undefined) return [];
      return [
        {
          code: 'TG4005',
          severity: 'warning',
          message: kind === 'secret'
            ? `the value of ${nameRead(read)} goes into the key of ${nameSteps(steps)}: it misses whenever the secret is renewed`
            : `${nameRead(read)} differs from machine to machine and goes into the key of ${nameSteps(steps)}: no other machine would use its result`,
          span: locateRead(subject.source, read),
          hint: describeWay(kind, read),
          ...(steps.length === 1 && first !== undefined ? { step: first } : {}),
        },
      ];
    }),
  );
}

function judge({ context, path }: ReadValue, steps: readonly PlacedStep[], outline: Outline): 'secret' | 'machine' | undefined {
  const [name] = path;
  if (name === undefined) return undefined;
  if (context === 'secrets') return 'secret';
  if (context === 'run') return name.toLowerCase() === 'workspace' || name.toLowerCase() === 'actor' ? 'machine' : undefined;
  if (context === 'github') return /^(?:workspace|actor|triggering_actor)$/iu.test(name) ? 'machine' : undefined;
  if (context !== 'env' || !ofOneMachine.test(name)) return undefined;
  return steps.every((step) => declaresVariable(step, outline, name)) ? undefined : 'machine';
}

function declaresVariable({ step, lane, group }: PlacedStep, outline: Outline, name: string): boolean {
  const phase = lane.kind === 'phase' ? outline.phases[lane.phase]?.phase.env : undefined;
  return [outline.workflow.env, phase, group?.group.env, step.env].some((env) => env?.some((each) => each.name === name) ?? false);
}

function describeWay(kind: 'secret' | 'machine', { context, path }: ReadValue): string {
  const name = path[0] ?? '';
  if (kind === 'secret') return `give it by secrets: [${name}] and write "$${name}" in the command: then only its name is in the key`;
  return context === 'env' ? `write "$${name}" in the command: every step gets it, and it stays out of the key` : 'use paths relative to the workspace, or the variable of the same meaning in the command';
}
