import type { Outline } from '../../definition/check/outline.js';
import type { SitedExpressive } from '../../definition/check/site.js';
import type { Word } from '../../definition/shape/scalar.js';
import type { LintFinding, LintRule, LintSubject } from '../lint-rule.js';
import { locateRead, readUses } from '../read-uses.js';
import { looksSecret } from '../secret-names.js';

/** Variables that are called like secrets and come from outside as if they were none. */
export const undeclaredSecret: LintRule = { name: 'undeclared-secret', codes: ['TG4009'], find: findUndeclaredSecrets };

function findUndeclaredSecrets(subject: LintSubject): readonly LintFinding[] {
  const { outline, sites } = subject;
  const passed = findPassed(outline).filter(({ value }) => looksSecret(value.replace(/[*?]+$/u, ''))).map((entry) => describe(entry.value, `pass_env lets ${entry.value} through`, { span: entry.at, outline }));
  const read = sites.flatMap((site) =>
    readUses(site.expressive).flatMap((use): LintFinding[] => {
      const [name] = use.path;
      if (use.context !== 'env' || name === undefined || !looksSecret(name) || isSetWithin(name, site, outline)) return [];
      const finding = describe(name, `env.${name} reads what is called like a secret`, { span: locateRead(subject.source, use), outline });
      return [site.site.kind === 'step' ? { ...finding, step: site.site.step } : finding];
    }),
  );
  return [...passed, ...read];
}

function describe(name: string, what: string, at: { readonly span: Word['at']; readonly outline: Outline }): LintFinding {
  const declared = (at.outline.workflow.secrets ?? []).map((secret) => secret.name.value);
  const glob = /[*?[]/u.test(name);
  const way = glob ? 'name the secrets that it stands for under secrets:' : declared.includes(name) ? `the workflow declares it: give it by secrets: [${name}], or read {{ secrets.${name} }}` : `declare it: secrets: [${[...declared, name].join(', ')}] at the workflow, and secrets: [${name}] where it is needed`;
  return {
    code: 'TG4009',
    severity: 'warning',
    message: `${what}; a run would not know before it starts whether it is there`,
    span: at.span,
    hint: way,
  };
}

function findPassed({ workflow, phases, steps }: Outline): readonly Word[] {
  const criteria = phases.flatMap(({ phase }) => phase.gate?.criteria ?? []);
  return [workflow, ...phases.map(({ phase }) => phase), ...steps.map(({ step }) => step), ...criteria].flatMap(({ pass_env: passed }) => passed ?? []);
}

/** `env: { X: "{{ env.X }}" }` sees the X around it. */
function isSetWithin(name: string, { site, expressive }: SitedExpressive, { workflow, phases }: Outline): boolean {
  const step = site.kind === 'step' ? site.step : site.kind === 'rollback' ? site.of : undefined;
  const index = step?.lane.kind === 'phase' ? step.lane.phase : 'phase' in site ? site.phase : undefined;
  const phase = index === undefined ? undefined : phases[index]?.phase;
  return [workflow.env, phase?.env, step?.group?.group.env, step?.step.env].some((env) => env?.some((each) => each.name === name && each.value !== expressive) ?? false);
}
