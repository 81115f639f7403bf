import type { PlacedStep } from '../../definition/check/outline.js';
import type { SitedExpressive } from '../../definition/check/site.js';
import { collectUses } from '../../expression/collect-uses.js';
import type { Expression } from '../../expression/expression.js';
import { partsOf } from '../../expression/walk-expression.js';
import type { LintFinding, LintRule, LintSubject } from '../lint-rule.js';
import type { ReadValue } from '../read-uses.js';
import { expressionsOf, locateRead, readUses } from '../read-uses.js';

/** Outputs of a step whose failure is tolerated, read by another as if they were always there. */
export const toleratedOutput: LintRule = { name: 'tolerated-output', codes: ['TG4014'], find: findToleratedOutputs };

function findToleratedOutputs(subject: LintSubject): readonly LintFinding[] {
  const tolerated = new Map(subject.outline.steps.filter(isTolerated).map((placed) => [placed.step.id.value.toLowerCase(), placed]));
  if (tolerated.size === 0) return [];
  return subject.sites.flatMap((sited) => {
    if (sited.site.kind === 'end') return [];
    const bare = expressionsOf(sited.expressive).flatMap(findUnguarded);
    return readUses(sited.expressive).flatMap((read): LintFinding[] => {
      const id = readOutputOf(read)?.toLowerCase() ?? '';
      const step = tolerated.get(id);
      if (step === undefined || !bare.some((use) => use[0] === read.at[0] && use[1] === read.at[1]) || asksOutcome(sited, id)) return [];
      return [describe(read, { step, sited, subject })];
    });
  });
}

function describe(read: ReadValue, at: { readonly step: PlacedStep; readonly sited: SitedExpressive; readonly subject: LintSubject }): LintFinding {
  const id = at.step.step.id.value;
  const { site } = at.sited;
  return {
    code: 'TG4014',
    severity: 'warning',
    message: `'${id}' may fail and the run goes on (continue_on_error); then this output is null and what reads it fails`,
    span: locateRead(at.subject.source, read),
    hint: `ask first (when: steps.${id}.outcome == 'succeeded'), or say what stands in for it: default(…, '')`,
    ...(site.kind === 'step' ? { step: site.step } : {}),
  };
}

function isTolerated({ step, group }: PlacedStep): boolean {
  const says = (setting: PlacedStep['step']['continue_on_error']): boolean => setting?.kind === 'written' && setting.value;
  return says(step.continue_on_error) || says(group?.group.continue_on_error);
}

function readOutputOf({ context, path }: ReadValue): string | undefined {
  const [id, property] = context === 'steps' ? path : [context, ...path];
  return property?.toLowerCase() === 'outputs' ? id : undefined;
}

/** The places of what is read outside of `default( … )`. */
function findUnguarded(expression: Expression): readonly (readonly [number, number])[] {
  if (expression.kind === 'call' && expression.name.toLowerCase() === 'default') return expression.args.slice(1).flatMap(findUnguarded);
  const parts = partsOf(expression);
  if (expression.kind === 'context' || expression.kind === 'access' || expression.kind === 'every') return collectUses(expression).map(({ at }) => at);
  return parts.flatMap(findUnguarded);
}

/** The reader, or the very expression, looks at how the step ended. */
function asksOutcome({ site, expressive }: SitedExpressive, id: string): boolean {
  const conditions = site.kind === 'step' ? [site.step.step.when, site.step.group?.group.when] : [];
  return [expressive, ...conditions].some((place) => {
    if (place === undefined) return false;
    return readUses(place).some(({ context, path }) => {
      const [of, property] = context === 'steps' ? path : [context, ...path];
      return of?.toLowerCase() === id && ['outcome', 'exit_code'].includes(property?.toLowerCase() ?? '');
    });
  });
}
